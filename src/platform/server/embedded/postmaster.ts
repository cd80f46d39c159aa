import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a running PostgreSQL writes about itself in postmaster.pid. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** The server that runs on a cluster, or null; a pid file left by a server that was killed does not count. */
export function runningPostmaster(pgdata: string): Postmaster | null {
  const file = join(pgdata, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(pid, pgdata)) return null
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' }
}

/**
 * Removes a pid file whose number now belongs to some other program: PostgreSQL would take it for a running server and refuse to start.
 * A file whose number belongs to nobody stays: PostgreSQL reads in it the shared memory that orphaned processes may still use.
 */
export function dropRecycledPidFile(pgdata: string): void {
  const file = join(pgdata, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isAlive(pid) && !isPostmasterOf(pid, pgdata) && orphansOf(pgdata).length === 0) rmSync(file, { force: true })
}

/** True while a process runs; one that has ended and only waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** Ends a server: its clients are disconnected and a checkpoint written; past the delay, it stops at once and recovers at its next start. */
export async function stopPostmaster(pid: number, waitMs = 20_000): Promise<void> {
  signal(pid, 'SIGINT')
  if (await gone(pid, waitMs)) return
  signal(pid, 'SIGQUIT')
  if (await gone(pid, 5_000)) return
  throw new Error(`postmaster ${pid} does not stop`)
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function gone(pid: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false
    await sleep(20)
  }
  return true
}

function isPostmasterOf(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(pgdata)
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(pgdata)
  } catch {
    return false
  }
}

/**
 * Ends the processes that a killed server left at work: while one computes, it holds the shared memory and no server can start.
 * What they had not committed is rolled back by the recovery that follows.
 */
export async function endOrphans(pgdata: string): Promise<void> {
  if (runningPostmaster(pgdata)) return
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    const orphans = orphansOf(pgdata)
    for (const pid of orphans) signal(pid, name)
    if ((await Promise.all(orphans.map((pid) => gone(pid, 1_000)))).every(Boolean)) return
  }
}

/** Processes that work in the cluster's folder, where PostgreSQL puts all of its own (Linux only; elsewhere it waits for them). */
function orphansOf(pgdata: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid) === pgdata && isAlive(pid))
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}
