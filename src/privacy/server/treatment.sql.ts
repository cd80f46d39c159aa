import { sql } from 'kysely'
import type { Actor } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ExtractTable } from '../contract/extracts.ts'
import type { ProcessingCode, ProcessingSheet } from '../contract/processing-sheet.ts'
import type { RetentionRule } from '../contract/retention.ts'
import type { ArchiveReaderId, ExtractId, LegalHoldId, ProcessingId, ShownExecution } from '../contract/treatment.ts'

/** The next version of a rule, if nobody decided since `base`; null otherwise. */
export async function insertRule(
  tx: Tx,
  rule: Omit<RetentionRule, 'version' | 'decided'> & {
    readonly source: string
    readonly reason: string
    readonly base: number
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<number | null> {
  const { rows } = await sql<{
    version: number
  }>`insert into privacy.retention_rule (data_class, version, title, counted_from, active_months, archive_months, after_death_months, fate, source, decided, reason,
      decided_at, decided_by, decided_by_name)
    select r.data_class, r.version + 1, r.title, r.counted_from, ${rule.activeMonths}, ${rule.archiveMonths}, ${rule.afterDeathMonths}::integer, ${rule.fate}, ${rule.source}, true, ${rule.reason}, ${rule.at}, ${rule.by}, ${rule.byName}
    from privacy.retention_rule r where r.data_class = ${rule.dataClass} and r.version = ${rule.base}
    on conflict (data_class, version) do nothing returning version`.execute(tx)
  return rows[0]?.version ?? null
}

export async function auditMonths(tx: Tx): Promise<number | null> {
  return (await sql<{ months: number }>`select months from audit.retention_in_force()`.execute(tx)).rows[0]?.months ?? null
}

/** Proofs, the last first; the key of the next page is the instant and the id of the last. */
export async function selectExecutions(tx: Tx, cursor: string | null, most: number): Promise<readonly (ShownExecution & { readonly key: string })[]> {
  return (
    await sql<
      ShownExecution & { key: string }
    >`select x.id, x.at, x.cause, x.data_class as "dataClass", coalesce(r.title, x.data_class) as title, x.step, x.rule_version as "ruleVersion", x.units,
        (select coalesce(sum(value::int), 0)::int from jsonb_each_text(x.counts)) as rows, to_char(x.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || x.id as key
      from privacy.execution x left join lateral (select title from privacy.retention_rule r where r.data_class = x.data_class order by version desc limit 1) r on true
      ${cursor === null ? sql`` : sql`where to_char(x.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || x.id < ${cursor}`}
      order by x.at desc, x.id desc limit ${most}`.execute(tx)
  ).rows
}

export async function insertHold(
  tx: Tx,
  hold: {
    readonly id: LegalHoldId
    readonly personId: PersonId
    readonly reason: string
    readonly at: Date
    readonly by: UserId
    readonly byName: string
    readonly holderOrg: ServiceId
  },
): Promise<void> {
  await sql`insert into privacy.legal_hold (id, person_id, reason, since, set_by, set_by_name, holder_org)
    values (${hold.id}, ${hold.personId}, ${hold.reason}, ${hold.at}, ${hold.by}, ${hold.byName}, ${hold.holderOrg})`.execute(tx)
}

export interface HoldRow {
  readonly id: LegalHoldId
  readonly personId: PersonId
  readonly reason: string
  readonly since: string
  readonly setByName: string
  readonly liftedAt: string | null
}

const holdColumns = sql`h.id, h.person_id as "personId", h.reason, h.since, h.set_by_name as "setByName", h.lifted_at as "liftedAt"`

export async function findHold(tx: Tx, id: LegalHoldId): Promise<HoldRow | undefined> {
  return (await sql<HoldRow>`select ${holdColumns} from privacy.legal_hold h where h.id = ${id} for update`.execute(tx)).rows[0]
}

/** Of one person, those that last first. */
export async function selectHolds(
  tx: Tx,
  personId: PersonId,
): Promise<readonly (Omit<HoldRow, 'personId'> & { readonly liftedByName: string | null; readonly liftReason: string | null })[]> {
  return (
    await sql<
      Omit<HoldRow, 'personId'> & { readonly liftedByName: string | null; readonly liftReason: string | null }
    >`select h.id, h.reason, h.since, h.set_by_name as "setByName", h.lifted_at as "liftedAt", h.lifted_by_name as "liftedByName", h.lift_reason as "liftReason"
      from privacy.legal_hold h where h.person_id = ${personId} order by h.lifted_at is not null, h.since desc, h.id`.execute(tx)
  ).rows
}

export async function liftHoldRow(tx: Tx, id: LegalHoldId, lift: { readonly at: Date; readonly byName: string; readonly reason: string }): Promise<void> {
  await sql`update privacy.legal_hold set lifted_at = ${lift.at}, lifted_by_name = ${lift.byName}, lift_reason = ${lift.reason} where id = ${id}`.execute(tx)
}

export interface ReaderRow {
  readonly id: ArchiveReaderId
  readonly userId: UserId
  readonly name: string
  readonly reason: string
  readonly since: string
  readonly namedByName: string
}

/** The readers of the archive of the actor's own service. */
export async function selectArchiveReaders(tx: Tx): Promise<readonly ReaderRow[]> {
  return (
    await sql<ReaderRow>`select a.id, a.user_id as "userId", u.given_name || ' ' || u.family_name as name, a.reason, a.since, a.named_by_name as "namedByName"
      from privacy.archive_reader a join territory.user_account u on u.id = a.user_id where a.ended_at is null and a.service_id = platform.actor_service() order by a.since`.execute(
      tx,
    )
  ).rows
}

export async function isArchiveReader(tx: Tx): Promise<boolean> {
  return (
    (
      await sql<{
        is: boolean
      }>`select exists (select 1 from privacy.archive_reader a where a.user_id = platform.actor_id() and a.service_id = platform.actor_service() and a.ended_at is null) as is`.execute(
        tx,
      )
    ).rows[0]?.is === true
  )
}

export async function insertArchiveReader(
  tx: Tx,
  row: {
    readonly id: ArchiveReaderId
    readonly serviceId: ServiceId
    readonly userId: UserId
    readonly reason: string
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`insert into privacy.archive_reader (id, service_id, user_id, reason, since, named_by, named_by_name)
    values (${row.id}, ${row.serviceId}, ${row.userId}, ${row.reason}, ${row.at}, ${row.by}, ${row.byName})
    on conflict (service_id, user_id) where ended_at is null do nothing returning id`.execute(tx)
  return rows.length === 1
}

export async function endArchiveReaderRow(tx: Tx, id: ArchiveReaderId, at: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update privacy.archive_reader set ended_at = ${at} where id = ${id} and ended_at is null returning id`.execute(tx)
  return rows.length === 1
}

/** How many files are archived that the service held: a number, for its direction. */
export async function countArchived(tx: Tx, service: ServiceId): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::integer as n from privacy.archived_file where holder_org = ${service}`.execute(tx)).rows[0]?.n ?? 0
}

export interface ArchivedRow {
  readonly personId: PersonId
  readonly archivedOn: string
  readonly lastSignOn: string
}

/** Archived files whose person has exactly this name and birth day. Run as the system: an archived file is in nobody's sight. */
export async function selectArchivedByName(tx: Tx, searchWords: readonly string[], birthDay: string, service: ServiceId): Promise<readonly ArchivedRow[]> {
  return (
    await sql<ArchivedRow>`select a.person_id as "personId", a.archived_on as "archivedOn", a.last_sign_on as "lastSignOn" from privacy.archived_file a join persons.person p using (person_id)
      where p.birth_date = ${birthDay} and string_to_array(p.search_key, ' ') @> ${`{${searchWords.join(',')}}`}::text[]
        and (a.holder_org = ${service} or exists (select 1 from episodes.episode e where e.person_id = a.person_id and e.holder_org = ${service})) limit 5`.execute(
      tx,
    )
  ).rows
}

/** The volets of the actor's category, less what the person withheld from it. */
export async function voletsLeftTo(tx: Tx, personId: PersonId, actor: Actor): Promise<readonly string[]> {
  const { rows } = await sql<{ withholds: string }>`select w.withholds from persons.withheld_volet w where w.person_id = ${personId} and w.ended_at is null
    and (w.from_category = ${actor.category} or w.from_party_id = any (${`{${actor.parties.join(',')}}`}::uuid[]))
    union select v from unnest('{social,health}'::text[]) v where persons.kept_from_actor(${personId}, v)`.execute(tx)
  const withheld = rows.map((row) => row.withholds)
  return actor.volets.filter((volet) => !withheld.includes(volet))
}

export async function isArchivedFor(tx: Tx, personId: PersonId, service: ServiceId): Promise<boolean> {
  return (
    (
      await sql<{ is: boolean }>`select exists (select 1 from privacy.archived_file a where a.person_id = ${personId}
        and (a.holder_org = ${service} or exists (select 1 from episodes.episode e where e.person_id = a.person_id and e.holder_org = ${service}))) as is`.execute(
        tx,
      )
    ).rows[0]?.is === true
  )
}

/** The unscoped door inside a transaction of the application, for the archive only: whoever comes here was named a reader. `reason` is for whoever reads the call. */
export async function asSystemInside<T>(tx: Tx, reason: string, work: () => Promise<T>): Promise<T> {
  if (reason.length < 4) throw new Error('asSystemInside needs a reason')
  await sql`set local role jalon_system`.execute(tx)
  const done = await work().catch(async (error: unknown) => {
    // PostgreSQL forgets the role with a transaction that it has given up, and takes no statement more: the first fault is the one to tell.
    await sql`set local role none`.execute(tx).catch(() => undefined)
    throw error
  })
  await sql`set local role none`.execute(tx)
  return done
}

export interface SheetRow {
  readonly id: ProcessingId
  readonly code: ProcessingCode
  readonly serviceId: ServiceId
  readonly content: ProcessingSheet
  readonly version: number
  readonly updatedAt: string
  readonly updatedByName: string
}

const sheetColumns = sql`p.id, p.code, p.service_id as "serviceId", p.content, p.version, p.updated_at as "updatedAt", p.updated_by_name as "updatedByName"`

/** The sheets written over the starter ones: the region's, and those of the actor's own service. */
export async function selectSheets(tx: Tx): Promise<readonly SheetRow[]> {
  return (await sql<SheetRow>`select ${sheetColumns} from privacy.processing p order by p.updated_at`.execute(tx)).rows
}

export async function findOwnSheet(tx: Tx, code: ProcessingCode, service: ServiceId): Promise<SheetRow | undefined> {
  return (await sql<SheetRow>`select ${sheetColumns} from privacy.processing p where p.code = ${code} and p.service_id = ${service} for update`.execute(tx))
    .rows[0]
}

export async function writeSheet(
  tx: Tx,
  row: {
    readonly id: ProcessingId
    readonly code: ProcessingCode
    readonly serviceId: ServiceId
    readonly content: ProcessingSheet
    readonly version: number
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<void> {
  await sql`insert into privacy.processing (id, code, service_id, content, version, updated_at, updated_by, updated_by_name)
    values (${row.id}, ${row.code}, ${row.serviceId}, ${JSON.stringify(row.content)}::jsonb, ${row.version}, ${row.at}, ${row.by}, ${row.byName})
    on conflict (code, service_id) do update set content = excluded.content, version = excluded.version, updated_at = excluded.updated_at, updated_by = excluded.updated_by, updated_by_name = excluded.updated_by_name`.execute(
    tx,
  )
  await sql`insert into privacy.processing_version (processing_id, version, content, written_at, written_by_name)
    values (${row.id}, ${row.version}, ${JSON.stringify(row.content)}::jsonb, ${row.at}, ${row.byName})`.execute(tx)
}

export interface CountedPerson {
  readonly pseudonym: string
  readonly serviceId: string
  readonly birthYear: number | null
  readonly sex: string | null
  readonly level: string
  readonly population: string | null
  readonly outcome: string | null
}

/** Those accompanied in the year who did not oppose secondary use: one line each, that of their last accompaniment in it. Never leaves the server. */
export async function selectCounted(tx: Tx, year: number): Promise<readonly CountedPerson[]> {
  return (
    await sql<CountedPerson>`select distinct on (person_pseudonym) person_pseudonym as pseudonym, service_id as "serviceId", birth_year as "birthYear", sex, level, main_population as population,
        case when closed_on <= make_date(${year}, 12, 31) then closure_reason end as outcome
      from reporting.secondary_use where opened_on <= make_date(${year}, 12, 31) and (closed_on is null or closed_on >= make_date(${year}, 1, 1))
      order by person_pseudonym, opened_on desc, episode_id`.execute(tx)
  ).rows
}

export interface ExtractRow<Content> {
  readonly id: ExtractId
  readonly year: number
  readonly table: ExtractTable
  readonly content: Content
  readonly madeAt: string
  readonly madeByName: string
}

const extractColumns = sql`x.id, x.year, x.table_code as "table", x.content, x.made_at as "madeAt", x.made_by_name as "madeByName"`

export async function selectExtracts<Content>(tx: Tx): Promise<readonly ExtractRow<Content>[]> {
  return (await sql<ExtractRow<Content>>`select ${extractColumns} from privacy.extract x order by x.year desc, x.table_code`.execute(tx)).rows
}

export async function findExtract<Content>(tx: Tx, id: ExtractId): Promise<ExtractRow<Content> | undefined> {
  return (await sql<ExtractRow<Content>>`select ${extractColumns} from privacy.extract x where x.id = ${id}`.execute(tx)).rows[0]
}

export async function findExtractOf(tx: Tx, service: ServiceId | null, year: number, table: ExtractTable): Promise<ExtractId | undefined> {
  return (
    await sql<{
      id: ExtractId
    }>`select id from privacy.extract where service_id is not distinct from ${service}::uuid and year = ${year} and table_code = ${table}`.execute(tx)
  ).rows[0]?.id
}

export async function insertExtract(
  tx: Tx,
  row: {
    readonly id: ExtractId
    readonly serviceId: ServiceId | null
    readonly year: number
    readonly table: ExtractTable
    readonly content: unknown
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<void> {
  await sql`insert into privacy.extract (id, service_id, year, table_code, content, made_at, made_by, made_by_name)
    values (${row.id}, ${row.serviceId}, ${row.year}, ${row.table}, ${JSON.stringify(row.content)}::jsonb, ${row.at}, ${row.by}, ${row.byName})`.execute(tx)
}
