import { describe, expect, it } from 'vitest'
import { testDatabase } from '../src/platform/testing/test-database.ts'

const { owner } = await testDatabase()

/** Schemas of the capabilities; platform and audit are looked at table by table. */
const ours = `n.nspname in ('platform', 'territory', 'directory', 'persons', 'care_team', 'episodes', 'intake', 'assessments', 'care_plans', 'liaison', 'safeguarding', 'steering', 'privacy')`

interface Table {
  name: string
  enabled: boolean
  forced: boolean
  columns: string[]
  policies: number
}

async function tables(): Promise<Table[]> {
  const { rows } = await owner.query<Table>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1`)
  return rows
}

describe('row-level security', () => {
  it('is forced on every table that bears a person', async () => {
    const bearing = (await tables()).filter((table) => table.columns.includes('person_id') || table.columns.includes('person_ids'))
    expect(bearing.length).toBeGreaterThan(20)
    // The inbox and the feed carry the id alone: the application may add to the first and read neither.
    const unreadable = ['platform.event', 'platform.event_inbox']
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
