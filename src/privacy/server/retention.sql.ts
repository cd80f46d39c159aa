import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import type { FileFacts, RetentionRule, RetentionRules, RuledClass } from '../contract/retention.ts'
import { type Counts, idList } from './end-of-life.sql.ts'

export interface RuleRow extends RetentionRule {
  readonly title: string
  readonly countedFrom: string
  readonly source: string
  readonly reason: string
  readonly decidedAt: string
  readonly decidedByName: string
}

/** The rule in force of each class: its last version. */
export async function selectRules(tx: Tx): Promise<readonly RuleRow[]> {
  return (
    await sql<RuleRow>`select distinct on (data_class) data_class as "dataClass", version, title, counted_from as "countedFrom", active_months as "activeMonths",
      archive_months as "archiveMonths", after_death_months as "afterDeathMonths", fate, source, decided, reason, decided_at as "decidedAt", decided_by_name as "decidedByName"
      from privacy.retention_rule order by data_class, version desc`.execute(tx)
  ).rows
}

export async function rulesInForce(tx: Tx): Promise<RetentionRules> {
  return Object.fromEntries((await selectRules(tx)).map((rule) => [rule.dataClass, rule])) as unknown as RetentionRules
}

export interface FileRow extends FileFacts {
  /** Every id under which she was known; the first is the one that lives. */
  readonly ids: readonly string[]
  readonly holderOrg: string
}

/** The tables whose rows say that the file was alive, in the class that counts together. */
const families: Readonly<Record<string, 'file' | 'rights' | 'safeguarding'>> = {
  accompaniment: 'file',
  request: 'file',
  exchange: 'file',
  rights_request: 'rights',
  safeguarding: 'safeguarding',
}

/**
 * What is known of each person whose file gave no sign of life since `before`, or that is archived: one statement over the declared tables. A person
 * under whom others were merged counts with them. `only`: these persons, every identity of each.
 */
export async function selectFiles(
  tx: Tx,
  tables: readonly PersonTable[],
  before: string,
  timeZone: string,
  only?: readonly string[],
): Promise<readonly FileRow[]> {
  const among = (column: string): RawBuilder<unknown> => (only === undefined ? sql`` : sql`and ${sql.ref(column)} = any (${idList(only)})`)
  const signs = tables
    .filter(
      (declared) =>
        declared.hers === 'person_id' &&
        families[declared.dataClass] !== undefined &&
        (declared.lastSign !== undefined || declared.live !== undefined || declared.standsOutside !== undefined),
    )
    .map(
      (declared): RawBuilder<unknown> => sql`select t.person_id, ${families[declared.dataClass]} as family,
        (${sql.raw(instantOf(declared.lastSign))})::timestamptz as at, (${sql.raw(declared.live ?? 'false')}) or (${sql.raw(declared.standsOutside ?? 'false')}) as live from ${sql.table(declared.table)} t where t.person_id is not null ${among('t.person_id')}`,
    )
  const { rows } = await sql<FileRow>`with signs as (${sql.join(signs, sql` union all `)}),
    root as (select p.person_id, coalesce((select a.into_person_id from persons.alias a where a.person_id = p.person_id and a.ends_at is null), p.person_id) as root,
        p.created_at, p.deceased_on, p.used_name, p.holder_org from persons.person p where true ${among('p.person_id')}),
    person as (select r.root, array_agg(r.person_id order by r.person_id = r.root desc) as ids, max(r.created_at) as created_at, max(r.deceased_on) as deceased_on,
        bool_or(r.used_name is distinct from 'Effacée') as has_identity, (array_agg(r.holder_org order by r.person_id = r.root desc))[1] as holder_org from root r group by r.root),
    last as (select r.root, s.family, max(s.at) as at, bool_or(coalesce(s.live, false)) as live, count(*) as n from signs s join root r using (person_id) group by r.root, s.family)
    select p.ids, p.holder_org as "holderOrg",
      exists (select 1 from episodes.episode e where e.person_id = any (p.ids)) as accompanied,
      (greatest(p.created_at, f.at) at time zone ${timeZone})::date as "lastSign",
      coalesce(f.live, false) as live, p.deceased_on as "deceasedOn", p.has_identity as "hasIdentity", f.n is not null as "hasFile",
      (select max(o.collected_on) from persons.non_opposition o where o.person_id = any (p.ids) and o.state = 'opposition'
        and not exists (select 1 from persons.non_opposition later where later.person_id = o.person_id and later.number = o.number and later.recorded_at > o.recorded_at)) as "opposedOn",
      exists (select 1 from privacy.legal_hold h where h.person_id = any (p.ids) and h.lifted_at is null)
        or exists (select 1 from privacy.limitation l where l.person_id = any (p.ids) and l.lifted_at is null) as held,
      (select jsonb_build_object('lastSign', a.last_sign_on) from privacy.archived_file a where a.person_id = p.root) as archived,
      case when g.n is not null then jsonb_build_object('lastSign', (g.at at time zone ${timeZone})::date, 'live', g.live) end as rights,
      case when s.n is not null then jsonb_build_object('lastSign', (s.at at time zone ${timeZone})::date, 'live', s.live) end as safeguarding
    from person p left join last f on f.root = p.root and f.family = 'file' left join last g on g.root = p.root and g.family = 'rights'
      left join last s on s.root = p.root and s.family = 'safeguarding'
    where greatest(p.created_at, f.at) < ${before}::date or exists (select 1 from privacy.archived_file a where a.person_id = p.root)
    order by p.root`.execute(tx)
  return rows
}

/**
 * Takes hold of these files for the transaction: the rights of each person, and her row, on which all that is written of her hangs. A file that somebody is
 * touching at this moment is left out: it lives, and the next night looks at it again. Waits for nobody, so that nobody waits for it while it waits.
 */
export async function holdFiles(tx: Tx, files: readonly FileRow[]): Promise<readonly FileRow[]> {
  const ids = files.flatMap((file) => file.ids)
  const { rows } = await sql<{ id: string }>`with free as materialized (
      select p.person_id from persons.person p where p.person_id = any (${idList(ids)}) order by p.person_id for update skip locked)
    select f.person_id as id from free f where persons.try_lock_sights(f.person_id)`.execute(tx)
  const held = new Set(rows.map((row) => row.id))
  return files.filter((file) => file.ids.every((id) => held.has(id)))
}

/** A sign may be a day or an instant; a day counts from its own midnight. */
const instantOf = (lastSign: string | undefined): string => (lastSign === undefined ? 'null' : /[ (.]/.test(lastSign) ? lastSign : `t.${lastSign}`)

/** Takes the file out of sight: every right ends, but her own. */
export async function archiveFiles(tx: Tx, files: readonly FileRow[], today: string, now: Date, rule: RetentionRule): Promise<number> {
  const ids = files.flatMap((file) => file.ids)
  await sql`update persons.sight set ends_at = ${now} where person_id = any (${idList(ids)}) and (ends_at is null or ends_at > ${now}) and basis <> 'self'`.execute(
    tx,
  )
  const { numAffectedRows } = await sql`insert into privacy.archived_file (person_id, archived_on, last_sign_on, rule_class, rule_version, holder_org)
    select (f ->> 'id')::uuid, ${today}, (f ->> 'lastSign')::date, ${rule.dataClass}, ${rule.version}, (f ->> 'holderOrg')::uuid
    from jsonb_array_elements(${JSON.stringify(files.map((file) => ({ id: file.ids[0], lastSign: file.lastSign, holderOrg: file.holderOrg })))}::jsonb) f
    on conflict (person_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function restoreFiles(tx: Tx, ids: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`delete from privacy.archived_file where person_id = any (${idList(ids)})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Requests and calls that concern nobody known, older than the term, with something left to take away. */
export async function selectUnattached(tx: Tx, what: 'request' | 'exchange', before: string, timeZone: string, most: number): Promise<readonly string[]> {
  const query =
    what === 'request'
      ? sql<{ id: string }>`select s.id from intake.sollicitation s where s.person_id is null and s.status = 'closed' and s.protection <> 'restricted'
          and (greatest(s.received_at, s.closed_at) at time zone ${timeZone})::date <= ${before}::date
          and (s.concerns <> 'nobody' or s.caller_name is not null or s.caller_phone is not null or s.requester_name is not null or s.requester_phone is not null
            or s.caller_quality is not null or s.referred_by_name is not null or s.referred_by_quality is not null or s.triage_proposal is not null
            or s.commune_code is not null or exists (select 1 from intake.request_text x where x.sollicitation_id = s.id)
            or exists (select 1 from platform.field_history h where h.record_id = s.id)) order by s.id limit ${most} for update of s skip locked`
      : sql<{
          id: string
        }>`select c.id from intake.contact c where c.person_id is null and (c.at at time zone ${timeZone})::date <= ${before}::date order by c.id limit ${most} for update of c skip locked`
  return (await query.execute(tx)).rows.map((row) => row.id)
}

/** Drafts left since the term: what was being typed, by nobody any more. */
export async function destroyDrafts(tx: Tx, before: string, timeZone: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from platform.draft where (saved_at at time zone ${timeZone})::date <= ${before}::date`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Conversations outside any file that nobody has written in since the term, with their messages and files; by table. Those about a person end with her file. */
export async function destroyConversations(tx: Tx, before: string, timeZone: string): Promise<Counts> {
  const { rows } = await sql<{
    id: string
  }>`select id from conversations.thread where person_id is null and (last_at at time zone ${timeZone})::date <= ${before}::date
    order by id for update skip locked`.execute(tx)
  const ids = idList(rows.map((row) => row.id))
  const counts: Record<string, number> = {}
  for (const table of ['outcome', 'file', 'message', 'participant']) {
    const { numAffectedRows } = await sql`delete from ${sql.table(`conversations.${table}`)} where thread_id = any (${ids})`.execute(tx)
    if (Number(numAffectedRows ?? 0) > 0) counts[`conversations.${table}`] = Number(numAffectedRows)
  }
  const { numAffectedRows } = await sql`delete from conversations.thread where id = any (${ids})`.execute(tx)
  if (Number(numAffectedRows ?? 0) > 0) counts['conversations.thread'] = Number(numAffectedRows)
  return counts
}

/** Envelopes that a destroyed device left, older than the term, of which somebody was told long enough ago. */
export async function destroyDeposits(tx: Tx, before: string, toldBefore: string, timeZone: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from offline.deposit where (received_at at time zone ${timeZone})::date <= ${before}::date
    and (announced_at at time zone ${timeZone})::date <= ${toldBefore}::date`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type { RuledClass }
