import type { PersonTarget } from '../../persons/contract/person.ts'
import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { MemberTarget } from './member.ts'

/** The circle is composed by the professionals of the DAC that accompanies: they answer for who sees the file. */
export const composesTheCircle: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(accompanies(actor) && person.inCharge, french('Réservé aux professionnels du DAC qui accompagne la personne. Demandez à son référent.'))

/** Telephones and presences are corrected by the desk too: whoever takes the call. */
export const keepsTheCircle: Access<PersonTarget, unknown> = (actor: Actor, person: PersonTarget) =>
  allowedIf(
    isDacStaff(actor) && person.speaksFor && (person.bases.includes('dac_in_charge') || person.bases.includes('request')),
    french('Réservé au DAC qui accompagne la personne. Signalez-lui ce qui est à corriger.'),
  )

/** One may leave a circle by oneself. */
export const leavesByHerself: Access<MemberTarget, unknown> = (actor: Actor, member: MemberTarget) =>
  allowedIf(
    member.partyId !== null && (actor.parties as readonly string[]).includes(member.partyId),
    french('Seul le membre lui-même peut quitter le cercle de son propre mouvement.'),
  )

/** Those who are around the person know each other. */
export const whoeverIsAround: Access<PersonTarget, unknown> = (_actor: Actor, person: PersonTarget) =>
  allowedIf(person.volets.includes('administrative'), french('Le cercle de cette personne ne vous est pas ouvert.'))

/** The home of the professional who follows persons from outside a DAC. */
export const followsFromOutside: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    holds(actor, 'outside_professional', 'expert_team'),
    french('Cette page est celle des professionnels des cercles. Vos personnes sont dans « Personnes ».'),
  )
