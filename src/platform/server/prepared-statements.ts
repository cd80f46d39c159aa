import { createHash } from 'node:crypto'
import pg from 'pg'
import { TrainQuery } from './statement-train.ts'

/** A statement earns its name when it comes back: what is asked once is not worth a plan kept by the server. */
const namedFrom = 3
/** Plans are kept per connection; beyond this many, statements stay unnamed until the connection is replaced. */
const mostPerConnection = 400
const mostTexts = 5_000

/**
 * At the head of a statement whose answer nobody reads: it leaves with the next one, in the same message, and costs no round trip. Its failure is that
 * of the next one, which then has not run. PostgreSQL stops at the first failure of a message, so that a `commit` never passes a line that was refused.
 */
export const ahead = '/* ahead */ '

interface Seen {
  times: number
  name: string
}

/**
 * A pool whose parameterised statements are prepared under a name of their own, so that PostgreSQL parses, rewrites under the row-level security and
 * plans each of them once per connection instead of at every request: measured on the hottest screens, planning was 50 to 75 % of the database's time.
 * PostgreSQL itself goes back to a plan per value where a shared one would be worse (plan_cache_mode auto). A statement whose result changed shape under
 * a migration (0A000) is prepared anew, under another name, by whoever asks next. `begin` and what is marked `ahead` leave with the statement that follows.
 */
export class PreparingPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: PreparingClient as unknown as typeof pg.Client, maxLifetimeSeconds: 1_800 } as pg.PoolConfig)
  }
}

const seen = new Map<string, Seen>()

function nameOf(text: string): string | null {
  let entry = seen.get(text)
  if (entry === undefined) {
    if (seen.size >= mostTexts) seen.clear()
    entry = { times: 0, name: createHash('sha256').update(text).digest('base64url') }
    seen.set(text, entry)
  }
  entry.times += 1
  return entry.times >= namedFrom ? entry.name : null
}

function shapeChanged(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '0A000'
}

function prepareAnew(text: string): void {
  const entry = seen.get(text)
  if (entry !== undefined) entry.name = createHash('sha256').update(entry.name).digest('base64url')
}

/** What an answer that nobody reads looks like to whoever sent the statement. */
const notAwaited = { command: 'AHEAD', rowCount: 0, oid: 0, fields: [], rows: [] }

class PreparingClient extends pg.Client {
  readonly #named = new Set<string>()
  #waiting: pg.QueryConfig[] = []

  // The driver's overloads are many; only (text, values) is touched.
  override query(...args: readonly unknown[]): never {
    const [text, values] = args
    const plain = super.query.bind(this) as unknown as (...all: readonly unknown[]) => never
    if (typeof text !== 'string' || !Array.isArray(values) || args.length > 2) {
      this.#leave(plain)
      return plain(...args)
    }
    const name = this.#nameOf(text)
    const statement: pg.QueryConfig = name === null ? { text, values } : { name, text, values }
    if (text === 'begin' || text.startsWith(ahead)) {
      this.#waiting.push(statement)
      return Promise.resolve(notAwaited) as never
    }
    // What would be undone at once need not leave.
    if (text === 'rollback') this.#waiting = []
    const several = values.length === 0 && text.includes(';')
    if (several) this.#leave(plain)
    const answer = (this.#waiting.length > 0 ? this.#train(statement, plain) : plain(statement)) as Promise<unknown>
    if (name !== null) answer.catch((error: unknown) => (shapeChanged(error) ? prepareAnew(text) : undefined))
    return answer as never
  }

  #nameOf(text: string): string | null {
    if (!/^\s*(\/\* ahead \*\/ )?(select|with|insert|update|delete)\b/i.test(text)) return null
    const name = nameOf(text)
    if (name === null || (!this.#named.has(name) && this.#named.size >= mostPerConnection)) return null
    this.#named.add(name)
    return name
  }

  #train(last: pg.QueryConfig, plain: (...all: readonly unknown[]) => unknown): Promise<unknown> {
    const first = this.#waiting
    this.#waiting = []
    return new Promise((resolve, reject) => {
      plain(new TrainQuery(first, last, (error, result) => (error ? reject(error) : resolve(result))))
    })
  }

  /** Before what cannot travel with others (a copy, several statements in one text): the driver keeps their order. */
  #leave(plain: (...all: readonly unknown[]) => unknown): void {
    const last = this.#waiting.pop()
    if (last !== undefined) this.#train(last, plain).catch(() => undefined)
  }
}
