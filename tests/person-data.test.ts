import { describe, expect, it } from 'vitest'
import { personTables } from '../src/app/server/person-data.ts'
import { isTechnicalColumn } from '../src/platform/server/person-data.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'

const { owner } = await testDatabase()

interface Column {
  readonly table: string
  readonly column: string
}

/** Not a record of hers: lines that name several persons at once and have a list, a verification and a duration of their own. */
const elsewhere = new Map([['audit', 'the access list, and the retention of the audit']])

async function columnsOf(condition: string): Promise<readonly Column[]> {
  const { rows } = await owner.query<Column>(`select n.nspname || '.' || c.relname as table, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|graphile)' and ${condition} order by 1, a.attnum`)
  return rows
}

/** Tables with a person_id, and those whose rows belong to one of these by a foreign key. */
async function bearingTables(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ table: string }>(`with recursive bearing as (
      select a.attrelid as rel from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname in ('person_id', 'person_ids') and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
      union select f.conrelid from pg_constraint f join bearing b on f.confrelid = b.rel where f.contype = 'f')
    select n.nspname || '.' || c.relname as table from bearing b join pg_class c on c.oid = b.rel join pg_namespace n on n.oid = c.relnamespace order by 1`)
  return rows.map((row) => row.table).filter((table) => !elsewhere.has(table.split('.')[0] ?? ''))
}

describe('what is held about a person', () => {
  it('is declared for every table of the database that bears her, once', async () => {
    const declared = personTables.map((one) => one.table)
    expect(new Set(declared).size).toBe(declared.length)
    expect((await bearingTables()).filter((table) => !declared.includes(table))).toEqual([])
  })

  it('names tables and columns that exist', async () => {
    const known = new Set((await columnsOf('true')).map(({ table, column }) => `${table}.${column}`))
    const named = personTables.flatMap((one) =>
      [
        ...('notGiven' in one.given ? [] : Object.keys(one.given)),
        ...Object.keys(one.keptBack ?? {}),
        ...Object.keys(one.anonymised ?? {}),
        ...(one.order === undefined ? [] : [one.order]),
        ...(one.hers === 'person_id' ? ['person_id'] : [one.hers.by]),
      ].map((column) => `${one.table}.${column}`),
    )
    expect(named.filter((column) => !known.has(column))).toEqual([])
  })

  it('gives her every column, or says why not', async () => {
    const columns = await columnsOf('true')
    const silent = personTables.flatMap((one) => {
      if ('notGiven' in one.given) return []
      const said = new Set([...Object.keys(one.given), ...Object.keys(one.keptBack ?? {})])
      return columns
        .filter(({ table, column }) => table === one.table && !said.has(column) && !isTechnicalColumn(column))
        .map(({ table, column }) => `${table}.${column}`)
    })
    expect(silent).toEqual([])
  })

  it('reads each code with a list that exists, and each table through a parent that is declared', async () => {
    const parents = personTables.flatMap((one) => (one.hers === 'person_id' ? [] : [one.hers.through]))
    expect(parents.filter((parent) => !personTables.some((one) => one.table === parent))).toEqual([])
    const { allValueSets } = await import('../src/app/seed/reference/value-sets.ts')
    const sets = new Set(allValueSets.map((set) => set.code))
    const lists = personTables.flatMap((one) =>
      'notGiven' in one.given ? [] : Object.values(one.given).flatMap((how) => (typeof how === 'string' || how.list === undefined ? [] : [how.list].flat())),
    )
    expect([...new Set(lists)].filter((list) => !sets.has(list))).toEqual([])
  })
})
