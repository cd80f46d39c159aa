import { loadPerson, personNames } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement } from '../../platform/server/implement.ts'
import { type AccessReader, fileAccesses, fileAccessLines } from '../contract/queries.ts'
import { basisWords, voletWords } from '../contract/words.ts'
import { type AccessRow, selectAccesses, selectAccessLines } from './accesses.sql.ts'

/** The French titles of actions and queries, by their names: as on the buttons. */
export type Titles = () => ReadonlyMap<string, string>

export const readAccesses = (titles: Titles): Implementation =>
  implement(fileAccesses, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async ({ tx, now, timeZone }, { since }, { personId }) => {
      const person = (await personNames(tx, [personId])).get(personId)
      if (person === undefined) throw notFound('person')
      const rows = await selectAccesses(tx, personId, since, timeZone)
      return {
        person,
        since,
        today: dayOf(now, timeZone),
        times: rows.reduce((sum, row) => sum + row.times, 0),
        readers: byReader(rows, titles()),
      }
    },
  })

/** Folds the rows (the last first) into readers, the last reader first. */
export function byReader(rows: readonly AccessRow[], titles: ReadonlyMap<string, string>): AccessReader[] {
  const readers = new Map<string, AccessReader>()
  for (const row of rows) {
    const key = `${row.userId}${row.service}`
    const reader = readers.get(key) ?? {
      userId: row.userId,
      name: row.userName ?? 'Traitement automatique de Jalon',
      profession: row.profession,
      service: row.service,
      times: 0,
      lastAt: row.lastAt,
      days: [],
    }
    reader.times += row.times
    reader.days.push({
      day: row.day,
      times: row.times,
      firstAt: row.firstAt,
      lastAt: row.lastAt,
      what: [...new Set(row.names.map((name) => titles.get(name) ?? name))],
      exported: row.exported,
      refused: row.refused,
      why: whyOf(row),
    })
    readers.set(key, reader)
  }
  return [...readers.values()]
}

/** On what she saw her that day; several rights may have been used. */
function whyOf(row: AccessRow): string {
  if (row.refused === row.times) return 'Accès refusé'
  if (row.userId === null) return 'Traitement automatique'
  return row.bases.map((basis) => basisWords[basis] ?? basis).join(', ')
}

export const readAccessLines = (titles: Titles): Implementation =>
  implement(fileAccessLines, {
    load: (context, { personId }) => loadPerson(context, personId),
    run: async ({ tx, timeZone }, { userId, day }, { personId }) => {
      const words = titles()
      const rows = await selectAccessLines(tx, personId, userId, day, timeZone)
      return {
        rows: rows.map((row) => ({
          at: row.at,
          what: words.get(row.name) ?? row.name,
          exported: row.manner === 'export' || row.manner === 'print',
          refused: row.outcome === 'refused',
          why: row.outcome === 'refused' ? 'Accès refusé' : (basisWords[row.basis] ?? row.basis),
          volets: row.volets.map((volet) => voletWords[volet] ?? volet),
        })),
      }
    },
  })
