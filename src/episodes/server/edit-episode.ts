import type { Volet } from '../../platform/contract/actor.ts'
import { type Day, dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { type EpisodeRow, findEpisode } from './episode.sql.ts'

/** Loads the episode of an action, kept for the transaction. */
export async function loadEpisode({ tx }: Context, { id }: { readonly id: EpisodeId }): Promise<EpisodeRow> {
  const episode = await findEpisode(tx, id, { lock: true })
  if (episode === undefined) throw notFound('episode')
  return episode
}

/** The day of the business clock in the zone of the installation. */
export function todayOf({ now, timeZone }: Context): Day {
  return dayOf(now, timeZone)
}

/**
 * Merges an edit of an episode made from `baseVersion` and keeps its difference in the history; a field that somebody else changed
 * meanwhile, to another value, is a conflict that shows both. Gives the new version, the same when there is nothing to change.
 */
export async function mergeEpisode(
  context: Context,
  episode: EpisodeRow,
  baseVersion: number,
  wanted: Readonly<Record<string, unknown>>,
  current: Readonly<Record<string, unknown>> = {},
  volet: Volet = 'administrative',
): Promise<number> {
  const { state, level, referentId, binomeId, wakeUpOn, dormancyReason, closedOn, closureReason } = episode
  const { version } = await mergeEdit(
    context,
    {
      id: episode.id,
      version: episode.version,
      personId: episode.personId,
      volet,
      holderOrg: episode.holderOrg,
      protection: 'shared',
      fields: { state, level, referentId, binomeId, wakeUpOn, dormancyReason, closedOn, closureReason, ...current },
    },
    'episodes.episode',
    baseVersion,
    wanted,
  )
  return version
}
