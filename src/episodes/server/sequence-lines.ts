import { loadPerson } from '../../persons/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue } from '../../territory/server/api.ts'
import { starterChecklist } from '../contract/critical-sequences.ts'
import type { SequenceLineId } from '../contract/episode.ts'
import {
  addSequenceLine,
  answerSequenceLine,
  checklists,
  returnToRegionalChecklist,
  sequencesOfDay,
  sequencesOfPerson,
  setChecklist,
  taskOfSequenceLine,
} from '../contract/sequences.ts'
import { criticalSequenceKinds } from '../contract/value-sets.ts'
import { ofTheSequence, runningSequence } from './critical-sequences.ts'
import { loadEpisode, todayOf } from './edit-episode.ts'
import type { EpisodeRow } from './episode.sql.ts'
import { regionalChecklists } from './practices.ts'
import {
  answerLine,
  followMoment,
  insertLine,
  type LineRow,
  lockLine,
  openLinesOf,
  selectChecklist,
  selectChecklists,
  selectSequences,
  selectSequencesOfDay,
  writeChecklist,
} from './sequence.sql.ts'
import { insertTask } from './task.sql.ts'
import { checkAssignee } from './tasks.ts'

async function lineAtHand(context: Context, id: SequenceLineId): Promise<LineRow> {
  const line = await lockLine(context.tx, id)
  if (line === undefined) throw notFound('sequence line')
  return line
}

const ofTheLine = async (context: Context, id: SequenceLineId): Promise<EpisodeRow> =>
  ofTheSequence(context, { id: (await lineAtHand(context, id)).sequenceId })

const tell = (context: Context, line: Pick<LineRow, 'sequenceId' | 'personId'>): void =>
  context.emit({ type: 'episodes.criticalSequence.changed', personId: line.personId, volet: 'health', payload: { sequenceId: line.sequenceId } })

/** Ticked with who, when and a remark; the last one of a moment finishes the task of that moment. */
export const answerSequenceLineImplementation = implement(answerSequenceLine, {
  load: (context, { id }) => ofTheLine(context, id),
  run: async (context, { id, baseVersion, state, remark }) => {
    const { tx, actor, now } = context
    const line = await lineAtHand(context, id)
    await runningSequence(context, line.sequenceId)
    const { version } = await mergeEdit(
      context,
      {
        id,
        version: line.version,
        personId: line.personId,
        volet: 'health',
        holderOrg: line.holderOrg,
        protection: 'shared',
        fields: { state: line.state, remark: line.remark },
      },
      'episodes.sequence_line',
      baseVersion,
      { state, remark },
    )
    if (version === line.version) return { id, version }
    await answerLine(tx, id, { state, remark, version, at: state === 'open' ? null : now, by: actor.userId, byName: actor.displayName })
    await followMoment(tx, line.sequenceId, line.moment, (await openLinesOf(tx, line.sequenceId, line.moment)) === 0, now, actor.userId)
    tell(context, line)
    return { id, version }
  },
})

export const addSequenceLineImplementation = implement(addSequenceLine, {
  load: (context, { sequenceId }) => ofTheSequence(context, { id: sequenceId }),
  run: async (context, { id, sequenceId, moment, label }) => {
    const sequence = await runningSequence(context, sequenceId)
    if (!(await insertLine(context.tx, { id, sequenceId, moment, label, by: context.actor.userId }))) throw invalid('episodes.moment_unknown')
    await followMoment(context.tx, sequenceId, moment, false, context.now, context.actor.userId)
    tell(context, { sequenceId, personId: sequence.personId })
    return { id, version: 1 }
  },
})

export const taskOfSequenceLineImplementation = implement(taskOfSequenceLine, {
  load: (context, { lineId }) => ofTheLine(context, lineId),
  run: async (context, { id, lineId, assigneeId, dueOn }, target) => {
    const line = await lineAtHand(context, lineId)
    if (line.state !== 'open') throw conflict('episodes.task_ended')
    const episode = await loadEpisode(context, target)
    await checkAssignee(context, episode.holderOrg, assigneeId)
    await insertTask(context.tx, {
      id,
      personId: episode.personId,
      episodeId: episode.id,
      holderOrg: episode.holderOrg,
      kind: 'other',
      title: line.label,
      details: null,
      assigneeId,
      dueOn: dueOn ?? line.dueOn,
      dueTime: null,
      source: 'episodes.sequence_line',
      sourceId: lineId,
      step: null,
      volet: 'health',
      createdAt: context.now,
      createdBy: context.actor.userId,
    })
    context.emit({
      type: 'episodes.task.added',
      volet: 'health',
      audience: [episode.holderOrg],
      payload: { taskId: id, personId: episode.personId, assigneeId },
    })
    tell(context, line)
    return { id, version: 1 }
  },
})

export const setChecklistImplementation = implement(setChecklist, {
  load: noTarget,
  run: async ({ tx, actor, now }, { kind, baseVersion, moments }) => {
    await assertValue(tx, 'episodes.critical_sequence', kind)
    if (new Set(moments.map(({ code }) => code)).size < moments.length) throw invalid('episodes.moment_twice')
    const ordered = [...moments].sort((a, b) => a.afterDays - b.afterDays)
    const service = actor.serviceId as ServiceId
    if (!(await writeChecklist(tx, { service, kind, moments: ordered, baseVersion, at: now, by: actor.userId, byName: actor.displayName })))
      throw conflict('stale_version')
    return { kind, version: baseVersion + 1 }
  },
})

export const returnToRegionalChecklistImplementation = implement(returnToRegionalChecklist, {
  load: noTarget,
  run: async ({ tx, actor, now }, { kind, baseVersion }) => {
    await assertValue(tx, 'episodes.critical_sequence', kind)
    const service = actor.serviceId as ServiceId
    if ((await selectChecklist(tx, service, kind))?.moments == null) throw conflict('episodes.list_of_region_already')
    if (!(await writeChecklist(tx, { service, kind, moments: null, baseVersion, at: now, by: actor.userId, byName: actor.displayName })))
      throw conflict('stale_version')
    return { kind, version: baseVersion + 1 }
  },
})

export const checklistsImplementation = implement(checklists, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    const ofRegion = await regionalChecklists(tx)
    // The administration of the region writes the region's lists; a DAC its own, over these.
    const inDac = actor.serviceKind === 'dac'
    const own = new Map((inDac ? await selectChecklists(tx, actor.serviceId as ServiceId) : []).map((row) => [row.kind, row]))
    const kinds = [...new Set([...criticalSequenceKinds.values.map(({ code }) => code as string), ...own.keys()])]
    return {
      rows: kinds.map((kind) => {
        const mine = own.get(kind)
        if (mine != null && mine.moments !== null) return { ...mine, moments: mine.moments, from: 'service' as const }
        // Come back to the region's, its own versions stay to be read and taken again.
        const before = { version: mine?.version ?? 0, history: mine?.history ?? [] }
        const regional = ofRegion.get(kind)
        if (regional !== undefined) return { ...regional, ...(inDac ? before : {}), from: 'region' as const }
        const moments = starterChecklist(kind).map((one) => ({ ...one, lines: [...one.lines] }))
        return { kind, ...before, from: 'starter' as const, editedAt: null, editedByName: null, moments }
      }),
    }
  },
})

export const sequencesOfPersonImplementation = implement(sequencesOfPerson, {
  sharedPlans: true,
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, { personId }) => ({ rows: await selectSequences(tx, personId) }),
})

export const sequencesOfDayImplementation = implement(sequencesOfDay, {
  sharedPlans: true,
  load: noTarget,
  run: async (context) => ({ rows: await selectSequencesOfDay(context.tx, context.actor.userId, todayOf(context)) }),
})
