import { sql } from 'kysely'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ReaderId, ReportId } from '../contract/report.ts'

export interface LiveReader {
  readonly id: ReaderId
  readonly userId: UserId | null
  readonly ground: 'author' | 'director' | 'named'
}

/** Those who may read a report now; `userId` is null for the direction. */
/** Readers of a report leave one after the other: two who go at once would leave it to nobody. */
export async function lockReaders(tx: Tx, reportId: ReportId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('safeguarding.reader', 0) # hashtextextended(${reportId}, 0))`.execute(tx)
}

export async function selectLiveReaders(tx: Tx, reportId: ReportId): Promise<readonly LiveReader[]> {
  return (await sql<LiveReader>`select id, user_id as "userId", ground from safeguarding.reader where report_id = ${reportId} and ended_at is null`.execute(tx))
    .rows
}

export interface NewReader {
  readonly id: ReaderId
  readonly reportId: ReportId
  readonly personId: PersonId
  readonly userId: UserId
  readonly userName: string
  readonly reason: string
  readonly addedBy: UserId
  readonly addedByName: string
  readonly addedAt: Date
  readonly holderOrg: string
}

export async function insertReader(tx: Tx, reader: NewReader): Promise<void> {
  await sql`insert into safeguarding.reader (id, report_id, person_id, user_id, user_name, ground, reason, added_by, added_by_name, added_at, holder_org)
    values (${reader.id}, ${reader.reportId}, ${reader.personId}, ${reader.userId}, ${reader.userName}, 'named', ${reader.reason}, ${reader.addedBy}, ${reader.addedByName},
      ${reader.addedAt}, ${reader.holderOrg})`.execute(tx)
}

/** Ends a reader's right: she reads nothing of it at her next request. The row stays, with who ended it and why. */
export async function endReader(tx: Tx, id: ReaderId, ended: { readonly at: Date; readonly byName: string; readonly reason: string }): Promise<void> {
  await sql`update safeguarding.reader set ended_at = ${ended.at}, ended_by_name = ${ended.byName}, end_reason = ${ended.reason} where id = ${id}`.execute(tx)
}
