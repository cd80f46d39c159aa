import { type Access, allowedIf, refused } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { ExceptionalAccessTarget, PersonTarget } from './person.ts'

/** A request beside a DAC in charge opens an identity to read; what is written of her goes through her DAC. */
const byHerDac = (person: PersonTarget): boolean => person.speaksFor && (person.bases.includes('dac_in_charge') || person.bases.includes('request'))

const dacOnly = french(
  'Réservé au DAC qui accompagne la personne, ou à celui qui traite sa demande quand aucun ne l’accompagne. Signalez-lui ce qui est à corriger.',
)
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

/** R.1110-2 CSP: those who take part in care or in social follow-up may open exceptionally; nobody else, and nobody without a place to answer from. */
export const opensExceptionally: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    actor.kind === 'user' &&
      ['health', 'social', 'coordination'].includes(actor.category) &&
      !holds(actor, 'regional_admin', 'governance_member', 'person') &&
      (actor.serviceId !== null || actor.professionalId !== null),
    french('L’accès exceptionnel est réservé aux professionnels de santé, du social et de la coordination, rattachés à un lieu d’exercice.'),
  )

/** Whoever opened it closes it early. */
export const openedItHerself: Access<ExceptionalAccessTarget, unknown> = (actor: Actor, target: ExceptionalAccessTarget) =>
  allowedIf(target.userId === actor.userId, french('Seul le professionnel qui a ouvert cet accès peut le fermer avant l’heure.'))

/** Reviewed by those who answer for the team of the professional or for the DAC in charge; never by the one who opened it. */
export const supervisesExceptionalAccess: Access<ExceptionalAccessTarget, unknown> = (actor: Actor, target: ExceptionalAccessTarget) =>
  target.userId === actor.userId
    ? refused(french('On ne relit pas son propre accès exceptionnel : un autre responsable le fera.'))
    : allowedIf(supervises(actor) && target.supervised, supervisorsOnly)

/** The list of exceptional accesses is for those who review them. */
export const reviewsExceptionalAccesses: Access<unknown, unknown> = (actor: Actor) => allowedIf(supervises(actor), supervisorsOnly)

const supervises = (actor: Actor): boolean => actor.kind === 'user' && holds(actor, 'director', 'team_lead')
const supervisorsOnly = french('Réservé aux responsables d’équipe et à la direction du service du professionnel ou du DAC en charge.')

/** What a category sees of each volet is decided for a region, with its legal reference. */
export const decidesForTheRegion: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(holds(actor, 'regional_admin'), french('Réservé à l’administration régionale.'))

/** Which structures keep their name hidden around a person in danger is known to those who run a DAC and to the regional administration. */
export const marksStructures: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    holds(actor, 'regional_admin') || (actor.serviceKind === 'dac' && holds(actor, 'team_lead', 'director')),
    french('Réservé aux responsables d’équipe, à la direction du DAC et à l’administration régionale.'),
  )
