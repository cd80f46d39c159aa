import { allowedIf, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import type { Branded, PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'

export type EpisodeId = Branded<'EpisodeId'>
export type TaskId = Branded<'TaskId'>
export type ActivityId = Branded<'ActivityId'>
export type CriticalSequenceId = Branded<'CriticalSequenceId'>
export type SequenceLineId = Branded<'SequenceLineId'>

export type EpisodeState = 'open' | 'dormant' | 'closed'

/** What the rules of an episode look at. */
export interface EpisodeTarget {
  readonly id: EpisodeId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly state: EpisodeState
  readonly referentId: UserId
  readonly binomeId: UserId | null
}

/** The sight of the DAC outlives the episode by this long: active base of the CNIL (délibération 2023-095). */
export const yearsKeptAfterClosure = 2

/** Those who accompany persons in the DAC that carries the episode. */
export function carriesEpisode(actor: Actor, episode: EpisodeTarget): Verdict {
  return allowedIf(accompanies(actor) && actor.serviceId === episode.holderOrg, 'Réservé aux professionnels du DAC qui porte cet accompagnement.')
}

/** Giving a file to somebody: her référent or binôme, or whoever leads the team. */
export function givesEpisode(actor: Actor, episode: EpisodeTarget): Verdict {
  const concerned = holds(actor, 'team_lead') || actor.userId === episode.referentId || actor.userId === episode.binomeId
  return allowedIf(accompanies(actor) && actor.serviceId === episode.holderOrg && concerned, 'Réservé au référent, à son binôme et au responsable d’équipe.')
}

/** Everyone whose work is on files in a DAC, the front desk included. */
export function worksInDac(actor: Actor): Verdict {
  return allowedIf(isDacStaff(actor), 'Réservé aux professionnels d’un DAC.')
}

/** Whoever leads the team or directs the DAC. */
export function leadsTeam(actor: Actor): Verdict {
  return allowedIf(actor.serviceKind === 'dac' && holds(actor, 'team_lead', 'director'), 'Réservé au responsable d’équipe et à la direction du DAC.')
}
