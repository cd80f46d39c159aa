import { recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { endCriticalSequence, startCriticalSequence } from '../contract/activities.ts'
import { sequenceAgenda, sequenceSteps } from '../contract/critical-sequences.ts'
import type { TaskId } from '../contract/episode.ts'
import { type CriticalSequenceKind, criticalSequenceKinds } from '../contract/value-sets.ts'
import { endCriticalSequenceRow, findCriticalSequence, insertCriticalSequence } from './activity.sql.ts'
import { loadEpisode, todayOf } from './edit-episode.ts'
import { cancelOpenTasks, insertTask } from './task.sql.ts'

export const startCriticalSequenceImplementation = implement(startCriticalSequence, {
  load: (context, { episodeId }) => loadEpisode(context, { id: episodeId }),
  run: async (context, { id, kind, startsOn }, episode) => {
    const { tx, actor, now } = context
    if (episode.state === 'closed') throw conflict('episodes.closed')
    await assertValue(tx, 'episodes.critical_sequence', kind)
    if (!(await insertCriticalSequence(tx, id, episode, kind, startsOn, actor.userId))) throw conflict('episodes.sequence_running')
    // A region may add a kind of its own: it starts without checkpoints.
    const steps = kind in sequenceSteps ? sequenceAgenda(kind as CriticalSequenceKind, startsOn) : []
    for (const step of steps) {
      await insertTask(tx, {
        id: context.newId<TaskId>(),
        personId: episode.personId,
        episodeId: episode.id,
        holderOrg: episode.holderOrg,
        kind: 'other',
        title: french(`${labelOf(criticalSequenceKinds, kind)}, point « ${step.label} »`),
        details: step.check,
        assigneeId: episode.referentId,
        dueOn: step.on,
        dueTime: null,
        source: 'episodes.critical_sequence',
        sourceId: id,
        step: step.code,
        volet: 'health',
        createdAt: now,
        createdBy: actor.userId,
      })
    }
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.critical_sequence',
      title: french(`Séquence critique : ${labelOf(criticalSequenceKinds, kind).toLowerCase()}`),
      source: 'episodes.critical_sequence',
      sourceId: id,
      volet: 'health',
      summary: steps.length === 0 ? null : steps.length === 1 ? 'Un point de vérification prévu.' : `${steps.length} points de vérification prévus.`,
    })
    context.emit({
      type: 'episodes.criticalSequence.started',
      personId: episode.personId,
      volet: 'health',
      audience: [episode.referentId],
      payload: { sequenceId: id, episodeId: episode.id, kind },
    })
    return { id, steps: steps.length }
  },
})

export const endCriticalSequenceImplementation = implement(endCriticalSequence, {
  load: async (context, { id }) => {
    const sequence = await findCriticalSequence(context.tx, id)
    if (sequence === undefined) throw notFound('critical sequence')
    return loadEpisode(context, { id: sequence.episodeId })
  },
  run: async (context, { id, outcome }, episode) => {
    const sequence = await findCriticalSequence(context.tx, id)
    if (sequence === undefined || sequence.endedOn !== null) throw conflict('episodes.sequence_ended')
    await endCriticalSequenceRow(context.tx, id, todayOf(context), outcome, context.actor.userId)
    const stepsCancelled = await cancelOpenTasks(context.tx, { sourceId: id }, 'Séquence critique terminée', context.now, context.actor.userId)
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.critical_sequence',
      title: french(`Fin de la séquence critique : ${labelOf(criticalSequenceKinds, sequence.kind).toLowerCase()}`),
      source: 'episodes.critical_sequence',
      sourceId: id,
      volet: 'health',
      summary: outcome,
    })
    context.emit({ type: 'episodes.criticalSequence.ended', personId: episode.personId, volet: 'health', payload: { sequenceId: id, episodeId: episode.id } })
    return { id, stepsCancelled }
  },
})
