import type { PersonTarget } from '../../persons/contract/person.ts'
import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'

const herDac = (person: PersonTarget): boolean => person.bases.includes('dac_in_charge')

/** Her requests and what is held about her: herself, or those of the DAC in charge who accompany her and answer her. */
export const answersHer: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(
    person.bases.includes('self') || (accompanies(actor) && herDac(person)),
    french('Réservé à la personne, et aux professionnels du DAC qui l’accompagne et lui répond.'),
  )

/** Gestures that answer her request: the DAC in charge only. */
export const answersForHerDac: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(accompanies(actor) && herDac(person), french('Réservé aux professionnels du DAC qui accompagne la personne et lui répond.'))

/** Whoever sees her knows that her file is frozen: the mark is for all who would write in it. */
export const whoeverOpensHerFile: Access<PersonTarget, unknown> = (_actor: Actor, person: PersonTarget) =>
  allowedIf(person.volets.length > 0, french('Ce dossier ne vous est pas ouvert.'))

/** What has no way back is confirmed by a second person, who answers for the team. */
export const confirmsErasure: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(
    accompanies(actor) && holds(actor, 'team_lead', 'doctor') && herDac(person),
    french('Un effacement est confirmé par le responsable d’équipe ou le médecin du DAC, qui n’est pas celui qui l’a proposé.'),
  )

/** Register of processing, durations, proofs: those who answer for the treatment, in a DAC or for the region. */
export const answersForTheTreatment: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(holds(actor, 'director', 'regional_admin'), french('Réservé à la direction et à l’administration régionale.'))

/** The durations of a region are fixed once, for all of it. */
export const fixesDurations: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    holds(actor, 'regional_admin'),
    french('Les durées sont fixées pour la région par son administration, avec le délégué à la protection des données.'),
  )
