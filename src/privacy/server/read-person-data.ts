import { headline } from '../../persons/contract/headline.ts'
import { loadPerson, personNames } from '../../persons/server/api.ts'
import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, type Implementation, implement } from '../../platform/server/implement.ts'
import { columnsGiven, type PersonTable } from '../../platform/server/person-data.ts'
import { personData, personDataSummary } from '../contract/queries.ts'
import { selectAccesses } from './accesses.sql.ts'
import { selectSights } from './held.sql.ts'
import { type Held, readHeld } from './held.ts'
import { writeHeldDocument } from './held-document.ts'
import { selectFrozen } from './request.sql.ts'
import { asSystemInside, voletsLeftTo } from './treatment.sql.ts'

/**
 * What is held of her, whole. While the use of her file is limited the policies show its administrative volet alone: an answer to her own request, or its
 * count, is what art. 18.2 RGPD leaves (her consent), and whoever answers her reads what her category opens, less what is withheld.
 */
async function heldOf({ tx, actor, timeZone }: Context, tables: readonly PersonTable[], personId: PersonId, privateNotes: boolean): Promise<Held> {
  if ((await selectFrozen(tx, [personId])).length === 0) return readHeld(tx, tables, personId, { privateNotes, timeZone })
  const reader = { service: String(actor.serviceId), volets: await voletsLeftTo(tx, personId, actor), limited: true } as const
  return asSystemInside(tx, 'what is held of a person whose file is limited, to answer her', () =>
    readHeld(tx, tables, personId, { privateNotes, timeZone, reader }),
  )
}

/** « Ce que Jalon sait de Mme X », from what the capabilities declare. */
export const readPersonData = (tables: readonly PersonTable[]): Implementation =>
  implement(personData, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async (context, { format, privateNotes }, { personId }) => {
      const { tx, actor, now, timeZone } = context
      const person = (await personNames(tx, [personId])).get(personId)
      if (person === undefined) throw notFound('person')
      const held = await heldOf(context, tables, personId, privateNotes)
      const today = dayOf(now, timeZone)
      const name = `Ce que Jalon sait, ${formatDay(today).replaceAll('/', '-')}`
      const records = held.sections.reduce((sum, section) => sum + section.records.length, 0)
      if (format === 'json') {
        const bytes = Buffer.from(JSON.stringify(heldAsJson(context, held, tables, privateNotes), null, 2))
        context.note({ format, records, bytes: bytes.length, private: privateNotes })
        return { fileName: `${name}.json`, contentType: 'application/json' as const, base64: bytes.toString('base64') }
      }
      const accesses = await selectAccesses(tx, personId, addDays(today, -365), timeZone)
      const bytes = await writeHeldDocument({
        person: headline(person),
        birthDay: person.birthDay,
        service: actor.serviceName || 'le DAC qui vous accompagne',
        madeBy: actor.displayName,
        at: now,
        timeZone,
        held,
        withPrivate: privateNotes,
        sights: await selectSights(tx, personId),
        readers: readersOf(accesses),
      })
      context.note({ format, records, bytes: bytes.length, private: privateNotes })
      return { fileName: `${name}.pdf`, contentType: 'application/pdf' as const, base64: bytes.toString('base64') }
    },
  })

export const readPersonDataSummary = (tables: readonly PersonTable[]): Implementation =>
  implement(personDataSummary, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async (context, _input, { personId }) => {
      const held = await heldOf(context, tables, personId, false)
      const sections = held.sections.flatMap((one) => (one.records.length === 0 ? [] : [{ title: one.title, records: one.records.length }]))
      return {
        sections,
        records: sections.reduce((sum, one) => sum + one.records, 0),
        privateNotes: held.privateNotes,
        leftOut: held.leftOut.map((one) => ({ ...one })),
      }
    },
  })

/** For a machine (art. 20): codes as they are kept, with the French name of each column. */
function heldAsJson({ actor, now }: Context, held: Held, tables: readonly PersonTable[], withPrivate: boolean): unknown {
  return {
    format: 'jalon.personData',
    version: 1,
    madeAt: now.toISOString(),
    madeFor: actor.serviceName,
    leftOut: [
      ...held.leftOut,
      ...(withPrivate || held.privateNotes === 0 ? [] : [{ what: `${held.privateNotes} éléments gardés pour l’équipe du DAC`, why: 'remis après relecture' }]),
    ],
    sections: held.sections
      .filter((section) => section.raw.length > 0)
      .map((section) => ({
        table: section.table,
        title: section.title,
        labels: Object.fromEntries(
          tables
            .filter((one) => one.table === section.table)
            .flatMap((one) => Object.entries(columnsGiven(one)).map(([column, how]) => [column, typeof how === 'string' ? how : how.label])),
        ),
        records: section.raw,
      })),
  }
}

function readersOf(accesses: Awaited<ReturnType<typeof selectAccesses>>): { name: string; service: string | null; times: number; lastAt: string }[] {
  const readers = new Map<string, { name: string; service: string | null; times: number; lastAt: string }>()
  for (const row of accesses) {
    const key = `${row.userId}${row.service}`
    const known = readers.get(key)
    if (known === undefined) readers.set(key, { name: row.userName ?? 'Traitement automatique', service: row.service, times: row.times, lastAt: row.lastAt })
    else known.times += row.times
  }
  return [...readers.values()]
}
