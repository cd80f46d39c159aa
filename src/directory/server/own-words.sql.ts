import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Correction } from '../contract/correction.ts'
import type { errorReports, ownWords } from '../contract/own-words.ts'

/** Who writes, as it is kept beside what she wrote. */
export interface Writer {
  readonly userId: string
  readonly displayName: string
  readonly serviceId: string | null
  readonly serviceName: string
}

export async function insertNote(tx: Tx, id: string, partyId: string, words: string, by: Writer, now: Date): Promise<void> {
  await sql`insert into directory.own_note (id, party_id, service_id, words, written_by, written_by_name, written_at)
    values (${id}, ${partyId}, ${by.serviceId}, ${words}, ${by.userId}, ${by.displayName}, ${now})`.execute(tx)
}

/** The service that keeps a live note or exchange; null when it is not there, or another service's. */
export async function serviceKeeping(tx: Tx, table: 'own_note' | 'exchange', id: string): Promise<{ readonly serviceId: ServiceId } | null> {
  const { rows } = await sql<{
    serviceId: ServiceId
  }>`select service_id as "serviceId" from ${sql.table(`directory.${table}`)} where id = ${id} and ended_at is null for update`.execute(tx)
  return rows[0] ?? null
}

export async function endWords(tx: Tx, table: 'own_note' | 'exchange', id: string, now: Date): Promise<void> {
  await sql`update ${sql.table(`directory.${table}`)} set ended_at = ${now} where id = ${id}`.execute(tx)
}

/** Ends what was said of a field; gives how many lines ended. */
export async function endCorrection(tx: Tx, partyId: string, field: string, now: Date): Promise<number> {
  const ended = await sql`update directory.correction set ended_at = ${now} where party_id = ${partyId} and field = ${field} and ended_at is null`.execute(tx)
  return Number(ended.numAffectedRows ?? 0)
}

export async function insertCorrection(tx: Tx, id: string, partyId: string, field: string, value: string, by: Writer, now: Date): Promise<void> {
  await sql`insert into directory.correction (id, party_id, field, value, service_id, service_name, written_by, written_by_name, written_at)
    values (${id}, ${partyId}, ${field}, ${value}, ${by.serviceId}, ${by.serviceName}, ${by.userId}, ${by.displayName}, ${now})`.execute(tx)
}

export async function insertReport(
  tx: Tx,
  report: { readonly id: string; readonly partyId: string; readonly label: string; readonly about: string; readonly words: string | null },
  by: Writer,
  now: Date,
): Promise<void> {
  await sql`insert into directory.error_report (id, party_id, party_label, about, words, service_id, service_name, reported_by, reported_by_name, reported_at)
    values (${report.id}, ${report.partyId}, ${report.label}, ${report.about}, ${report.words}, ${by.serviceId}, ${by.serviceId === null ? null : by.serviceName}, ${by.userId}, ${by.displayName}, ${now})`.execute(
    tx,
  )
}

export async function serviceOfReport(tx: Tx, id: string): Promise<{ readonly serviceId: ServiceId | null } | null> {
  const { rows } = await sql<{ serviceId: ServiceId | null }>`select service_id as "serviceId" from directory.error_report where id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export async function markReport(tx: Tx, id: string, state: string, answer: string | null, by: Writer, now: Date): Promise<void> {
  await sql`update directory.error_report set state = ${state}, answer = coalesce(${answer}, answer), handled_by_name = ${by.displayName}, handled_at = ${now}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}

export interface Relation {
  readonly tags: readonly string[]
  readonly prefers: string | null
  readonly prefersWords: string | null
  readonly noCampaign: boolean
}

/** Writes the labels and wishes that a service keeps, if nobody did meanwhile; gives the new version, or null. */
export async function writeRelation(tx: Tx, partyId: string, baseVersion: number, relation: Relation, by: Writer, now: Date): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    insert into directory.party_relation as kept (party_id, service_id, tags, prefers, prefers_words, no_campaign, changed_by_name, changed_at)
    values (${partyId}, ${by.serviceId}, ${relation.tags}::text[], ${relation.prefers}, ${relation.prefersWords}, ${relation.noCampaign}, ${by.displayName}, ${now})
    on conflict (service_id, party_id) do update set tags = excluded.tags, prefers = excluded.prefers, prefers_words = excluded.prefers_words, no_campaign = excluded.no_campaign,
      version = kept.version + 1, changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at
    where kept.version = ${baseVersion} returning version`.execute(tx)
  return rows[0]?.version ?? null
}

export async function insertExchange(
  tx: Tx,
  exchange: { readonly id: string; readonly partyId: string; readonly kind: string; readonly happenedOn: string; readonly subject: string },
  by: Writer,
  now: Date,
): Promise<void> {
  await sql`insert into directory.exchange (id, party_id, service_id, kind, happened_on, subject, written_by, written_by_name, written_at)
    values (${exchange.id}, ${exchange.partyId}, ${by.serviceId}, ${exchange.kind}, ${exchange.happenedOn}::date, ${exchange.subject}, ${by.userId}, ${by.displayName}, ${now})`.execute(
    tx,
  )
}

export async function correctionsOf(tx: Tx, partyId: string): Promise<readonly Correction[]> {
  const { rows } = await sql<Correction>`select field, value, service_name as "serviceName", written_by_name as "writtenByName", written_at as "writtenAt"
    from directory.correction where party_id = ${partyId} and ended_at is null order by field`.execute(tx)
  return rows
}

type Words = OutputOf<typeof ownWords>

/** What the service of whoever asks knows of a party; row-level security keeps the other services' out. */
export async function readOwnWords(tx: Tx, partyId: string): Promise<Words> {
  const corrections = await correctionsOf(tx, partyId)
  const { rows: notes } = await sql<
    Words['notes'][number]
  >`select id, words, written_by_name as "writtenByName", written_at as "writtenAt" from directory.own_note
    where party_id = ${partyId} and service_id = (select platform.actor_service()) and ended_at is null order by written_at desc limit 50`.execute(tx)
  const { rows: reports } = await sql<
    Words['reports'][number]
  >`select id, about, words, state, reported_by_name as "reportedByName", reported_at as "reportedAt", answer
    from directory.error_report where party_id = ${partyId} and state in ('open', 'forwarded') order by reported_at desc limit 20`.execute(tx)
  const { rows: relations } = await sql<
    Words['relation']
  >`select tags, prefers, prefers_words as "prefersWords", no_campaign as "noCampaign", version from directory.party_relation
    where party_id = ${partyId} and service_id = (select platform.actor_service())`.execute(tx)
  const { rows: exchanges } = await sql<Words['exchanges'][number]>`
    select * from (
      select sollicitation_id::text || kind as id, kind, at, 'Demande n°' || chr(160) || number as subject, answer as code, sollicitation_id as "sollicitationId", null::text as "byName"
        from reporting.party_exchange where party_id = ${partyId}
      union all
      select id::text, kind, happened_on::timestamptz, subject, null, null, written_by_name from directory.exchange
        where party_id = ${partyId} and service_id = (select platform.actor_service()) and ended_at is null
    ) told order by at desc, id limit 60`.execute(tx)
  return {
    corrections: [...corrections],
    notes,
    reports,
    relation: relations[0] ?? { tags: [], prefers: null, prefersWords: null, noCampaign: false, version: 0 },
    exchanges,
    requests: exchanges.filter(({ kind }) => kind === 'request').length,
  }
}

type Report = OutputOf<typeof errorReports>['rows'][number]

/** Reports that the reader may follow, the oldest first while they live, the latest first once done. */
export async function listReports(
  tx: Tx,
  state: 'live' | 'done' | null,
  limit: number,
  after: readonly [string, string] | null,
): Promise<{ readonly rows: readonly Report[]; readonly total: number }> {
  const done = state === 'done'
  const wanted = state === null ? sql`true` : done ? sql`state in ('corrected', 'rejected')` : sql`state in ('open', 'forwarded')`
  const place =
    after === null
      ? sql`true`
      : done
        ? sql`(reported_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
        : sql`(reported_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const order = done ? sql`reported_at desc, id desc` : sql`reported_at, id`
  const { rows } =
    await sql<Report>`select id, party_id as "partyId", party_label as "partyLabel", about, words, state, service_id as "serviceId", service_name as "serviceName",
      reported_by_name as "reportedByName", reported_at as "reportedAt", answer, handled_by_name as "handledByName", handled_at as "handledAt"
    from directory.error_report where ${wanted} and ${place} order by ${order} limit ${limit + 1}`.execute(tx)
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from directory.error_report where ${wanted}`.execute(tx)
  return { rows, total: counted[0]?.total ?? 0 }
}
