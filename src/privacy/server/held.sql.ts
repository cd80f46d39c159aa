import { type RawBuilder, sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { notGivenBecause, type PersonTable } from '../../platform/server/person-data.ts'

export type HeldRow = Readonly<Record<string, unknown>>

/**
 * Rows of the table that are hers, as a condition on `t`; the parents of a table without person_id are followed up. `opened` leaves those that are open
 * to the actor by what is declared, where no policy is asked.
 */
export function isHers(declared: PersonTable, tables: readonly PersonTable[], ids: RawBuilder<unknown>, opened = false): RawBuilder<unknown> {
  const open = opened && declared.openTo !== undefined ? sql` and (${sql.raw(declared.openTo)})` : sql``
  if (declared.hers === 'person_id') return sql`t.person_id = any (${ids})${open}`
  const { through, by } = declared.hers
  return sql`t.${sql.id(by)} in (select t.id from ${sql.table(through)} t where ${isHers(parentOf(declared, tables), tables, ids, opened)})${open}`
}

/** Whose a row is: its own service, else that of the row that it belongs to, up to the one that says it. */
function holderOf(declared: PersonTable, tables: readonly PersonTable[], alias = 't'): RawBuilder<unknown> {
  const own = sql`to_jsonb(${sql.id(alias)}) -> 'holder_org'`
  if (declared.hers === 'person_id') return own
  const { through, by } = declared.hers
  const [parent, above] = [parentOf(declared, tables), `${alias}_above`]
  return sql`coalesce(nullif(${own}, 'null'), (select ${holderOf(parent, tables, above)} from ${sql.table(through)} ${sql.id(above)}
    where ${sql.id(above)}.id = ${sql.id(alias)}.${sql.id(by)}))`
}

function parentOf({ table, hers }: PersonTable, tables: readonly PersonTable[]): PersonTable {
  const parent = hers === 'person_id' ? undefined : tables.find((one) => one.table === hers.through)
  if (parent === undefined) throw new Error(`${table} goes through a table that nobody declares`)
  return parent
}

/** Everyone who is that person: what was merged into her is hers too. */
export const identitySet = (personId: PersonId): RawBuilder<unknown> => sql`persons.identity_set(${personId}::uuid)`

/**
 * The rows of a declared table, under the actor's own rights: row-level security leaves out what is not open to her. Restricted rows never come, not
 * even to one of their readers: a report of abuse is no answer to a request of access (art. 15.4 and 23 RGPD).
 */
export async function selectHeld(
  tx: Tx,
  declared: PersonTable,
  tables: readonly PersonTable[],
  personId: PersonId,
  opened = false,
): Promise<readonly HeldRow[]> {
  if (declared.from !== undefined)
    return (await sql<{ row: HeldRow }>`select f.row from ${sql.table(declared.from)}(${personId}::uuid) as f(row)`.execute(tx)).rows.map((one) => one.row)
  const holder = declared.hers === 'person_id' ? sql`` : sql` || jsonb_build_object('holder_org', ${holderOf(declared, tables)})`
  const along = Object.entries(declared.along ?? {}).map(([name, expression]) => sql` || jsonb_build_object(${name}::text, ${sql.raw(expression)})`)
  const { rows } = await sql<{
    row: HeldRow
  }>`select to_jsonb(t)${holder}${along.length === 0 ? sql`` : sql.join(along, sql``)} as row from ${sql.table(declared.table)} t
    where ${isHers(declared, tables, identitySet(personId), opened)} and coalesce(to_jsonb(t) ->> 'protection', 'shared') <> 'restricted'
      ${declared.rowsKeptBack === undefined ? sql`` : sql`and not (${sql.raw(declared.rowsKeptBack.where)})`}
    order by ${declared.order === undefined ? sql`1` : sql`t.${sql.id(declared.order)}`}`.execute(tx)
  return rows.map((one) => one.row)
}

/** French labels of value sets, by set then code. */
export async function selectLabels(tx: Tx, sets: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const { rows } = await sql<{ setCode: string; code: string; label: string }>`select set_code as "setCode", code, label from territory.value
    where set_code = any (${`{${[...new Set(sets)].join(',')}}`}::text[])`.execute(tx)
  const labels = new Map<string, Map<string, string>>()
  for (const { setCode, code, label } of rows) {
    const set = labels.get(setCode) ?? new Map<string, string>()
    set.set(code, label)
    labels.set(setCode, set)
  }
  return labels
}

export interface SightRow {
  readonly partyName: string | null
  readonly basis: string
  readonly volets: readonly string[]
  readonly reason: string
  readonly startsAt: string
  readonly endsAt: string | null
  readonly suspendedAt: string | null
}

/** Who may see her, now or formerly. */
export async function selectSights(tx: Tx, personId: PersonId): Promise<readonly SightRow[]> {
  return (
    await sql<SightRow>`select party_name as "partyName", basis, volets, reason, starts_at as "startsAt", ends_at as "endsAt", suspended_at as "suspendedAt"
      from persons.sights_of(${personId})`.execute(tx)
  ).rows
}

/** How many rows each class holds about her, as far as the actor sees. */
export async function countHeld(tx: Tx, tables: readonly PersonTable[], personId: PersonId): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  const readable = tables.filter((one) => notGivenBecause(one) === null && one.from === undefined)
  const { rows } = await sql<{ dataClass: string; n: number }>`${sql.join(
    readable.map(
      (declared) =>
        sql`select ${declared.dataClass}::text as "dataClass", count(*)::integer as n from ${sql.table(declared.table)} t where ${isHers(declared, tables, identitySet(personId))}`,
    ),
    sql` union all `,
  )}`.execute(tx)
  for (const { dataClass, n } of rows) counts.set(dataClass, (counts.get(dataClass) ?? 0) + n)
  return counts
}

/** The last lines of her Fil, to choose the one that she contests. */
export async function selectRecentItems(tx: Tx, personId: PersonId): Promise<readonly { readonly id: string; readonly title: string; readonly at: string }[]> {
  return (
    await sql<{ id: string; title: string; at: string }>`select id, title, at from persons.timeline_item
      where person_id = ${personId} and protection <> 'restricted' and source <> 'privacy' order by at desc, id desc limit 60`.execute(tx)
  ).rows
}
