import pg from 'pg'
import { registry } from '../../src/app/server/registry.ts'
import { type Database, openDatabase } from '../../src/platform/server/db.ts'
import { execute, type Gate } from '../../src/platform/server/execute.ts'
import { executeTogether } from '../../src/platform/server/execute-together.ts'
import type { Implementation } from '../../src/platform/server/implement.ts'
import { ahead } from '../../src/platform/server/prepared-statements.ts'
import { sequenceOnce } from '../../src/platform/server/sequencer.ts'
import { openSession } from '../../src/platform/server/sessions.ts'
import { openCallers } from '../../src/territory/server/callers.ts'
import { processorTime } from '../processor-time.ts'
import type { RegionDatabase } from '../region-database.ts'
import { type Screen, screensOf } from '../screens.ts'

type Print = (result: Readonly<Record<string, unknown>>) => void

interface Side {
  readonly db: Database
  readonly backend: number
  readonly gate: Gate
  readonly identify: (token: string) => ReturnType<ReturnType<typeof openCallers>['identify']>
  node: number
  postgres: number
}

/**
 * CPU of what a request does on the server (session, gate, answer as JSON), this process and its PostgreSQL backend together, on two connections that
 * differ by one thing: on the second, the statement that writes the line never leaves. HTTP itself is left out, so that the share is rather too high.
 * The sealing, which is nobody's request, is given apart.
 */
export async function measureCost(region: RegionDatabase, n: number, print: Print): Promise<void> {
  const clock = (): Date => region.instant
  const [audited, bare] = [await openSide(region, clock, true), await openSide(region, clock, false)]
  const reader = new pg.Client({ connectionString: region.appUrl })
  await reader.connect()
  try {
    const read = async <T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
      await reader.query('set role jalon_system')
      return (await reader.query<T>(text, [...values])).rows
    }
    const screens = (await screensOf(read, n, region.instant)).filter(({ name }) =>
      ['file header and synthesis', 'file header', 'timeline', 'caseload', 'my day'].includes(name),
    )
    for (const screen of screens) print({ part: 'cost', screen: screen.name, ...(await sharesOf(screen, n, audited, bare, region)) })
    print({ part: 'cost', screen: 'sealing, apart', ...(await costOfSealing(audited)) })
  } finally {
    await reader.end()
    await audited.db.close()
    await bare.db.close()
  }
}

async function sharesOf(screen: Screen, n: number, audited: Side, bare: Side, region: RegionDatabase): Promise<Readonly<Record<string, unknown>>> {
  const { token } = await openSession(audited.db, { userId: screen.userId, membershipId: screen.membershipId, now: region.instant, absoluteMinutes: 600 })
  // As the browser asks: what leaves together is read together.
  const open = async (side: Side, round: number): Promise<void> => {
    const caller = await side.identify(token)
    if (caller === null) throw new Error('the session of the bench has ended')
    const call = { actor: caller.actor, authenticatedAt: region.instant, requestId: 'bench', address: '192.0.2.1' }
    const readings = screen.queries.map(({ name, input }) => ({ implementation: registry.get(`query:${name}`) as Implementation, input: input(round) }))
    const [first] = readings
    if (readings.length === 1 && first !== undefined) JSON.stringify(await execute(side.gate, first.implementation, { ...call, input: first.input }))
    else {
      const outcomes = await executeTogether(side.gate, readings, call)
      for (const outcome of outcomes) if ('error' in outcome) throw outcome.error
      JSON.stringify(outcomes)
    }
  }
  for (let round = 0; round < 20; round += 1) for (const side of [audited, bare]) await open(side, round)
  for (const side of [audited, bare]) Object.assign(side, { node: 0, postgres: 0 })
  // Blocks of ten in turn: the clock of /proc ticks every 10 ms, and what disturbs the machine disturbs both.
  for (let block = 0; block < n; block += 10) {
    for (const side of block % 20 === 0 ? [audited, bare] : [bare, audited]) {
      const [cpu, backend] = [process.cpuUsage(), processorTime([side.backend])]
      for (let round = block; round < block + 10; round += 1) await open(side, round)
      const spent = process.cpuUsage(cpu)
      side.node += (spent.user + spent.system) / 1000
      side.postgres += processorTime([side.backend]) - backend
    }
  }
  const requests = n * screen.queries.length
  const perRequest = ({ node, postgres }: Side): number => (node + postgres) / requests
  const round3 = (value: number): number => Math.round(value * 1000) / 1000
  return {
    requests,
    cpu_ms_with: round3(perRequest(audited)),
    cpu_ms_without: round3(perRequest(bare)),
    of_which_postgres: [round3(audited.postgres / requests), round3(bare.postgres / requests)],
    share: round3(1 - perRequest(bare) / perRequest(audited)),
    target: 0.15,
  }
}

async function costOfSealing(side: Side): Promise<Readonly<Record<string, unknown>>> {
  const [cpu, backend] = [process.cpuUsage(), processorTime([side.backend])]
  let lines = 0
  for (let moved = await sequenceOnce(side.db); moved > 0; moved = await sequenceOnce(side.db)) lines += moved
  const spent = process.cpuUsage(cpu)
  return {
    lines,
    cpu_ms_per_line: Math.round((((spent.user + spent.system) / 1000 + processorTime([side.backend]) - backend) / Math.max(lines, 1)) * 1000) / 1000,
  }
}

async function openSide(region: RegionDatabase, clock: () => Date, audited: boolean): Promise<Side> {
  const db = openDatabase(region.appUrl, { max: 1, name: audited ? 'bench-audited' : 'bench-bare' })
  if (!audited) db.pool.on('connect', (client) => leaveOutTheAudit(client))
  const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const callers = openCallers(db, { publicUrl: 'http://127.0.0.1', timeZone: 'Europe/Paris', clock })
  return {
    db,
    backend: Number(rows[0]?.pid),
    gate: { db, clock, timeZone: 'Europe/Paris', committed: () => undefined },
    identify: (token) => callers.identify({ cookies: { jalon: token } }),
    node: 0,
    postgres: 0,
  }
}

/** In the bench only: there is no such switch in the product. */
function leaveOutTheAudit(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown
  const silent = (...args: readonly unknown[]): unknown =>
    typeof args[0] === 'string' && args[0].startsWith(`${ahead}insert into audit.inbox`)
      ? Promise.resolve({ command: 'INSERT', rowCount: 1, rows: [], fields: [] })
      : query(...args)
  Object.assign(client, { query: silent })
}
