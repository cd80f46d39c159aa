import { recordTimelineItem } from '../../persons/server/api.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { addDays } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { changeBinome, changeReferent } from '../contract/actions.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { type EpisodeRow, updateEpisode } from './episode.sql.ts'
import { checkFollowers } from './followers.ts'
import { assign, endAssignments } from './history.sql.ts'
import { moveOpenTasks } from './task.sql.ts'

export interface Handover {
  readonly toUserId: UserId
  readonly toName: string
  readonly reason: string
  readonly reasonLabel: string
  readonly until: Day | null
}

/**
 * Gives the file to another référent, in the transaction of the caller, who has merged the edit (version) and checked the user. The outgoing
 * référent keeps it in her caseload until the end of the handover, if there is one. A binôme who becomes référent leaves her place.
 */
export async function handOver(
  context: Context,
  episode: EpisodeRow,
  version: number,
  { toUserId, toName, reason, reasonLabel, until }: Handover,
): Promise<void> {
  const { tx, actor } = context
  const today = todayOf(context)
  const binomeId = episode.binomeId === toUserId ? null : episode.binomeId
  await updateEpisode(tx, episode.id, version, { referent_id: toUserId, binome_id: binomeId })
  await endAssignments(tx, episode.id, addDays(today, -1), 'referent')
  if (binomeId !== episode.binomeId) await endAssignments(tx, episode.id, addDays(today, -1), 'binome')
  if (until !== null) await assign(tx, context.newId(), episode, 'handing_over', episode.referentId, today, until, actor.userId, reason)
  await assign(tx, context.newId(), episode, 'referent', toUserId, today, null, actor.userId, reason)
  await moveOpenTasks(tx, episode.id, episode.referentId, toUserId)
  await recordTimelineItem(context, {
    personId: episode.personId,
    kind: 'episodes.referent',
    title: `${toName} devient référent`,
    source: 'episodes',
    sourceId: episode.id,
    volet: 'administrative',
    summary: reasonLabel,
  })
  context.emit({
    type: 'episodes.referent.changed',
    personId: episode.personId,
    volet: 'administrative',
    audience: [episode.referentId, toUserId],
    payload: { episodeId: episode.id, fromUserId: episode.referentId, toUserId },
  })
}

export const changeReferentImplementation = implement(changeReferent, {
  load: loadEpisode,
  run: async (context, { baseVersion, referentId, reason, handoverUntil }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    if (handoverUntil !== null && handoverUntil < todayOf(context)) throw invalid('episodes.handover_in_the_past')
    const [toName = ''] = await checkFollowers(context.tx, episode.holderOrg, referentId, null)
    await assertValue(context.tx, 'episodes.referent_change_reason', reason)
    const version = await mergeEpisode(context, episode, baseVersion, { referentId })
    if (version === episode.version) return { id: episode.id, version }
    const reasonLabel = (await valueSetLabels(context.tx, 'episodes.referent_change_reason')).get(reason) ?? ''
    await handOver(context, episode, version, { toUserId: referentId, toName, reason, reasonLabel, until: handoverUntil })
    return { id: episode.id, version }
  },
})

export const changeBinomeImplementation = implement(changeBinome, {
  load: loadEpisode,
  run: async (context, { baseVersion, binomeId }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    if (binomeId !== null) await checkFollowers(context.tx, episode.holderOrg, episode.referentId, binomeId)
    const version = await mergeEpisode(context, episode, baseVersion, { binomeId })
    if (version === episode.version) return { id: episode.id, version }
    const today = todayOf(context)
    await updateEpisode(context.tx, episode.id, version, { binome_id: binomeId })
    await endAssignments(context.tx, episode.id, addDays(today, -1), 'binome')
    if (binomeId !== null) await assign(context.tx, context.newId(), episode, 'binome', binomeId, today, null, context.actor.userId, null)
    context.emit({
      type: 'episodes.binome.changed',
      personId: episode.personId,
      volet: 'administrative',
      audience: binomeId === null ? [] : [binomeId],
      payload: { episodeId: episode.id, binomeId },
    })
    return { id: episode.id, version }
  },
})
