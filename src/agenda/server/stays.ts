import { loadPerson, namesOpenly, recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, type Implementation, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { cancelStay, editStay, noteExit, personStays, recordStay, type StayId, settleStay, stayKindLabels } from '../contract/stay.ts'
import { cancelStayRow, findStay, findStayLike, insertStay, lockStays, type StayRow, sayWhetherSame, selectStays, updateStay, writeExit } from './stay.sql.ts'
import { assertLikely } from './unfold.ts'

async function loadStay({ tx }: Pick<Context, 'tx'>, { id }: { readonly id: StayId }): Promise<StayRow> {
  const row = await findStay(tx, id)
  if (row === undefined) throw notFound('stay')
  return row
}

/** Held until the end, among the stays of the same person; refuses what is cancelled. */
async function held(context: Context, { id, personId }: Pick<StayRow, 'id' | 'personId'>): Promise<StayRow> {
  await lockStays(context.tx, personId)
  const row = await findStay(context.tx, id, true)
  if (row === undefined) throw notFound('stay')
  if (row.cancelled) throw conflict('agenda.stay_cancelled')
  return row
}

/** Open calendars of those who read her health volet. */
export function tellStay(context: Context, personId: PersonId, id: string): void {
  context.emit({ type: 'agenda.stay.changed', personId, volet: 'health', payload: { stayId: id, personId } })
}

/** Around somebody in danger, where she is sheltered is said to the service that notes it alone, as the agenda does. */
async function roomOf({ tx }: Context, personId: PersonId, ...establishments: readonly (string | null)[]): Promise<'shared' | 'org_private'> {
  for (const one of establishments) if (!(await namesOpenly(tx, personId, one))) return 'org_private'
  return 'shared'
}

async function inFil(context: Context, row: Pick<StayRow, 'id' | 'personId' | 'establishmentId'>, title: string, summary: string): Promise<void> {
  await recordTimelineItem(context, {
    personId: row.personId,
    kind: 'hospital',
    title: french(title),
    summary: french(summary),
    source: 'agenda.stay',
    sourceId: row.id,
    volet: 'health',
    protection: await roomOf(context, row.personId, row.establishmentId),
    at: context.now,
  })
}

const datesWords = ({ startsOn, expectedOn }: Pick<StayRow, 'startsOn' | 'expectedOn'>): string =>
  `entrée le ${formatDay(startsOn)}, ${expectedOn === null ? 'sortie non connue' : `sortie prévue le ${formatDay(expectedOn)}`}`

async function assertAlone(
  context: Context,
  row: Pick<StayRow, 'personId' | 'establishmentName' | 'startsOn' | 'expectedOn' | 'endedOn'>,
  except: StayId | null,
): Promise<void> {
  const like = { establishmentName: row.establishmentName, startsOn: row.startsOn, until: row.endedOn ?? row.expectedOn }
  if ((await findStayLike(context.tx, row.personId, like, except)) !== undefined) throw conflict('agenda.stay_there_already')
}

export const stayHandlers: readonly Implementation[] = [
  implement(recordStay, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async (context, { id, personId, kind, establishmentId, establishmentName, startsOn, expectedOn, reason }) => {
      const { tx, actor, now } = context
      for (const one of [startsOn, expectedOn ?? startsOn]) assertLikely(one)
      await lockStays(tx, personId)
      const row = {
        id,
        personId,
        kind,
        establishmentId,
        establishmentName,
        startsOn,
        expectedOn,
        reason,
        holderOrg: (actor.serviceId ?? actor.userId) as ServiceId,
      }
      await assertAlone(context, { ...row, endedOn: null }, null)
      await insertStay(tx, { ...row, recordedBy: actor.userId, recordedByName: actor.displayName }, now)
      await inFil(
        context,
        row,
        startsOn > dayOf(now, context.timeZone) ? 'Hospitalisation prévue' : stayKindLabels[kind],
        `${establishmentName} : ${datesWords(row)}.${reason === null ? '' : ` ${reason}`}`,
      )
      tellStay(context, personId, id)
      return { id, version: 1 }
    },
  }),
  implement(editStay, {
    load: loadStay,
    run: async (context, { id, baseVersion, changes }, target) => {
      const row = await held(context, target as StayRow)
      const { establishmentId, establishmentName, startsOn, expectedOn, endedOn, reason } = row
      const record = {
        ...row,
        volet: 'health' as const,
        protection: await roomOf(context, row.personId, establishmentId, changes.establishmentId ?? null),
        fields: { establishmentId, establishmentName, startsOn, expectedOn, endedOn, reason },
      }
      const merged = await mergeEdit(context, record, 'agenda.stay', baseVersion, changes)
      if (Object.keys(merged.changes).length === 0) return { id, version: row.version }
      const next: StayRow = { ...row, ...merged.changes }
      for (const one of [next.startsOn, next.expectedOn, next.endedOn]) if (one !== null) assertLikely(one)
      if (next.endedOn !== null && next.endedOn < next.startsOn) throw invalid('agenda.stay_backwards')
      if (next.expectedOn !== null && next.expectedOn < next.startsOn) throw invalid('agenda.stay_backwards')
      if (next.endedOn !== null && next.endedOn > dayOf(context.now, context.timeZone)) throw invalid('agenda.stay_not_over')
      await assertAlone(context, next, id)
      await updateStay(context.tx, next, merged.version, context.now)
      if (next.endedOn !== row.endedOn && next.endedOn !== null)
        await inFil(context, next, 'Sortie d’hôpital', `${next.establishmentName} : sortie le ${formatDay(next.endedOn)}.`)
      else if (next.startsOn !== row.startsOn || next.expectedOn !== row.expectedOn)
        await inFil(context, next, 'Hospitalisation : dates changées', `${next.establishmentName} : ${datesWords(next)}.`)
      tellStay(context, row.personId, id)
      return { id, version: merged.version }
    },
  }),
  implement(cancelStay, {
    load: loadStay,
    run: async (context, { id, reason }, target) => {
      const row = await held(context, target as StayRow)
      const version = await cancelStayRow(context.tx, id, reason, context.now)
      await inFil(
        context,
        row,
        'Hospitalisation annulée',
        `${row.establishmentName}, entrée du ${formatDay(row.startsOn)}.${reason === null ? '' : ` ${reason}`}`,
      )
      tellStay(context, row.personId, id)
      return { id, version }
    },
  }),
  implement(noteExit, {
    load: loadStay,
    run: async (context, { id, baseVersion, leftOn }, target) => {
      const { tx, actor, now, timeZone } = context
      const row = await held(context, target as StayRow)
      if (row.endedOn !== null) throw conflict('agenda.exit_told')
      if (leftOn !== null) {
        assertLikely(leftOn)
        if (leftOn < row.startsOn) throw invalid('agenda.stay_backwards')
        if (leftOn > dayOf(now, timeZone)) throw invalid('agenda.exit_to_come')
      }
      const record = { ...row, volet: 'health' as const, protection: await roomOf(context, row.personId, row.establishmentId), fields: { leftOn: row.leftOn } }
      const merged = await mergeEdit(context, record, 'agenda.stay', baseVersion, { leftOn })
      if (Object.keys(merged.changes).length === 0) return { id, version: row.version }
      await writeExit(tx, id, leftOn, { id: actor.userId, name: actor.displayName }, merged.version, now)
      if (leftOn === null) await inFil(context, row, 'Sortie d’hôpital retirée', `${row.establishmentName} : la sortie notée par l’équipe était une erreur.`)
      else await inFil(context, row, 'Sortie d’hôpital', `${row.establishmentName} : sortie le ${formatDay(leftOn)}, notée par l’équipe.`)
      tellStay(context, row.personId, id)
      return { id, version: merged.version }
    },
  }),
  implement(settleStay, {
    load: loadStay,
    run: async (context, { id, toldId, same }, target) => {
      const row = await held(context, target as StayRow)
      const told = await findStay(context.tx, toldId)
      if (told === undefined || told.personId !== row.personId || told.toldBy !== 'hospital') throw notFound('stay')
      const version = await sayWhetherSame(context.tx, id, toldId, same, context.now)
      tellStay(context, row.personId, id)
      return { id, version }
    },
  }),
  implement(personStays, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async ({ tx }, { personId, from }) => ({ rows: await selectStays(tx, personId, from) }),
  }),
]
