import { sql } from 'kysely'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface PracticeRow {
  readonly serviceId: ServiceId | null
  readonly subject: string
  readonly version: number
  readonly content: unknown
  readonly editedAt: string
  readonly editedByName: string
}

/** Every version of some subjects, of the region and of one service (null: of the region alone), the last first. */
export async function selectPractices(tx: Tx, service: ServiceId | null, subjects: readonly string[]): Promise<readonly PracticeRow[]> {
  return (
    await sql<PracticeRow>`select service_id as "serviceId", subject, version, content, edited_at as "editedAt", edited_by_name as "editedByName"
      from episodes.practice_version where subject = any (${[...subjects]}::text[]) and (service_id is null or service_id = ${service}::uuid)
      order by version desc limit 400`.execute(tx)
  ).rows
}

/** False when somebody else published since `baseVersion`. */
export async function insertPractice(
  tx: Tx,
  row: {
    readonly serviceId: ServiceId | null
    readonly subject: string
    readonly baseVersion: number
    readonly content: unknown
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<boolean> {
  const { rows } = await sql`insert into episodes.practice_version (service_id, subject, version, content, edited_at, edited_by, edited_by_name)
    select ${row.serviceId}::uuid, ${row.subject}, ${row.baseVersion + 1}::int, ${row.content === null ? null : JSON.stringify(row.content)}::jsonb, ${row.at}::timestamptz, ${row.by}::uuid, ${row.byName}
    where ${row.baseVersion}::int = coalesce((select max(v.version) from episodes.practice_version v where v.service_id is not distinct from ${row.serviceId}::uuid and v.subject = ${row.subject}), 0)
    on conflict do nothing returning version`.execute(tx)
  return rows.length === 1
}
