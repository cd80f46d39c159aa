import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EntryKind, ReportId } from '../contract/report.ts'

export interface NewEntry {
  readonly id: string
  readonly reportId: ReportId
  readonly personId: PersonId
  readonly kind: EntryKind
  readonly on?: string | null
  readonly code?: string | null
  readonly name?: string | null
  readonly means?: string | null
  readonly reference?: string | null
  readonly told?: boolean | null
  readonly body?: string | null
  readonly authorId: string
  readonly authorName: string
  readonly authorFunction: string | null
  readonly recordedAt: Date
  readonly holderOrg: string
}

/** Adds a line to the journal of a report. */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  await sql`insert into safeguarding.entry (id, report_id, person_id, kind, on_day, code, name, means, reference, told, body, author_id, author_name, author_function, recorded_at, holder_org)
    values (${entry.id}, ${entry.reportId}, ${entry.personId}, ${entry.kind}, ${entry.on ?? null}, ${entry.code ?? null}, ${entry.name ?? null}, ${entry.means ?? null},
      ${entry.reference ?? null}, ${entry.told ?? null}, ${entry.body ?? null}, ${entry.authorId}, ${entry.authorName}, ${entry.authorFunction}, ${entry.recordedAt}, ${entry.holderOrg})`.execute(
    tx,
  )
}
