import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { PersonTarget } from './person.ts'

const byHerDac = (person: PersonTarget): boolean => person.bases.includes('dac_in_charge') || person.bases.includes('request')

const dacOnly = french('Réservé au DAC qui accompagne la personne ou qui traite sa demande. Signalez-lui ce qui est à corriger.')
const accompanyingOnly = french('Réservé aux professionnels du DAC qui accompagnent la personne.')

/** Whoever sees the person reads what her volets open. */
export const whoeverSeesHer: Access<PersonTarget, unknown> = (_actor: Actor, person: PersonTarget) =>
  allowedIf(person.volets.includes('administrative'), french('Le volet administratif de cette personne ne vous est pas ouvert.'))

/** Identity, contacts, rights, protection: kept by the staff of her DAC, the front desk included. */
export const keptByHerDac: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) => allowedIf(isDacStaff(actor) && byHerDac(person), dacOnly)

/** What takes knowing the situation: the concertation with the médecin traitant, a death withdrawn. */
export const doneByThoseWhoAccompany: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(accompanies(actor) && byHerDac(person), accompanyingOnly)

/** Who opened the file is for those who answer for it, and for the person herself. */
export const answersForTheFile: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf((isDacStaff(actor) && byHerDac(person)) || person.bases.includes('self'), french('Réservé au DAC qui accompagne la personne, et à elle-même.'))

/** Search lists persons whom the actor already sees; whoever sees none finds none. */
export const worksWithPersons: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    isDacStaff(actor) || holds(actor, 'outside_professional', 'expert_team', 'cpts_coordinator'),
    french('Votre fonction ne donne accès à aucun dossier : les chiffres sont dans « Pilotage ».'),
  )

/** Candidates show that somebody is known elsewhere: only for those who write identities in a DAC. */
export const writesIdentities: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(isDacStaff(actor), french('Réservé aux professionnels des DAC, pour éviter les doublons.'))
