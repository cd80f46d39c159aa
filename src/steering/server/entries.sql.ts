import { sql } from 'kysely'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface PostEntry {
  readonly id: string
  readonly job: string
  readonly employment: string
  readonly label: string | null
  readonly quotity: number
  readonly startsOn: string
  readonly endsOn: string | null
  readonly version: number
}
export interface FundingEntry {
  readonly id: string
  readonly year: number
  readonly funder: string
  readonly amount: number
  readonly provisional: boolean
  readonly note: string | null
  readonly version: number
}

export async function postsOf(tx: Tx, serviceId: ServiceId): Promise<readonly PostEntry[]> {
  return (
    await sql<PostEntry>`select id, job, employment, label, quotity::float8 as quotity, starts_on as "startsOn", ends_on as "endsOn", version from steering.post
    where service_id = ${serviceId} and removed_at is null order by ends_on desc nulls first, starts_on desc, id`.execute(tx)
  ).rows
}

export async function fundingOf(tx: Tx, serviceId: ServiceId): Promise<readonly FundingEntry[]> {
  return (
    await sql<FundingEntry>`select id, year, funder, amount::float8 as amount, provisional, note, version from steering.funding
    where service_id = ${serviceId} and removed_at is null order by year desc, amount desc, id`.execute(tx)
  ).rows
}

/** Whose line this is; the service asked for when it does not exist yet; not found when it is another's. */
export async function ownerOf(tx: Tx, table: 'steering.post' | 'steering.funding', id: string, asked: ServiceId): Promise<ServiceId> {
  const { rows } = await sql<{ serviceId: ServiceId }>`select service_id as "serviceId" from ${sql.table(table)} where id = ${id}`.execute(tx)
  const found = rows[0]?.serviceId
  if (found !== undefined && found !== asked) throw notFound()
  return asked
}

/** Adds the line (baseVersion 0) or changes it; refuses when somebody changed it meanwhile. Gives the new version. */
export async function writePost(tx: Tx, entry: Omit<PostEntry, 'version'>, serviceId: ServiceId, baseVersion: number, by: string): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`insert into steering.post as p (id, service_id, job, employment, label, quotity, starts_on, ends_on, recorded_by)
    values (${entry.id}, ${serviceId}, ${entry.job}, ${entry.employment}, ${entry.label}, ${entry.quotity}, ${entry.startsOn}, ${entry.endsOn}, ${by})
    on conflict (id) do update set job = excluded.job, employment = excluded.employment, label = excluded.label, quotity = excluded.quotity,
      starts_on = excluded.starts_on, ends_on = excluded.ends_on, recorded_by = excluded.recorded_by, version = p.version + 1
      where p.version = ${baseVersion} and p.removed_at is null returning version`.execute(tx)
  if (rows[0] === undefined) throw conflict('steering_line_changed')
  return rows[0].version
}

/** As `writePost`; one line per year and funder. */
export async function writeFunding(tx: Tx, entry: Omit<FundingEntry, 'version'>, serviceId: ServiceId, baseVersion: number, by: string): Promise<number> {
  const twin =
    await sql`select from steering.funding where service_id = ${serviceId} and year = ${entry.year} and funder = ${entry.funder} and removed_at is null and id <> ${entry.id}`.execute(
      tx,
    )
  if (twin.rows.length > 0) throw conflict('funding_line_exists')
  const { rows } = await sql<{ version: number }>`insert into steering.funding as f (id, service_id, year, funder, amount, provisional, note, recorded_by)
    values (${entry.id}, ${serviceId}, ${entry.year}, ${entry.funder}, ${entry.amount}, ${entry.provisional}, ${entry.note}, ${by})
    on conflict (id) do update set year = excluded.year, funder = excluded.funder, amount = excluded.amount, provisional = excluded.provisional, note = excluded.note,
      recorded_by = excluded.recorded_by, version = f.version + 1
      where f.version = ${baseVersion} and f.removed_at is null returning version`.execute(tx)
  if (rows[0] === undefined) throw conflict('steering_line_changed')
  return rows[0].version
}

/** Takes a line away from the figures; it stays in the table with its date. */
export async function removeEntry(tx: Tx, table: 'steering.post' | 'steering.funding', id: string, now: Date): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update ${sql.table(table)} set removed_at = ${now}, version = version + 1 where id = ${id} and removed_at is null returning version`.execute(tx)
  if (rows[0] === undefined) throw notFound()
  return rows[0].version
}
