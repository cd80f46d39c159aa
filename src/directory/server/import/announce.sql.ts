import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import { type ImportSource, importSources } from '../../contract/import-sources.ts'

export interface NewImport {
  readonly id: string
  readonly source: ImportSource
  readonly fileName: string
  readonly byteLength: number
  readonly allowShrink: boolean
  readonly state: 'receiving' | 'waiting'
  readonly requestedBy: string | null
  readonly requestedByName: string
  readonly serviceId: string | null
  readonly now: Date
}

/** Records an import to come, and its long work; the same id twice is the same import. */
export async function announceImport(tx: Tx, work: NewImport): Promise<void> {
  await sql`insert into directory.import (id, source, file_name, byte_length, state, allow_shrink, total, requested_by, requested_by_name, created_at)
    values (${work.id}, ${work.source}, ${work.fileName}, ${work.byteLength}, ${work.state}, ${work.allowShrink}, ${work.byteLength}, ${work.requestedBy}, ${work.requestedByName}, ${work.now})`.execute(
    tx,
  )
  await sql`insert into platform.long_work (id, kind, title, requested_by, service_id, state, total, created_at)
    values (${work.id}, 'directory.import', ${`Import · ${importSources[work.source]} · ${work.fileName}`}, ${work.requestedBy}, ${work.serviceId}, 'waiting', ${work.byteLength}, ${work.now})`.execute(
    tx,
  )
}
