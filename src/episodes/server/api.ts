import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { EpisodeToOpen } from '../contract/opening.ts'
import { type EpisodeRow, findEpisode, findLiveEpisode } from './episode.sql.ts'
import { openEpisode as open } from './open-episode.ts'

export type { EpisodeRow } from './episode.sql.ts'

/**
 * Opens an accompaniment in the actor's DAC, in the caller's transaction: gives the DAC sight of the person on all volets, sets level,
 * référent and binôme, the reason why the DAC acts (R9), the problems and the first task, writes the Fil and the event.
 *
 * The caller has checked the right to decide. Refuses: an actor who is not of a DAC; a person invisible or deceased; an accompaniment already
 * in progress in this DAC; a référent or binôme who may not follow files here; a code outside its list.
 */
export function openEpisode(context: Context, opening: EpisodeToOpen): Promise<{ readonly episodeId: EpisodeId; readonly version: number }> {
  return open(context, opening)
}

/** An episode as the actor sees it, or undefined: absent and invisible are the same. */
export function episodeById(tx: Tx, id: EpisodeId): Promise<EpisodeRow | undefined> {
  return findEpisode(tx, id)
}

/** The accompaniment in progress (open or dormant) of a person, in one DAC or, with null, in any that the actor sees. */
export function liveEpisode(tx: Tx, personId: PersonId, service: ServiceId | null = null): Promise<EpisodeRow | undefined> {
  return findLiveEpisode(tx, personId, service)
}
