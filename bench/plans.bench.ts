import pg from 'pg'
import { registry } from '../src/app/server/registry.ts'
import { dayOf } from '../src/platform/contract/dates.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { execute } from '../src/platform/server/execute.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { sessionCaller } from '../src/territory/server/actor.sql.ts'
import { type ExplainedStatement, explainStatements } from './explained.ts'
import { openRegions } from './region-database.ts'
import { screensOf } from './screens.ts'

/**
 * `npm run bench -- plans [--persons 100000] [--rounds 5] [--text]`: the plan of each statement behind the hottest screens, on a seeded region, as the
 * users that open them. Ends with an error when one of them reads a table of persons from end to end. `--text` prints the slowest statement of each screen.
 */
const option = (name: string): string | undefined => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const persons = Number(option('persons') ?? 100_000)
const rounds = Number(option('rounds') ?? 5)
const regions = await openRegions((line) => void process.stderr.write(`${line}\n`))
let found: ExplainedStatement[] = []
try {
  const region = await regions.region(persons)
  const db = openDatabase(region.appUrl, { max: 1, name: 'jalon-plans' })
  const client = new pg.Client({ connectionString: region.appUrl })
  await client.connect()
  explainStatements(db.pool, (statement) => void found.push(statement))
  const asSystem = async <T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
    await client.query('set role jalon_system')
    return (await client.query<T>(text, [...values])).rows
  }
  const bearing = new Set(
    (
      await asSystem<{ name: string }>(
        `select table_schema || '.' || table_name as name from information_schema.columns where column_name = 'person_id' and table_schema not in ('audit', 'platform', 'reporting')`,
      )
    ).map(({ name }) => name),
  )
  const faults = new Set<string>()
  for (const screen of await screensOf(asSystem, rounds, region.instant)) {
    const { token } = await openSession(db, { userId: screen.userId, membershipId: screen.membershipId, now: region.instant, absoluteMinutes: 600 })
    const signedIn = await sessionCaller(db, { token }, { now: region.instant, today: dayOf(region.instant, 'Europe/Paris') })
    if (signedIn === null) throw new Error(`no session for ${screen.name}`)
    for (const { name, input } of screen.queries) {
      const implementation = registry.get(`query:${name}`)
      if (implementation === undefined) throw new Error(`no query ${name}`)
      found = []
      for (let round = 0; round < rounds; round += 1)
        await execute({ db, clock: () => region.instant, timeZone: 'Europe/Paris', committed: () => undefined }, implementation, {
          actor: signedIn.actor,
          input: input(round),
        })
      const whole = found.flatMap((one) => one.wholeTables).filter(({ table }) => bearing.has(table))
      for (const { table } of whole) faults.add(`${name}: ${table}`)
      const total = (of: (one: ExplainedStatement) => number): number => Number((found.reduce((sum, one) => sum + of(one), 0) / rounds).toFixed(1))
      process.stdout.write(
        `${JSON.stringify({ bench: 'plans', screen: screen.name, query: name, persons, postgres: region.version, statements: found.length / rounds, planning_ms: total((one) => one.planningMs), execution_ms: total((one) => one.executionMs), buffers: Math.round(total((one) => one.buffers)), whole_tables: [...new Set(whole.map(({ table, rows }) => `${table} ${rows}`))] })}\n`,
      )
      if (process.argv.includes('--text')) {
        const worst = [...found].sort((a, b) => b.executionMs + b.planningMs - a.executionMs - a.planningMs)[0]
        process.stderr.write(`${worst?.planningMs} + ${worst?.executionMs} ms\n${worst?.text}\n\n`)
      }
    }
  }
  await client.end()
  await db.close()
  if (faults.size > 0) {
    process.stderr.write(`Tables of persons read from end to end:\n${[...faults].map((fault) => `  ${fault}`).join('\n')}\n`)
    process.exitCode = 1
  }
} finally {
  await regions.close()
}
