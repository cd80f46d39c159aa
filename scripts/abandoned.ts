import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isAlive } from '../src/platform/server/embedded/postmaster.ts'

/**
 * Calls back once if a process that started this one is gone: the host's Node, whose channel then closes, the shell, or npm.
 * Without it, a kill -9 of any of them would leave this process at work, holding its port and its folder.
 */
export function whenAbandoned(callback: () => void): void {
  let told = false
  const tell = (): void => {
    if (told) return
    told = true
    callback()
  }
  process.once('disconnect', tell)
  const starters = startersUpToNpm()
  setInterval(() => {
    if (!starters.every(isAlive)) tell()
  }, 500).unref()
}

/** From the parent up to npm; none when npm is not among them: a program started by hand may outlive its terminal (nohup). */
function startersUpToNpm(): readonly number[] {
  const starters: number[] = []
  let pid = process.ppid
  while (pid > 1 && starters.length < 5) {
    starters.push(pid)
    const { parent, command } = describe(pid)
    if (/\b(npm|pnpm|yarn)\b/.test(command)) return starters
    pid = parent
  }
  return []
}

function describe(pid: number): { parent: number; command: string } {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return {
        parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]),
        command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      }
    }
    const [, parent, command] = /^\s*(\d+)\s+(.*)$/m.exec(execFileSync('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })) ?? []
    return { parent: Number(parent ?? 0), command: command ?? '' }
  } catch {
    return { parent: 0, command: '' }
  }
}
