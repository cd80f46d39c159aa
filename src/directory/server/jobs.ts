import { sql } from 'kysely'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import type { ImportSource } from './import/import.sql.ts'
import { importJob } from './import/import-orders.ts'
import { concludeUnexpectedly, type ImportOrder, runImport } from './import/run-import.ts'

interface WaitingImport {
  readonly source: ImportSource
  readonly fileName: string
  readonly byteLength: number
  readonly allowShrink: boolean
}

/** Runs an import whose file was received in parts. Interrupted by the death of its process, it is run again from the start: nothing of it had shown. */
const importDirectory: Job = async (payload, { db, clock, log }) => {
  const importId = String(payload['importId'])
  const waiting = await asSystem(db, 'an import begins', async (tx) => {
    const { rows } = await sql<WaitingImport>`select source, file_name as "fileName", byte_length as "byteLength", allow_shrink as "allowShrink"
      from directory.import where id = ${importId} and state in ('waiting', 'running')`.execute(tx)
    return rows[0]
  })
  if (waiting === undefined) return
  const order: ImportOrder = { importId, ...waiting, raw: parts(db, importId) }
  try {
    await runImport(db, order, clock)
  } catch (error) {
    log.error({ err: error, importId }, 'import stopped')
    await concludeUnexpectedly(db, order, clock())
  }
}

async function* parts(db: Database, importId: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const content = await asSystem(db, 'read a part of an import', async (tx) => {
      const { rows } = await sql<{
        content: Buffer
      }>`select content from directory.import_part where import_id = ${importId} and position = ${position}`.execute(tx)
      return rows[0]?.content
    })
    if (content === undefined) return
    yield content
  }
}

export const directoryJobs: Readonly<Record<string, Job>> = { [importJob]: importDirectory }
