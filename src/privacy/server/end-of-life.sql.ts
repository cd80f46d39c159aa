import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { DataClass, PersonTable } from '../../platform/server/person-data.ts'
import { isHers } from './held.sql.ts'

export type Fate = 'destroy' | 'anonymise'
export type Counts = Readonly<Record<string, number>>

/** A set of ids as SQL. */
export const idList = (ids: readonly string[]): RawBuilder<unknown> => sql`${`{${ids.join(',')}}`}::uuid[]`

/**
 * The declared tables in an order in which rows may go: whatever points to a table comes before it. Read from the foreign keys themselves, so that a
 * new one cannot be forgotten.
 */
export async function tablesChildrenFirst(tx: Tx, tables: readonly PersonTable[]): Promise<readonly PersonTable[]> {
  const { rows } = await sql<{
    child: string
    parent: string
  }>`select distinct cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace cn on cn.oid = c.relnamespace
    join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace where f.contype = 'f' and f.conrelid <> f.confrelid`.execute(tx)
  const left = new Map(tables.map((declared) => [declared.table, declared]))
  const ordered: PersonTable[] = []
  while (left.size > 0) {
    const free = [...left.values()].filter(({ table }) => !rows.some(({ child, parent }) => parent === table && child !== table && left.has(child)))
    if (free.length === 0) throw new Error(`tables that point to each other: ${[...left.keys()].join(', ')}`)
    for (const declared of free) {
      ordered.push(declared)
      left.delete(declared.table)
    }
  }
  return ordered
}

/**
 * Destroys or anonymises what is held of these persons in the given classes; a table whose rows have no anonymous remainder loses them either way.
 * `keepsRow`: the row of the person stays, without a trait, because a proof hangs on it. Gives the rows touched, by table. Runs as the system, in
 * the transaction that writes the proof.
 */
export async function endRows(
  tx: Tx,
  ordered: readonly PersonTable[],
  ids: readonly string[],
  fates: ReadonlyMap<DataClass, Fate>,
  { keepsRow }: { readonly keepsRow: boolean },
): Promise<Counts> {
  const counts: Record<string, number> = {}
  for (const declared of ordered) {
    const fate = fates.get(declared.dataClass)
    if (fate === undefined || declared.stays !== undefined) continue
    const hers = isHers(declared, ordered, idList(ids))
    const history = await destroyHistory(tx, declared, hers)
    if (history > 0) counts[historyTable] = (counts[historyTable] ?? 0) + history
    const touched =
      declared.table === 'persons.person'
        ? await (keepsRow ? anonymise(tx, declared, hers) : destroy(tx, declared, hers))
        : await (fate === 'anonymise' && declared.anonymised !== undefined ? anonymise(tx, declared, hers) : destroy(tx, declared, hers))
    if (touched > 0) counts[declared.table] = (counts[declared.table] ?? 0) + touched
  }
  return counts
}

const historyTable = 'platform.field_history'

/** What was corrected in these rows says what they said; a row written before anybody was named bears no person, and is found by its record. */
async function destroyHistory(tx: Tx, { table }: PersonTable, hers: RawBuilder<unknown>): Promise<number> {
  if (table === historyTable) return 0
  const { numAffectedRows } = await sql`delete from platform.field_history h where h.record_id in (
    select (to_jsonb(t) ->> 'id')::uuid from ${sql.table(table)} t where ${hers})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function destroy(tx: Tx, { table }: PersonTable, hers: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} t where ${hers}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Rows that are already anonymous are not touched again: a second run counts nothing. */
async function anonymise(tx: Tx, { table, anonymised = {} }: PersonTable, hers: RawBuilder<unknown>): Promise<number> {
  const columns = Object.entries(anonymised)
  if (columns.length === 0) return 0
  const differs = sql.join(
    columns.map(([column, value]) => sql`t.${sql.id(column)} is distinct from ${sql.raw(value)}`),
    sql` or `,
  )
  const sets = sql.join(columns.map(([column, value]) => sql`${sql.id(column)} = ${sql.raw(value)}`))
  const { numAffectedRows } = await sql`update ${sql.table(table)} t set ${sets} where ${hers} and (${differs})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** The rows of one table that belong to nobody known (a request about someone unnamed), and what hangs on them. */
export async function endUnattached(tx: Tx, ordered: readonly PersonTable[], root: string, ids: readonly string[], fate: Fate): Promise<Counts> {
  const counts: Record<string, number> = {}
  for (const declared of ordered) {
    const through = declared.hers === 'person_id' ? null : declared.hers
    const chosen =
      declared.table === root ? sql`t.id = any (${idList(ids)})` : through?.through === root ? sql`t.${sql.id(through.by)} = any (${idList(ids)})` : null
    if (chosen === null) continue
    const history = await destroyHistory(tx, declared, chosen)
    if (history > 0) counts[historyTable] = (counts[historyTable] ?? 0) + history
    const touched = await (fate === 'anonymise' && declared.anonymised !== undefined ? anonymise(tx, declared, chosen) : destroy(tx, declared, chosen))
    if (touched > 0) counts[declared.table] = touched
  }
  return counts
}

/** True if another service than `holder` holds rows of these persons in these classes. */
export async function othersHold(
  tx: Tx,
  tables: readonly PersonTable[],
  ids: readonly string[],
  classes: readonly DataClass[],
  holder: string,
): Promise<boolean> {
  const theirs = tables
    .filter((declared) => classes.includes(declared.dataClass) && declared.stays === undefined && declared.table !== 'persons.person')
    .map(
      (declared) =>
        sql`exists (select 1 from ${sql.table(declared.table)} t where ${isHers(declared, tables, idList(ids))} and to_jsonb(t) ? 'holder_org' and to_jsonb(t) ->> 'holder_org' <> ${holder})`,
    )
  if (theirs.length === 0) return false
  const { rows } = await sql<{ theirs: boolean }>`select ${sql.join(theirs, sql` or `)} as theirs`.execute(tx)
  return rows[0]?.theirs === true
}

/** Whether something of theirs is still going on, or must be kept: nothing is then erased. */
export async function standsInTheWay(
  tx: Tx,
  tables: readonly PersonTable[],
  ids: readonly string[],
  except: readonly string[] = [],
): Promise<{ readonly live: boolean; readonly held: boolean }> {
  const lives = tables
    .filter(
      (declared) =>
        declared.live !== undefined && declared.dataClass !== 'rights_request' && declared.dataClass !== 'safeguarding' && !except.includes(declared.table),
    )
    .map(
      (declared) =>
        sql`exists (select 1 from ${sql.table(declared.table)} t where ${isHers(declared, tables, idList(ids))} and (${sql.raw(declared.live ?? 'false')}))`,
    )
  const { rows } = await sql<{ live: boolean; held: boolean }>`select ${lives.length === 0 ? sql`false` : sql.join(lives, sql` or `)} as live,
    exists (select 1 from privacy.legal_hold h where h.person_id = any (${idList(ids)}) and h.lifted_at is null)
      or exists (select 1 from privacy.limitation l where l.person_id = any (${idList(ids)}) and l.lifted_at is null) as held`.execute(tx)
  return rows[0] ?? { live: false, held: false }
}

/** Whether a copy of something of theirs still stands outside, that only its row here can take back. */
export async function standOutside(tx: Tx, tables: readonly PersonTable[], ids: readonly string[]): Promise<boolean> {
  const outside = tables.flatMap((declared) =>
    declared.standsOutside === undefined
      ? []
      : [sql`exists (select from ${sql.table(declared.table)} t where ${isHers(declared, tables, idList(ids))} and (${sql.raw(declared.standsOutside)}))`],
  )
  if (outside.length === 0) return false
  return (await sql<{ stand: boolean }>`select ${sql.join(outside, sql` or `)} as stand`.execute(tx)).rows[0]?.stand === true
}

export interface Proof {
  readonly id: string
  readonly runId: string
  readonly at: Date
  readonly cause: 'retention' | 'erasure'
  readonly dataClass: string
  readonly step: 'archived' | 'restored' | 'anonymised' | 'destroyed'
  readonly ruleVersion: number | null
  readonly units: number
  readonly counts: Counts
}

/** Written in the transaction of the act itself, and never again. */
export async function insertProof(tx: Tx, proof: Proof): Promise<void> {
  await sql`insert into privacy.execution (id, run_id, at, cause, data_class, step, rule_version, units, counts)
    values (${proof.id}, ${proof.runId}, ${proof.at}, ${proof.cause}, ${proof.dataClass}, ${proof.step}, ${proof.ruleVersion}, ${proof.units}, ${JSON.stringify(proof.counts)}::jsonb)`.execute(
    tx,
  )
}

/** Takes hold of a person until the end of the transaction, her row and her rights: what stands in the way of an erasure is read after, and nothing comes between. */
export async function holdPersons(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select p.person_id from persons.person p where p.person_id = any (${idList(ids)}) order by p.person_id for update`.execute(tx)
  await sql`select persons.lock_sights(id) from unnest(${idList(ids)}) id order by id`.execute(tx)
}

/** Every id under which the person was known. */
export async function identitiesOf(tx: Tx, personId: string): Promise<readonly string[]> {
  return (await sql<{ ids: string[] }>`select persons.identity_set(${personId}::uuid) as ids`.execute(tx)).rows[0]?.ids ?? [personId]
}

/** After an erasure the DAC still has to answer her: it keeps sight of the empty file for two months, the time of the letter; the others lose it. */
export async function narrowSightToAnswer(tx: Tx, ids: readonly string[], service: string, now: Date): Promise<void> {
  await sql`delete from persons.sight where person_id = any (${idList(ids)}) and not (party_id = ${service} and basis = 'dac_in_charge')`.execute(tx)
  await sql`update persons.sight set reason = 'Réponse à sa demande d’effacement', ends_at = ${now}::timestamptz + interval '2 months'
    where person_id = any (${idList(ids)}) and (ends_at is null or ends_at > ${now}::timestamptz + interval '2 months')`.execute(tx)
}
