import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Actor } from '../contract/actor.ts'
import type { DB } from './generated/database.ts'
import { ahead, PreparingPool } from './prepared-statements.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => Number(text))

/** A transaction in which the actor is set: the only thing that capability SQL receives. */
export type Tx = Transaction<DB>

export interface Database {
  readonly kysely: Kysely<DB>
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens the application's pool. `url` names the role jalon_app: it owns nothing and bypasses nothing. */
export function openDatabase(url: string, { max = 12, name = 'jalon' }: { max?: number; name?: string } = {}): Database {
  const pool = new PreparingPool({ connectionString: url, max, application_name: name, idleTimeoutMillis: 30_000 })
  // An idle connection that PostgreSQL closes (restart, failover) must not end the process: the pool replaces it.
  pool.on('error', () => undefined)
  // So must one that is being used: its query rejects, and the error that the driver emits besides has somebody to hear it.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { kysely, pool, close: () => kysely.destroy() }
}

/** Who acts and when, as the policies of the database read them. */
export interface TransactionScope {
  readonly actor: Actor
  readonly clock: Date
  readonly timeZone: string
  /** One plan for all values: for statements that start from a key and whose planning costs more than their work. */
  readonly sharedPlans?: boolean | undefined
}

const uuidArray = (ids: readonly string[]): string => `{${ids.join(',')}}`

// Policies make estimates large and work small: compiling a statement (jit) costs up to a second to save milliseconds.
const settings = [
  'jalon.actor',
  'jalon.service',
  'jalon.parties',
  'jalon.volets',
  'jalon.functions',
  'jalon.clock',
  'jalon.time_zone',
  'jit',
  'plan_cache_mode',
]
const setAll = `${ahead}select ${settings.map((name, i) => `set_config('${name}', $${i + 1}, true)`).join(', ')}`
const setPlans = `${ahead}select set_config('plan_cache_mode', $1, true)`
const planMode = (shared: boolean | undefined): string => (shared === true ? 'force_generic_plan' : 'auto')

/** Tells the database who acts, for the rest of the transaction; it travels with the first statement that follows. */
export async function setActor(tx: Tx, { actor, clock, timeZone, sharedPlans }: TransactionScope): Promise<void> {
  const who = [
    actor.kind === 'anonymous' ? '' : actor.userId,
    actor.serviceId ?? '',
    uuidArray(actor.parties),
    uuidArray(actor.volets),
    uuidArray(actor.functions),
  ]
  await tx.executeQuery(CompiledQuery.raw(setAll, [...who, clock.toISOString(), timeZone, 'off', planMode(sharedPlans)]))
}

/** Changes, within a transaction, whether the statements that follow keep one plan for all values. */
export async function keepPlans(tx: Tx, shared: boolean | undefined): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw(setPlans, [planMode(shared)]))
}

/** Runs `work` in one transaction seen by the database as the actor's. Rolls back on a throw. */
export async function asActor<T>(db: Database, scope: TransactionScope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.kysely.transaction().execute(async (tx) => {
    await setActor(tx, scope)
    return work(tx)
  })
}

/**
 * The unscoped door, for jobs, imports and sessions only: no actor, every row. `reason` is for whoever reads the call.
 * The role jalon_system is taken for the transaction; the application does not inherit it.
 */
export async function asSystem<T>(db: Database, reason: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (reason.length < 4) throw new Error('asSystem needs a reason')
  return db.kysely.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw(`${ahead}set local role jalon_system`))
    return work(tx)
  })
}
