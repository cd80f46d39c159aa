import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-error.ts'

export interface FileLock {
  release(): void
}

/**
 * Takes a lock between processes on a file, or gives null when it stays taken for `waitMs`.
 *
 * `shared` holders exclude `exclusive` ones only. Node offers no flock: the lock is the one that SQLite takes on the file
 * through the operating system, which drops it when its holder dies, however it dies.
 */
export async function takeFileLock(file: string, mode: 'exclusive' | 'shared', waitMs: number): Promise<FileLock | null> {
  mkdirSync(dirname(file), { recursive: true })
  const deadline = Date.now() + waitMs
  for (;;) {
    const lock = tryLock(file, mode)
    if (lock) return lock
    if (Date.now() >= deadline) return null
    await sleep(50)
  }
}

/**
 * Says that this process uses what the lock file stands for, until `leave`; the last one to leave runs `close`.
 * A user that was killed no longer counts, and whoever joins while the last one closes waits for it.
 */
export async function joinUsers(file: string): Promise<{ leave(close: () => Promise<void>): Promise<void> }> {
  const joined = await takeFileLock(file, 'shared', 60_000)
  if (!joined) throw new Error(`${file} stays locked`)
  return {
    async leave(close) {
      joined.release()
      const last = await takeFileLock(file, 'exclusive', 0)
      if (!last) return
      try {
        await close()
      } finally {
        last.release()
      }
    },
  }
}

function tryLock(file: string, mode: 'exclusive' | 'shared'): FileLock | null {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: 0 })
    database.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT count(*) FROM sqlite_schema')
    const held = database
    return { release: () => held.close() }
  } catch (error) {
    database?.close()
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
    if (code === sqliteBusy) return null
    if (code === sqliteReadOnly || code === sqliteCannotOpen) {
      throw new EmbeddedPostgresError(
        `Le dossier ${dirname(file)} n’est pas modifiable par cet utilisateur. Reprenez sous celui qui l’a créé, ou choisissez un autre dossier avec JALON_DATA.`,
      )
    }
    throw error
  }
}

const sqliteBusy = 5
const sqliteReadOnly = 8
const sqliteCannotOpen = 14
