import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const patience = 60_000

export interface ServerProcess {
  /** Everything that it wrote until now, on both outputs. */
  written(): string
  /** The lines that it wrote at level error or above, and its death if nobody asked for it. A page left while it was being answered is no fault. */
  faults(): readonly string[]
  stop(): Promise<void>
}

/** The server as an operator starts it: a process of its own, so that all that it writes is read, and with its most talkative logs. */
export async function startServerProcess(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(root, 'src/app/server/main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', TZ: process.env['TZ'] ?? 'Europe/Paris', NODE_ENV: 'production', LOG_LEVEL: 'debug', ...settings },
  })
  let text = ''
  let stopping = false
  const faults: string[] = []
  const started = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      if (text.includes('Jalon écoute sur')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => {
      if (!stopping) faults.push(`the server ended by itself (${code})`)
      reject(new Error(`the server did not start:\n${text}`))
    })
    setTimeout(() => reject(new Error(`the server was not ready after ${patience} ms:\n${text}`)), patience).unref()
  })
  await started.catch((error: unknown) => {
    stopping = true
    child.kill('SIGKILL')
    throw error
  })
  return {
    written: () => text,
    faults: () => [...faults, ...text.split('\n').filter((line) => /"level":[56]0\b/.test(line) && !line.includes('ERR_STREAM_PREMATURE_CLOSE'))],
    stop: async () => {
      stopping = true
      await end(child)
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(forced)
}
