import type { FastifyInstance } from 'fastify'
import { registry as product } from '../../src/app/server/registry.ts'
import type { AnyQuery } from '../../src/platform/contract/action.ts'
import { batchPath } from '../../src/platform/contract/batch.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { asActor } from '../../src/platform/server/db.ts'
import { runInside } from '../../src/platform/server/execute.ts'
import { createHttp } from '../../src/platform/server/http.ts'
import type { Implementation } from '../../src/platform/server/implement.ts'
import { createLog } from '../../src/platform/server/log.ts'
import { createMetrics } from '../../src/platform/server/metrics.ts'
import { openApiOf } from '../../src/platform/server/openapi.ts'
import { problemOf } from '../../src/platform/server/problem.ts'
import { openSession } from '../../src/platform/server/sessions.ts'
import { openCallers } from '../../src/territory/server/callers.ts'
import { signedIn } from './asking.ts'
import { type Planted, textOf } from './canary.ts'
import { inputMaker } from './inputs.ts'
import type { Random } from './random.ts'
import { openings, sees } from './rule.ts'
import type { Known, Someone, World } from './world.ts'

/** An answer as it leaves the server: all that a stranger could read of it. */
export interface Sent {
  readonly status: number
  readonly headers: string
  readonly body: string
  /** Of a fault, for whoever mends it; never sent. */
  readonly fault?: string
}

interface BatchAnswers {
  readonly answers: readonly { readonly status: number }[]
}

export interface Site {
  readonly registry: ReadonlyMap<string, Implementation>
  /** Alone, as a file, or twice in one batch: the second reading follows what the first left. */
  query(someone: Someone, name: string, input: unknown, as?: 'json' | 'csv' | 'batch'): Promise<Sent>
  /** Tries an action and takes it back: what it answered, with nothing kept. */
  attempt(someone: Someone, implementation: Implementation, input: unknown): Promise<Sent>
  openApi(): string
  close(): Promise<void>
}

/** The product's HTTP, without its port; `registry` is the product's, or a broken one. */
export async function openSite(world: World, registry: ReadonlyMap<string, Implementation> = product): Promise<Site> {
  const publicUrl = 'http://127.0.0.1'
  const callers = openCallers(world.db, { publicUrl, timeZone: world.gate.timeZone, clock: world.clock })
  const http: FastifyInstance = await createHttp({
    gate: world.gate,
    registry,
    log: createLog('silent'),
    metrics: createMetrics(),
    publicUrl,
    trustProxy: false,
    identify: callers.identify,
  })
  const tokens = new Map<string, { token: string; left: number }>()
  let sent = 0
  // The limits of the product go by session and by address: a session serves a thousand times, an address four thousand.
  const tokenOf = async ({ user }: Someone): Promise<string> => {
    const known = tokens.get(user.id)
    if (known !== undefined && known.left-- > 0) return known.token
    const { token } = await openSession(world.db, { userId: user.id, membershipId: user.membershipId, now: world.clock(), absoluteMinutes: 1440 })
    tokens.set(user.id, { token, left: 1000 })
    return token
  }
  return {
    registry,
    query: async (someone, name, input, as = 'json') => {
      sent++
      const answer = await http.inject({
        method: 'POST',
        url: as === 'batch' ? batchPath : `/api/queries/${name}${as === 'csv' ? '.csv' : ''}`,
        remoteAddress: `10.0.${Math.floor(sent / 4000)}.1`,
        headers: { 'x-jalon': '1', cookie: `jalon=${await tokenOf(someone)}` },
        payload: as === 'batch' ? { queries: [1, 2].map(() => ({ name, input })) } : (input as object),
      })
      const status = as === 'batch' && answer.statusCode === 200 ? Math.max(...answer.json<BatchAnswers>().answers.map((one) => one.status)) : answer.statusCode
      return { status, headers: JSON.stringify(answer.headers), body: answer.body }
    },
    attempt: async (someone, implementation, input) => {
      const caller = await signedIn(world, someone)
      if (caller === null) return { status: 401, headers: '', body: '' }
      const undo = Symbol('undo')
      let body = ''
      let status = 200
      let fault: string | undefined
      const now = world.clock()
      try {
        const parsed = implementation.contract.input.safeParse(input)
        if (!parsed.success) return { status: 422, headers: '', body: JSON.stringify(parsed.error.issues) }
        await asActor(world.db, { actor: caller.actor, clock: now, timeZone: world.gate.timeZone }, async (tx) => {
          const call = { ...caller, input: parsed.data, idempotencyKey: newId() }
          body = JSON.stringify(await runInside(tx, world.gate, implementation, call, parsed.data, now))
          throw undo
        })
      } catch (error) {
        if (error !== undo) {
          const problem = problemOf(error, 'request')
          status = problem.status
          if (status >= 500) fault = error instanceof Error ? error.message : String(error)
          body = JSON.stringify(problem)
        }
      }
      return { status, headers: '', body, ...(fault === undefined ? {} : { fault }) }
    },
    openApi: () => JSON.stringify(openApiOf(registry, { url: publicUrl, version: 'test' })),
    close: async () => {
      await http.close()
    },
  }
}

/** Where the law and the design let identities be shown beyond one's own files: names of look-alikes, audited, to avoid duplicates. */
export const declaredExceptions: readonly string[] = ['persons.candidates', 'persons.exceptionalAccess.candidates']

/** Gestures that a closed file answers by opening: an exceptional access, with its reason, its hours, its notice and its review. */
const declaredDoors: readonly string[] = ['persons.exceptionalAccess.open']

export interface Leak {
  readonly request: string
  readonly who: string
  readonly what: string
  readonly status: number
}

export interface LeakTally {
  requests: number
  /** Answers that showed to somebody what is hers to see: the run does reach the data. */
  withCanary: number
  readonly leaks: Leak[]
  readonly byRequest: Map<string, { sent: number; ok: number; canaries: number }>
  readonly statuses: Map<number, number>
  readonly faults: Map<string, number>
}

export const emptyLeakTally = (): LeakTally => ({ requests: 0, withCanary: 0, leaks: [], byRequest: new Map(), statuses: new Map(), faults: new Map() })

/** Looks for strings of others in all that came back. */
export function scan(world: World, someone: Someone, request: string, sent: Sent, tally: LeakTally, input: unknown = null): void {
  tally.requests++
  tally.statuses.set(sent.status, (tally.statuses.get(sent.status) ?? 0) + 1)
  const line = tally.byRequest.get(request) ?? { sent: 0, ok: 0, canaries: 0 }
  tally.byRequest.set(request, line)
  line.sent++
  if (sent.status === 200) line.ok++
  if (sent.status >= 500) {
    const fault = `${request}: ${sent.fault ?? sent.status}`
    tally.faults.set(fault, (tally.faults.get(fault) ?? 0) + 1)
  }
  // What she typed herself may come back to her.
  const typed = world.canaries.in(JSON.stringify(input ?? null))
  const shown = [...world.canaries.in(textOf(sent.body)), ...world.canaries.in(sent.headers)].filter((planted) => !typed.has(planted))
  if (shown.length > 0) {
    tally.withCanary++
    line.canaries++
  }
  const name = (request.split(' ')[1] ?? request).replace(/\.csv$/, '')
  for (const planted of shown) {
    if (declaredExceptions.includes(name) && planted.table === 'persons.person') continue
    if (!mayRead(world, someone, planted))
      tally.leaks.push({
        request,
        who: someone.label,
        what: `${planted.table} ${planted.row.volet}/${planted.row.protection} of ${planted.person}`,
        status: sent.status,
      })
  }
}

function mayRead(world: World, { reader }: Someone, planted: Planted): boolean {
  const { of } = planted
  if (of !== undefined) return (of.user === undefined || of.user === reader.user) && (of.service === undefined || of.service === reader.service)
  const owner = world.persons.find(({ id }) => id === planted.person)
  return owner !== undefined && sees(reader, owner.grounds, owner.wishes, world.table, planted.row, world.clock().getTime())
}

/** Sends `count` generated requests: the declared queries in turn (JSON, and CSV where it exports), and one time in three an action, as an attempt. */
export async function sendRequests(world: World, site: Site, random: Random, count: number, tally: LeakTally): Promise<void> {
  const inputs = inputMaker(world, random)
  const all = [...site.registry.values()]
  const queries = all.filter(({ contract }) => contract.kind === 'query')
  const actions = all.filter(({ contract }) => contract.kind === 'action')
  const first = { query: random.integer(Math.max(1, queries.length)), action: random.integer(Math.max(1, actions.length)) }
  const known = new Map(world.people.map((someone) => [someone, knownTo(world, someone)]))
  const inFlight = 8
  let sending: Promise<void>[] = []
  for (let n = 0; n < count; n++) {
    const asks = n % 3 !== 2 || actions.length === 0
    const turn = Math.floor(n / 3)
    const implementation = (
      asks ? queries[(first.query + turn * 2 + (n % 3)) % queries.length] : actions[(first.action + turn) % actions.length]
    ) as Implementation
    const someone = random.pick(world.people)
    // Two times in three about somebody whom she has nothing to do with; else about somebody of hers, so that there is something to see.
    const hers = known.get(someone) ?? []
    const among = random.chance(0.35) && hers.length > 0 ? hers : world.persons.filter((person) => !hers.includes(person))
    const person = random.pick(among.length > 0 ? among : world.persons)
    sending.push(sendOne(world, site, someone, implementation, inputs.make(implementation.contract, String(person.id)), random.chance(0.5), tally))
    if (sending.length === inFlight || n === count - 1) {
      await Promise.all(sending)
      sending = []
    }
  }
}

async function sendOne(
  world: World,
  site: Site,
  someone: Someone,
  implementation: Implementation,
  input: unknown,
  exported: boolean,
  tally: LeakTally,
): Promise<void> {
  const { contract } = implementation
  if (contract.kind === 'action') return scan(world, someone, `action ${contract.name}`, await site.attempt(someone, implementation, input), tally, input)
  const csv = (contract as AnyQuery).csv !== undefined && exported
  const as = csv ? 'csv' : exported ? 'batch' : 'json'
  scan(world, someone, `query ${contract.name}${csv ? '.csv' : ''}`, await site.query(someone, contract.name, input, as), tally, input)
}

/** The persons on whom she has any ground now. */
function knownTo(world: World, { reader }: Someone): readonly Known[] {
  return world.persons.filter((person) => openings(reader, person.grounds, person.wishes, world.table, world.clock().getTime()).length > 0)
}

export interface Twin {
  readonly pairs: number
  readonly different: readonly { readonly request: string; readonly who: string; readonly invisible: string; readonly absent: string }[]
  /** Median times in milliseconds. */
  readonly invisible: number
  readonly absent: number
}

/** Asks for what exists but is closed to her, and for what does not exist: the two answers must be one, in status and in words. */
export async function compareAbsent(world: World, site: Site, random: Random, pairs: number): Promise<Twin> {
  const inputs = inputMaker(world, random)
  const about = [...site.registry.values()].filter(
    ({ contract }) =>
      !declaredExceptions.includes(contract.name) &&
      !declaredDoors.includes(contract.name) &&
      'personId' in ((contract.input as { shape?: object }).shape ?? {}),
  )
  const different: { request: string; who: string; invisible: string; absent: string }[] = []
  const times: { readonly invisible: number[]; readonly absent: number[] } = { invisible: [], absent: [] }
  let done = 0
  for (let tried = 0; done < pairs && tried < pairs * 20; tried++) {
    const implementation = random.pick(about)
    const { contract } = implementation
    const someone = random.pick(world.people)
    const hers = knownTo(world, someone)
    const closed = world.persons.filter((person) => !hers.includes(person))
    if (closed.length === 0) continue
    const person = random.pick(closed)
    const input = inputs.make(contract, String(person.id)) as Record<string, unknown>
    const send = async (personId: string): Promise<{ answer: string; time: number }> => {
      const body = { ...input, personId }
      const started = performance.now()
      const sent = contract.kind === 'query' ? await site.query(someone, contract.name, body) : await site.attempt(someone, implementation, body)
      const time = performance.now() - started
      return { answer: `${sent.status} ${sent.body.replace(/"instance":"[^"]*"/, '')}`, time }
    }
    const both = random.chance(0.5)
    const first = await send(both ? String(person.id) : newId())
    const second = await send(both ? newId() : String(person.id))
    const [invisible, absent] = both ? [first, second] : [second, first]
    done++
    times.invisible.push(invisible.time)
    times.absent.push(absent.time)
    if (invisible.answer !== absent.answer)
      different.push({ request: contract.name, who: someone.label, invisible: invisible.answer.slice(0, 200), absent: absent.answer.slice(0, 200) })
  }
  return { pairs: done, different, invisible: median(times.invisible), absent: median(times.absent) }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
