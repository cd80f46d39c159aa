import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of processor that these processes of this machine have used, all their threads together; 0 for one that is elsewhere, gone, or where the system has no /proc. */
export function processorTime(pids: readonly number[]): number {
  return pids.flatMap(threadsOf).reduce((sum, thread) => sum + usedBy(thread), 0)
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)
  } catch {
    return []
  }
}

/** The first of the three figures of the scheduler: nanoseconds spent running. A thread may end between the listing and the reading. */
function usedBy(thread: string): number {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return 0
  }
}
