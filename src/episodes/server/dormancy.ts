import { recordTimelineItem } from '../../persons/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { putToSleep, wakeUp } from '../contract/actions.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { updateEpisode } from './episode.sql.ts'

/** Also prolongs: an accompaniment already dormant gets another date. */
export const putToSleepImplementation = implement(putToSleep, {
  load: loadEpisode,
  run: async (context, { baseVersion, wakeUpOn, reason }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    const today = todayOf(context)
    if (wakeUpOn <= today) throw invalid('episodes.wake_up_in_the_past')
    await assertValue(context.tx, 'episodes.dormancy_reason', reason, episode.dormancyReason)
    const version = await mergeEpisode(context, episode, baseVersion, { state: 'dormant', wakeUpOn, dormancyReason: reason })
    if (version === episode.version) return { id: episode.id, version }
    await updateEpisode(context.tx, episode.id, version, {
      state: 'dormant',
      wake_up_on: wakeUpOn,
      dormancy_reason: reason,
      ...(episode.state === 'dormant' ? {} : { dormant_since: today }),
    })
    const label = (await valueSetLabels(context.tx, 'episodes.dormancy_reason')).get(reason) ?? ''
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.dormancy',
      title: `En veille jusqu’au ${formatDay(wakeUpOn)}`,
      source: 'episodes',
      sourceId: episode.id,
      volet: 'administrative',
      summary: label,
    })
    context.emit({ type: 'episodes.dormancy.started', personId: episode.personId, volet: 'administrative', payload: { episodeId: episode.id, wakeUpOn } })
    return { id: episode.id, version }
  },
})

export const wakeUpImplementation = implement(wakeUp, {
  load: loadEpisode,
  run: async (context, { baseVersion }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state !== 'dormant') throw conflict('episodes.not_dormant')
    const version = await mergeEpisode(context, episode, baseVersion, { state: 'open', wakeUpOn: null, dormancyReason: null })
    await updateEpisode(context.tx, episode.id, version, { state: 'open', dormant_since: null, wake_up_on: null, dormancy_reason: null })
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.dormancy',
      title: 'Fin de la veille',
      source: 'episodes',
      sourceId: episode.id,
      volet: 'administrative',
    })
    context.emit({ type: 'episodes.dormancy.ended', personId: episode.personId, volet: 'administrative', payload: { episodeId: episode.id } })
    return { id: episode.id, version }
  },
})
