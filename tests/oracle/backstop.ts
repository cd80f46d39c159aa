import { sql } from 'kysely'
import type pg from 'pg'
import { asActor } from '../../src/platform/server/db.ts'
import { signedIn } from './asking.ts'
import type { Planted } from './canary.ts'
import { sees } from './rule.ts'
import type { Someone, World } from './world.ts'

/** What plain SELECTs gave to the role of the application, with somebody set as the actor and no filter of the application. */
export interface Backstop {
  readonly tables: number
  /** Tables that the role may not read at all. */
  readonly refused: readonly string[]
  decisions: number
  readonly foreign: { readonly table: string; readonly who: string; readonly what: string }[]
  /** Rows that the rule opens and the table closes, by table: narrower than the rule, by a policy of their own. */
  readonly narrower: Map<string, number>
}

/** Every table that bears a person or hangs on a request, as the catalogue lists them. */
async function personTables(superuser: pg.Client): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ name: string }>(`
    select distinct format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relkind in ('r', 'p') and a.attname in ('person_id', 'person_ids', 'into_person_id', 'sollicitation_id', 'contact_id') and n.nspname not in ('graphile_worker') order by 1`)
  return rows.map(({ name }) => name)
}

/** Reads each table whole, as each of these readers, and compares row by row with the rule. */
export async function readTables(world: World, superuser: pg.Client, readers: readonly Someone[]): Promise<Backstop> {
  const tables = await personTables(superuser)
  const refused: string[] = []
  const byId = new Map<string, Planted>()
  for (const planted of world.canaries.all) byId.set(`${planted.table} ${planted.id}`, planted)
  const now = world.clock().getTime()
  const owners = new Map(world.persons.map((person) => [String(person.id), person]))
  const backstop: Backstop = { tables: tables.length, refused, decisions: 0, foreign: [], narrower: new Map() }
  for (const someone of readers) {
    const caller = await signedIn(world, someone)
    if (caller === null) continue
    const mine = new Set<string>(caller.actor.parties)
    for (const table of tables) {
      const rows = await asActor(
        world.db,
        { actor: caller.actor, clock: world.clock(), timeZone: world.gate.timeZone },
        async (tx) =>
          (
            await sql<{ id: string | null; person: string | null; party: string | null; line: string }>`
          select to_jsonb(t) ->> 'id' as id, to_jsonb(t) ->> 'person_id' as person, coalesce(to_jsonb(t) ->> 'party_id', to_jsonb(t) ->> 'user_id') as party, to_jsonb(t)::text as line
          from ${sql.raw(table)} t`.execute(tx)
          ).rows,
      ).catch((error: { code?: string }) => {
        if (error.code !== '42501') throw error
        return null
      })
      if (rows === null) {
        if (!refused.includes(table)) refused.push(table)
        continue
      }
      const shown = new Set<Planted>()
      for (const { id, person, party, line } of rows) {
        const planted = byId.get(`${table} ${id}`) ?? [...world.canaries.in(line)].find((one) => one.table === table)
        if (planted !== undefined) shown.add(planted)
        else if (person !== null && owners.has(person) && !(party !== null && mine.has(party)) && !anyGround(world, someone, person))
          backstop.foreign.push({ table, who: someone.label, what: `a row of ${person}` })
      }
      for (const planted of world.canaries.all) {
        if (planted.table !== table) continue
        const owner = owners.get(String(planted.person))
        if (owner === undefined) continue
        backstop.decisions++
        const expected = sees(someone.reader, owner.grounds, owner.wishes, world.table, planted.row, now)
        if (!expected && shown.has(planted)) backstop.foreign.push({ table, who: someone.label, what: `${planted.row.volet}/${planted.row.protection}` })
        if (expected && !shown.has(planted)) backstop.narrower.set(table, (backstop.narrower.get(table) ?? 0) + 1)
      }
    }
  }
  return backstop
}

/** Has she, or her service, ever had to do with this person? */
function anyGround(world: World, { reader }: Someone, person: string): boolean {
  const owner = world.persons.find(({ id }) => id === person)
  return (owner?.grounds ?? []).some(
    (ground) =>
      ('service' in ground && ground.service === reader.service) ||
      ('card' in ground && ground.card === reader.card) ||
      ('user' in ground && ground.user === reader.user),
  )
}

/** What the event stream will carry: ids and codes only. Gives the canaries found in it, and how many events were looked at. */
export async function canariesInEvents(world: World, superuser: pg.Client): Promise<{ readonly events: number; readonly found: readonly Planted[] }> {
  const { rows } = await superuser.query<{ line: string }>(
    `select to_jsonb(e)::text as line from platform.event e union all select to_jsonb(i)::text from platform.event_inbox i`,
  )
  return { events: rows.length, found: [...world.canaries.in(rows.map(({ line }) => line).join('\n'))] }
}

/** Roles of the product that could pass over row-level security, and the ways from the application's role to them. */
export async function rolesAbovePolicies(superuser: pg.Client): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ name: string }>(`
    select r.rolname as name from pg_roles r where (r.rolsuper or r.rolbypassrls) and (r.rolname like 'jalon%' or pg_has_role('jalon_app', r.oid, 'member') or pg_has_role('jalon_owner', r.oid, 'member'))
    union all select 'owner of ' || c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner where c.relkind in ('r', 'p') and pg_has_role('jalon_app', r.oid, 'member')
    order by 1`)
  return rows.map(({ name }) => name)
}
