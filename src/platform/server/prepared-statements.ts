import { createHash } from 'node:crypto'
import pg from 'pg'

/** A statement earns its name when it comes back: what is asked once is not worth a plan kept by the server. */
const namedFrom = 3
/** Plans are kept per connection; beyond this many, statements stay unnamed until the connection is replaced. */
const mostPerConnection = 400
const mostTexts = 5_000

interface Seen {
  times: number
  name: string
}

/**
 * A pool whose parameterised statements are prepared under a name of their own, so that PostgreSQL parses, rewrites under the row-level security and
 * plans each of them once per connection instead of at every request: measured on the hottest screens, planning was 50 to 75 % of the database's time.
 * PostgreSQL itself goes back to a plan per value where a shared one would be worse (plan_cache_mode auto). A statement whose result changed shape under
 * a migration (0A000) is prepared anew, under another name, by whoever asks next.
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

class PreparingClient extends pg.Client {
  readonly #named = new Set<string>()

  // The driver's overloads are many; only (text, values) is touched, and only what reads or writes rows.
  override query(...args: readonly unknown[]): never {
    const [text, values] = args
    const plain = super.query.bind(this) as unknown as (...all: readonly unknown[]) => never
    if (typeof text !== 'string' || !Array.isArray(values) || !/^\s*(select|with|insert|update|delete)\b/i.test(text)) return plain(...args)
    const name = nameOf(text)
    if (name === null || (!this.#named.has(name) && this.#named.size >= mostPerConnection)) return plain(...args)
    this.#named.add(name)
    const answer = plain({ name, text, values }, ...args.slice(2)) as unknown
    if (answer instanceof Promise) answer.catch((error: unknown) => (shapeChanged(error) ? prepareAnew(text) : undefined))
    return answer as never
  }
}
