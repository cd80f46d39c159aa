import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { measureName, measureWords } from '../contract/measure-kinds.ts'
import { type MeasureToMatch, measureMatches } from '../contract/measure-rules.ts'
import { measures, recordMeasure, setMeasureThreshold, strikeMeasure } from '../contract/measures.ts'
import { functionOf } from './load-note.ts'
import { findMeasure, insertMeasure, insertThreshold, measureContext, selectMeasures, strikeMeasureRow } from './measure.sql.ts'
import { whoTakes } from './raise-alert.ts'
import { raiseByRule } from './raise-by-rule.ts'

const ownerOf = ({ actor }: Context): ServiceId => (actor.serviceId ?? actor.userId) as ServiceId

export const recordMeasureImplementation = implement(recordMeasure, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, kind, value, second, words, ...input }) => {
    const { tx, actor, now } = context
    const at = input.at ?? now.toISOString()
    if (Date.parse(at) > now.getTime() + 600_000) throw invalid('liaison.in_the_future')
    const { low, high, past } = await measureContext(tx, personId, kind, at)
    await insertMeasure(tx, {
      id,
      personId,
      kind,
      value,
      second,
      at,
      words,
      authorId: actor.userId,
      authorName: actor.displayName,
      authorFunction: functionOf(context),
      holderOrg: ownerOf(context),
    })
    const said = `${measureName(kind)} : ${measureWords(kind, value, second)}`
    await recordTimelineItem(context, {
      personId,
      kind: 'liaison.measure',
      title: french(said),
      summary: words,
      source: 'liaison.measure',
      sourceId: id,
      volet: 'health',
      at,
    })
    const alerted = await alertOn(context, { kind, value, second, at, low, high, past }, { id, personId, title: french(said), words })
    context.emit({ type: 'liaison.measure.recorded', personId, volet: 'health', payload: { measureId: id, personId } })
    return { id, alerted }
  },
})

/** The rules on measures, for the DAC that would take it. A measure of long ago that is typed in today alerts nobody. */
async function alertOn(
  context: Context,
  taken: MeasureToMatch,
  told: { readonly id: string; readonly personId: Parameters<typeof whoTakes>[1]; readonly title: string; readonly words: string | null },
): Promise<boolean> {
  if (context.now.getTime() - Date.parse(taken.at) > 7 * 86_400_000) return false
  const followers = await whoTakes(context, told.personId)
  if (followers === undefined) return false
  const rule = await raiseByRule(context, {
    personId: told.personId,
    service: followers.holderOrg,
    fulfils: (when) => measureMatches(when, taken),
    title: told.title,
    summary: told.words,
    source: 'liaison.measure',
    sourceId: told.id,
    volet: 'health',
  })
  return rule !== null
}

export const strikeMeasureImplementation = implement(strikeMeasure, {
  load: async ({ tx }, { id }) => {
    const measure = await findMeasure(tx, id)
    if (measure === undefined) throw notFound('measure')
    return measure
  },
  run: async (context, { id, reason }, { personId }) => {
    const measure = await findMeasure(context.tx, id)
    if (measure === undefined || measure.struckAt !== null) throw conflict('liaison.measure_struck')
    await strikeMeasureRow(context.tx, id, { id: context.actor.userId, name: context.actor.displayName }, reason, context.now)
    await recordTimelineItem(context, {
      personId,
      kind: 'liaison.measure',
      title: french(`Mesure barrée : ${measureName(measure.kind)}`),
      summary: reason,
      source: 'liaison.measure',
      sourceId: id,
      volet: 'health',
    })
    context.emit({ type: 'liaison.measure.struck', personId, volet: 'health', payload: { measureId: id, personId } })
    return { id }
  },
})

export const setMeasureThresholdImplementation = implement(setMeasureThreshold, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, kind, low, high, reason }) => {
    const { tx, actor, now } = context
    await insertThreshold(tx, { id, personId, kind, low, high, reason, by: actor.userId, byName: actor.displayName, at: now, holderOrg: ownerOf(context) })
    const bounds = [low === null ? '' : `sous ${measureWords(kind, low, null)}`, high === null ? '' : `au-dessus de ${measureWords(kind, high, null)}`].filter(
      Boolean,
    )
    await recordTimelineItem(context, {
      personId,
      kind: 'liaison.measure_threshold',
      title: french(bounds.length === 0 ? `${measureName(kind)} : plus de seuil` : `${measureName(kind)} : alerter ${bounds.join(' ou ')}`),
      summary: reason,
      source: 'liaison.measure_threshold',
      sourceId: id,
      volet: 'health',
    })
    context.emit({ type: 'liaison.measureThreshold.set', personId, volet: 'health', payload: { personId, kind } })
    return { id }
  },
})

export const measuresImplementation = implement(measures, {
  sharedPlans: true,
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, { personId, perKind }) => ({ kinds: await selectMeasures(tx, personId, perKind) }),
})
