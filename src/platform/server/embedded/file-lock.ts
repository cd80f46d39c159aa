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
      throw new EmbeddedPostgresError(`Le dossier ${dirname(file)} n’est pas modifiable par cet utilisateur. Reprenez sous celui qui l’a créé, ou choisissez un autre dossier avec JALON_DATA.`)
    }
    throw error
  }
}

const sqliteBusy = 5
const sqliteReadOnly = 8
const sqliteCannotOpen = 14
