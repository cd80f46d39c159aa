import { recordTimelineItem } from '../../persons/server/api.ts'
import { conflict } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { changeLevel } from '../contract/actions.ts'
import { levels } from '../contract/value-sets.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { type EpisodeRow, updateEpisode } from './episode.sql.ts'
import { startLevel } from './history.sql.ts'

/** Writes the level that the caller has merged (version), its history and the Fil. */
export async function setLevel(context: Context, episode: EpisodeRow, version: number, level: string, reason: string | null): Promise<void> {
  const today = todayOf(context)
  await updateEpisode(context.tx, episode.id, version, { level, level_since: today })
  await startLevel(context.tx, context.newId(), episode, level, today, context.actor.userId, reason)
  await recordTimelineItem(context, {
    personId: episode.personId,
    kind: 'episodes.level',
    title: `Niveau ${labelOf(levels, level).toLowerCase()}`,
    source: 'episodes',
    sourceId: episode.id,
    volet: 'administrative',
    summary: [`Auparavant ${labelOf(levels, episode.level).toLowerCase()}.`, reason].filter(Boolean).join(' '),
  })
  context.emit({ type: 'episodes.level.changed', personId: episode.personId, volet: 'administrative', payload: { episodeId: episode.id, level } })
}

export const changeLevelImplementation = implement(changeLevel, {
  load: loadEpisode,
  run: async (context, { baseVersion, level, reason }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    const version = await mergeEpisode(context, episode, baseVersion, { level })
    if (version !== episode.version) await setLevel(context, episode, version, level, reason)
    return { id: episode.id, version }
  },
})
