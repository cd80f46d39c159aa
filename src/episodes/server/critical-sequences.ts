import { recordTimelineItem } from '../../persons/server/api.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { type Checklist, sequenceAgenda, starterChecklist } from '../contract/critical-sequences.ts'
import type { CriticalSequenceId, TaskId } from '../contract/episode.ts'
import { acceptCriticalSequence, declineCriticalSequence, endCriticalSequence, moveCriticalSequence, startCriticalSequence } from '../contract/sequences.ts'
import { criticalSequenceKinds, ruptureTypes, sequenceBalances } from '../contract/value-sets.ts'
import { setLevel } from './change-level.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import type { EpisodeRow } from './episode.sql.ts'
import { regionalChecklist } from './practices.ts'
import {
  acceptSequenceRow,
  declineSequenceRow,
  endSequenceRow,
  insertLines,
  insertRupture,
  insertSequence,
  lockSequence,
  moveSequenceRow,
  type SequenceRow,
  selectChecklist,
} from './sequence.sql.ts'
import { cancelOpenTasks, insertTask } from './task.sql.ts'

/** The episode of a sequence, for the rules; what is not open to the actor does not exist. */
export async function ofTheSequence(context: Context, { id }: { readonly id: CriticalSequenceId }): Promise<EpisodeRow> {
  const sequence = await lockSequence(context.tx, id)
  if (sequence === undefined) throw notFound('critical sequence')
  return loadEpisode(context, { id: sequence.episodeId })
}

/** The sequence that runs, locked. */
export async function runningSequence(context: Context, id: CriticalSequenceId): Promise<SequenceRow> {
  const sequence = await lockSequence(context.tx, id)
  if (sequence === undefined || sequence.endedOn !== null) throw conflict('episodes.sequence_ended')
  if (sequence.proposal === 'waiting') throw conflict('episodes.sequence_still_proposed')
  return sequence
}

/** The list that the service made its own, else the region's, else the starter. */
async function checklistOf(context: Context, episode: EpisodeRow, kind: string): Promise<Checklist> {
  return (await selectChecklist(context.tx, episode.holderOrg, kind))?.moments ?? (await regionalChecklist(context.tx, kind)) ?? starterChecklist(kind)
}

const reinforcedLevel = 'intensive'

/** Raises the level for the length of the sequence. Gives the one to return to, or null when nothing changes. */
async function reinforceLevel(context: Context, episode: EpisodeRow, wished: boolean): Promise<string | null> {
  if (!wished || episode.level === reinforcedLevel) return null
  const version = await mergeEpisode(context, episode, episode.version, { level: reinforcedLevel })
  // Levels are read in the administrative volet: the kind of the sequence is health.
  await setLevel(context, episode, version, reinforcedLevel, 'Accompagnement renforcé le temps d’une séquence critique.')
  return episode.level
}

/** Writes the lines, a task for each moment, the Fil and the event. */
async function begin(
  context: Context,
  episode: EpisodeRow,
  sequence: { readonly id: CriticalSequenceId; readonly kind: string; readonly startsOn: Day; readonly reason: string | null },
): Promise<number> {
  const { tx, actor, now } = context
  const { id, kind, startsOn } = sequence
  const checklist = await checklistOf(context, episode, kind)
  await insertLines(tx, { id, personId: episode.personId, holderOrg: episode.holderOrg }, checklist, startsOn)
  for (const moment of sequenceAgenda(checklist, startsOn)) {
    await insertTask(tx, {
      id: context.newId<TaskId>(),
      personId: episode.personId,
      episodeId: episode.id,
      holderOrg: episode.holderOrg,
      kind: 'other',
      title: french(`${labelOf(criticalSequenceKinds, kind)} : ${moment.label.toLowerCase()}`),
      details: moment.lines.join(' · '),
      assigneeId: episode.referentId,
      dueOn: moment.on,
      dueTime: null,
      source: 'episodes.critical_sequence',
      sourceId: id,
      step: moment.code,
      volet: 'health',
      createdAt: now,
      createdBy: actor.userId,
    })
  }
  const lines = checklist.reduce((sum, moment) => sum + moment.lines.length, 0)
  await tellInFil(context, episode, sequence, `Séquence critique : ${labelOf(criticalSequenceKinds, kind).toLowerCase()}`, [
    sequence.reason,
    checklist.length === 0 ? null : `${lines} points en ${checklist.length === 1 ? 'un moment' : `${checklist.length} moments`}.`,
  ])
  context.emit({
    type: 'episodes.criticalSequence.started',
    personId: episode.personId,
    volet: 'health',
    audience: [episode.referentId],
    payload: { sequenceId: id, episodeId: episode.id, kind },
  })
  return checklist.length
}

function tellInFil(
  context: Context,
  episode: EpisodeRow,
  sequence: { readonly id: string },
  title: string,
  words: readonly (string | null)[],
): Promise<unknown> {
  return recordTimelineItem(context, {
    personId: episode.personId,
    kind: 'episodes.critical_sequence',
    title: french(title),
    source: 'episodes.critical_sequence',
    sourceId: sequence.id,
    volet: 'health',
    summary: words.filter(Boolean).join(' ') || null,
  })
}

const tellChanged = (context: Context, episode: EpisodeRow, id: string): void =>
  context.emit({ type: 'episodes.criticalSequence.changed', personId: episode.personId, volet: 'health', payload: { sequenceId: id, episodeId: episode.id } })

export const startCriticalSequenceImplementation = implement(startCriticalSequence, {
  load: (context, { episodeId }) => loadEpisode(context, { id: episodeId }),
  run: async (context, { id, kind, startsOn, reason, reinforce }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    await assertValue(context.tx, 'episodes.critical_sequence', kind)
    const levelBefore = reinforce && episode.level !== reinforcedLevel ? episode.level : null
    const by = context.actor.userId
    if (!(await insertSequence(context.tx, episode, { id, kind, startsOn, reason, levelBefore, by }))) throw conflict('episodes.sequence_running')
    await reinforceLevel(context, episode, reinforce)
    return { id, steps: await begin(context, episode, { id, kind, startsOn, reason }) }
  },
})

export const acceptCriticalSequenceImplementation = implement(acceptCriticalSequence, {
  load: ofTheSequence,
  run: async (context, { id, startsOn, reinforce }, target) => {
    const episode = await loadEpisode(context, target)
    const sequence = await lockSequence(context.tx, id)
    if (sequence?.proposal !== 'waiting') throw conflict('episodes.sequence_not_proposed')
    if (episode.state === 'closed') throw conflict('episodes.closed')
    const levelBefore = await reinforceLevel(context, episode, reinforce)
    await acceptSequenceRow(context.tx, id, startsOn, levelBefore, context.actor.userId)
    return { id, steps: await begin(context, episode, { id, kind: sequence.kind, startsOn, reason: null }) }
  },
})

export const declineCriticalSequenceImplementation = implement(declineCriticalSequence, {
  load: ofTheSequence,
  run: async (context, { id, because }, target) => {
    const sequence = await lockSequence(context.tx, id)
    if (sequence?.proposal !== 'waiting') throw conflict('episodes.sequence_not_proposed')
    await declineSequenceRow(context.tx, id, because, todayOf(context), context.actor.userId)
    tellChanged(context, target as EpisodeRow, id)
    return { id }
  },
})

export const moveCriticalSequenceImplementation = implement(moveCriticalSequence, {
  load: ofTheSequence,
  run: async (context, { id, startsOn }, target) => {
    const sequence = await runningSequence(context, id)
    if (sequence.startsOn === startsOn) return { id, moved: 0 }
    const moved = await moveSequenceRow(context.tx, id, startsOn)
    tellChanged(context, target as EpisodeRow, id)
    return { id, moved }
  },
})

export const endCriticalSequenceImplementation = implement(endCriticalSequence, {
  load: ofTheSequence,
  run: async (context, { id, balance, worked, failed, ruptureType, backToLevel }, target) => {
    const { tx, actor, now } = context
    const episode = await loadEpisode(context, target)
    const sequence = await runningSequence(context, id)
    await assertValue(tx, 'episodes.sequence_balance', balance)
    if (balance === 'rupture' && ruptureType === null) throw invalid('episodes.rupture_type_missing')
    const on = todayOf(context)
    await endSequenceRow(tx, id, { on, balance, worked, failed, by: actor.userId })
    if (ruptureType !== null) {
      await assertValue(tx, 'episodes.rupture_type', ruptureType)
      await insertRupture(tx, {
        personId: episode.personId,
        episodeId: episode.id,
        holderOrg: episode.holderOrg,
        type: ruptureType,
        words: failed,
        on,
        source: 'episodes.critical_sequence',
        sourceId: id,
        volet: 'health',
        by: actor.userId,
        at: now,
      })
    }
    const stepsCancelled = await cancelOpenTasks(tx, { source: null, sourceId: id }, 'Séquence critique terminée', now, actor.userId)
    if (backToLevel && sequence.levelBefore !== null && episode.state !== 'closed' && episode.level !== sequence.levelBefore) {
      const version = await mergeEpisode(context, episode, episode.version, { level: sequence.levelBefore })
      await setLevel(context, episode, version, sequence.levelBefore, 'Fin de l’accompagnement renforcé.')
    }
    await tellInFil(context, episode, { id }, `Fin de la séquence critique : ${labelOf(criticalSequenceKinds, sequence.kind).toLowerCase()}`, [
      `${labelOf(sequenceBalances, balance)}.`,
      ruptureType === null ? null : french(`Rupture notée : ${labelOf(ruptureTypes, ruptureType).toLowerCase()}.`),
      worked,
    ])
    context.emit({ type: 'episodes.criticalSequence.ended', personId: episode.personId, volet: 'health', payload: { sequenceId: id, episodeId: episode.id } })
    return { id, stepsCancelled }
  },
})
