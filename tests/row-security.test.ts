import { describe, expect, it } from 'vitest'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { type ColumnClass, columnClasses, columnsOfPersons, tablesWithoutPerson } from './column-classes.ts'

const { owner } = await testDatabase()

interface Table {
  name: string
  enabled: boolean
  forced: boolean
  columns: string[]
  policies: number
}

/** Every table of every schema of ours, partitions under their parent. */
async function tables(): Promise<Table[]> {
  const { rows } = await owner.query<Table>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|graphile|public)' order by 1`)
  return rows
}

const bearsPerson = (columns: readonly string[]): boolean =>
  columns.some((column) => ['person_id', 'person_ids', 'sollicitation_id'].includes(column)) && !columns.includes('read_at')

const classified = (table: string): (readonly [string, ColumnClass])[] =>
  columnClasses.flatMap((its) =>
    (columnsOfPersons[table]?.[its] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((column) => [column, its] as const),
  )

/** What closes a column of this class: the fixed volet or protection of its rows, or, for `row`, a volet that each row says. */
function keptBy(its: ColumnClass, table: string, rows: { volet: string | null; protection: string | null } | undefined): boolean {
  if (its === 'technical') return true
  if (its === 'private') return rows?.protection?.includes('org_private') === true
  if (its === 'restricted') return rows?.protection?.includes('restricted') === true
  if (its === 'row') return rows !== undefined || table === 'intake.transfer'
  return rows?.volet?.includes(its) === true
}

describe('row-level security', () => {
  it('is forced on every table that bears a person', async () => {
    const bearing = (await tables()).filter((table) => table.name in columnsOfPersons)
    expect(bearing.length).toBeGreaterThan(60)
    // The inboxes, the feed and the audit: the application may add to the inboxes and reads none of them (see the grants below).
    const unreadable = ['platform.event', 'platform.event_inbox', 'audit.entry', 'audit.inbox']
    const { rows: readable } = await owner.query(
      `select table_schema || '.' || table_name as name from information_schema.role_table_grants where grantee = 'jalon_app' and privilege_type = 'SELECT'
        and table_schema || '.' || table_name = any ($1)`,
      [unreadable],
    )
    expect(readable).toEqual([])
    expect(
      bearing.filter((table) => !(table.enabled && table.forced && table.policies > 0) && !unreadable.includes(table.name)).map((table) => table.name),
    ).toEqual([])
  })

  it('knows the volet, the holder and the protection of every record of a person', async () => {
    const links = new Set(['persons.sight', 'persons.alias', 'platform.event', 'platform.event_inbox', 'platform.field_history'])
    const records = (await tables()).filter((table) => table.columns.includes('person_id') && !links.has(table.name))
    const incomplete = records.filter((table) => !['volet', 'holder_org', 'protection'].every((column) => table.columns.includes(column)))
    // Personal marks and lists keyed by a user hold no content: they are named here, one by one.
    const keyedByUser = new Set(['liaison.unread', 'persons.recent_person'])
    expect(incomplete.map((table) => table.name).filter((name) => !keyedByUser.has(name))).toEqual([])
  })

  it('has every table of the database declared: for whom each column of a person is, or why no person is in it', async () => {
    const all = await tables()
    const names = all.map((table) => table.name)
    expect(names.filter((name) => !(name in columnsOfPersons) && !(name in tablesWithoutPerson))).toEqual([])
    expect([...Object.keys(columnsOfPersons), ...Object.keys(tablesWithoutPerson)].filter((name) => !names.includes(name))).toEqual([])
    for (const table of all.filter(({ columns }) => bearsPerson(columns))) expect(Object.keys(columnsOfPersons)).toContain(table.name)
  })

  it('classifies every column of these tables, once', async () => {
    for (const table of (await tables()).filter(({ name }) => name in columnsOfPersons)) {
      expect([
        table.name,
        classified(table.name)
          .map(([column]) => column)
          .toSorted(),
      ]).toEqual([table.name, table.columns.toSorted()])
    }
  })

  it('keeps each class by what the rows say: the volet that closes it, the service or the readers that it is for', async () => {
    const { rows } = await owner.query<{ name: string; volet: string | null; protection: string | null }>(`
      select n.nspname || '.' || c.relname as name, max(pg_get_expr(d.adbin, d.adrelid)) filter (where a.attname = 'volet') as volet,
        max(pg_get_expr(d.adbin, d.adrelid)) filter (where a.attname = 'protection') as protection
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname in ('volet', 'protection')
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relkind in ('r', 'p') and not c.relispartition group by 1`)
    const defaults = new Map(rows.map((row) => [row.name, row]))
    const outside = Object.keys(columnsOfPersons).flatMap((name) =>
      [...new Set(classified(name).map(([, its]) => its))].filter((its) => !keptBy(its, name, defaults.get(name))).map((its) => `${name}: ${its}`),
    )
    // Sight says on what somebody sees: it is read by whoever holds it, and by the DAC through one function. The audit is its own fortress.
    expect(outside).toEqual(['audit.entry: restricted', 'audit.inbox: restricted', 'persons.sight: administrative'])
  })

  it('binds the application: no superuser, no bypass, no ownership, and the system role only when taken', async () => {
    const {
      rows: [role],
    } = await owner.query(`select rolsuper, rolbypassrls, rolinherit, rolcreaterole from pg_roles where rolname = 'jalon_app'`)
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreaterole: false })
    const { rows: owned } = await owner.query(
      `select c.oid::regclass::text as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('jalon_app', 'jalon_system')`,
    )
    expect(owned).toEqual([])
    const { rows: bypassing } = await owner.query(`select rolname from pg_roles where rolname like 'jalon%' and (rolsuper or rolbypassrls)`)
    expect(bypassing).toEqual([])
  })

  it('leaves the audit and sight out of reach of the application', async () => {
    const { rows } = await owner.query<{ name: string; privilege: string }>(`select table_schema || '.' || table_name as name, privilege_type as privilege
      from information_schema.role_table_grants where grantee = 'jalon_app' and (table_schema = 'audit' or (table_schema, table_name) in (('persons', 'sight'), ('persons', 'alias')))`)
    expect(rows.map((row) => `${row.privilege} ${row.name}`).sort()).toEqual(['INSERT audit.inbox', 'SELECT persons.alias', 'SELECT persons.sight'])
  })

  it('runs every function that rises above the caller with a fixed search path, owned by the kernel or the owner, closed to the public', async () => {
    const { rows } = await owner.query<{ name: string; owner: string; fixed: boolean; open: boolean }>(`
      select n.nspname || '.' || p.proname as name, r.rolname as owner, coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false) as fixed,
        coalesce(array_to_string(p.proacl, ',') ~ '(^|,)=X', p.proacl is null) as open
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner where p.prosecdef and n.nspname not in ('graphile_worker', 'pg_catalog')`)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter((row) => !row.fixed || row.open).map((row) => row.name)).toEqual([])
    expect([...new Set(rows.map((row) => row.owner))].filter((name) => name !== 'jalon_kernel' && name !== 'jalon_owner')).toEqual([])
  })
})
