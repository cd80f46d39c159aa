import { sql } from 'kysely'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import { importStopped } from './import-error.ts'

/** How an import tells where it is, and learns that it was cancelled. Both happen outside its own transaction, at most twice a second. */
export interface Progress {
  /** Bytes of the file read so far. */
  at(bytes: number): Promise<void> | undefined
  reject(line: number, reason: string, excerpt: string): void
  readonly rejected: number
  /** Writes what was kept back. */
  flush(): Promise<void>
}

/** Rejected lines kept with the report; beyond, they are only counted. */
const keptRejections = 10_000
const interval = 500

export function importProgress(db: Database, importId: string): Progress {
  let rejected = 0
  let done = 0
  let told = 0
  let waiting: { line: number; reason: string; excerpt: string }[] = []
  const flush = async (): Promise<void> => {
    told = Date.now()
    const rows = waiting
    waiting = []
    const cancelled = await asSystem(db, 'progress of an import', async (tx) => {
      if (rows.length > 0) {
        await sql`insert into directory.rejected_line (import_id, line, reason, excerpt)
          select ${importId}, line, reason, excerpt from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line bigint, reason text, excerpt text) on conflict do nothing`.execute(
          tx,
        )
      }
      await sql`update platform.long_work set done = ${done}, rejected = ${rejected} where id = ${importId}`.execute(tx)
      const { rows: state } = await sql<{
        cancelRequested: boolean
      }>`update directory.import set done = ${done} where id = ${importId} returning cancel_requested as "cancelRequested"`.execute(tx)
      return state[0]?.cancelRequested ?? false
    })
    if (cancelled) throw importStopped('import_cancelled')
  }
  return {
    at: (bytes) => {
      done = bytes
      return Date.now() - told > interval ? flush() : undefined
    },
    reject: (line, reason, excerpt) => {
      rejected += 1
      if (rejected <= keptRejections) waiting.push({ line, reason, excerpt: excerpt.slice(0, 120) })
    },
    get rejected() {
      return rejected
    },
    flush,
  }
}
