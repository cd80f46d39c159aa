import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import type { ImportSource } from '../../contract/import-sources.ts'

export interface WaitingImport {
  readonly source: ImportSource
  readonly fileName: string
  readonly byteLength: number
  readonly allowShrink: boolean
}

/** An import that was received and is to be run, or run again; undefined when it is over. */
export async function waitingImport(tx: Tx, importId: string): Promise<WaitingImport | undefined> {
  const { rows } = await sql<WaitingImport>`select source, file_name as "fileName", byte_length as "byteLength", allow_shrink as "allowShrink"
    from directory.import where id = ${importId} and state in ('waiting', 'running')`.execute(tx)
  return rows[0]
}

/** The part of its file at this position, from 0; undefined after the last. */
export async function importPart(tx: Tx, importId: string, position: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ content: Buffer }>`select content from directory.import_part where import_id = ${importId} and position = ${position}`.execute(
    tx,
  )
  return rows[0]?.content
}
