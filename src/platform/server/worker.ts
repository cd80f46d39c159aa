import { type Runner, run, type TaskList } from 'graphile-worker'
import type { Database } from './db.ts'
import type { Log } from './log.ts'
import { platformCrontab } from './purge.ts'

/** What a background job receives besides its payload of ids. */
export interface JobContext {
  readonly db: Database
  readonly ownerUrl: string
  readonly log: Log
  readonly clock: () => Date
}

export type Job = (payload: Readonly<Record<string, unknown>>, context: JobContext) => Promise<void>

/** Runs the background jobs in this process, `crontab` saying when some come back. The worker's tables belong to the owner, hence its own connection. */
export async function startWorker(
  ownerUrl: string,
  jobs: Readonly<Record<string, Job>>,
  context: JobContext,
  crontab: readonly string[] = [],
): Promise<Runner> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, (payload: unknown) => job((payload ?? {}) as Readonly<Record<string, unknown>>, context)]),
  )
  const quiet = { error: (message: string) => context.log.error({ worker: message.slice(0, 200) }, 'worker') }
  const { Logger } = await import('graphile-worker')
  return run({
    connectionString: ownerUrl,
    schema: 'graphile_worker',
    taskList,
    crontab: [platformCrontab, ...crontab].join('\n'),
    concurrency: 2,
    maxPoolSize: 4,
    noHandleSignals: true,
    pollInterval: 5000,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') quiet.error(message)
    }),
  })
}
