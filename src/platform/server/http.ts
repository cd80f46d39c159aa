import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { z } from 'zod'
import { type AnyContract, type AnyQuery, type ExportedRows, exportedRowsType, exportReauthentication } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import type { AuditManner } from '../contract/audit.ts'
import { type BatchQuery, batchInput, batchPath } from '../contract/batch.ts'
import { DomainError } from '../contract/errors.ts'
import { csvOf } from './csv.ts'
import { type Call, execute, type Gate } from './execute.ts'
import { executeTogether, type Reading, type ReadingOutcome } from './execute-together.ts'
import { securityHeaders } from './headers.ts'
import type { Implementation } from './implement.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type Problem, problemOf } from './problem.ts'
import type { SignInMethod } from './sessions.ts'
import type { Standing } from './standing.ts'

/** What the process knows of whoever calls: the actor, and the session that made it. */
export interface Caller {
  readonly actor: Actor
  readonly sessionToken: string
  /** Names the session: it opens nothing, and stays when the identifier changes. */
  readonly sessionHandle: string
  readonly draftSecret: string
  /** When she last proved who she is; null when nothing says it. */
  readonly authenticatedAt: Date | null
  readonly method: SignInMethod
}

export interface HttpOptions {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
  readonly log: Log
  readonly metrics: Metrics
  readonly publicUrl: string
  /** Address of the base map's style; '' or absent for our own. */
  readonly mapStyleUrl?: string
  /** Addresses of the reverse proxies that may say whom they speak for; false for none. */
  readonly trustProxy: boolean | string
  /** Finds the caller from the session cookie; null without a live session. */
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
  /** Cuts short the answers to a session that ends meanwhile; absent in tests that have no feed. */
  readonly standing?: Standing
}

/** What a page asks by itself, without a gesture of its user, says so here: it does not prolong the session. */
export const backgroundHeader = 'x-jalon-background'

/** Whose page sends a request: the user who was signed in when the page was loaded. */
export const pageUserHeader = 'x-jalon-user'

/**
 * Refuses what the page of one user sends under the session of another, who has signed in since in the same browser: nothing is done in her
 * name, nothing of hers is shown. A client that is no page of ours says nothing of itself, and has only its own session.
 */
export function requireSameUser(pageUser: unknown, caller: Pick<Caller, 'actor'> | null): void {
  if (typeof pageUser === 'string' && caller !== null && pageUser !== caller.actor.userId) throw new DomainError('conflict', 'another_user')
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

const anonymousId = '00000000-0000-0000-0000-000000000000'
export const anonymous: Actor = {
  kind: 'anonymous',
  userId: anonymousId as never,
  displayName: '',
  serviceId: null,
  serviceKind: null,
  serviceName: '',
  functions: [],
  category: 'administrative',
  professionalId: null,
  parties: [],
  volets: [],
}

/** Builds the server: headers, cookies, limits, errors, and one route per declared action and query. Other routes are added by the app. */
export async function createHttp({
  gate,
  registry,
  log,
  metrics,
  publicUrl,
  mapStyleUrl,
  trustProxy,
  identify,
  standing,
}: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  })
  await http.register(cookie)
  // An answer is made once and read once: the highest levels cost more than the bytes that they save.
  await http.register(compress, { threshold: 2048, encodings: ['br', 'gzip'], zlibOptions: { level: 3 } })
  await http.register(rateLimit, {
    max: 1200,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.cookies[sessionCookieName(publicUrl)] ?? request.ip,
    errorResponseBuilder: () => new DomainError('unavailable', 'too_many_requests'),
  })
  // The limit above goes by session; this one goes by address, so that inventing cookies gains nothing.
  const byAddress = http.createRateLimit({ max: 6000, timeWindow: '1 minute', keyGenerator: (request) => request.ip })
  http.addHook('onRequest', async (request) => {
    const limit = await byAddress(request)
    if (!limit.isAllowed && limit.isExceeded) throw new DomainError('unavailable', 'too_many_requests')
  })
  http.decorateRequest('caller', null)
  http.addHook('onRequest', securityHeaders(publicUrl, mapStyleUrl))
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.observe(route, reply.statusCode, reply.elapsedTime / 1000)
    log.info({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  http.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log))
  http.setNotFoundHandler((request, reply) => sendProblem(new DomainError('not_found', 'not_found', { what: 'route' }), request, reply, log))

  const fromHere = new URL(publicUrl).origin
  const requireSameOrigin = (request: FastifyRequest): void => {
    // A page of another origin can neither set this header nor send this Origin without a preflight, which is never granted.
    const origin = request.headers.origin
    const site = request.headers['sec-fetch-site']
    const elsewhere = (origin !== undefined && origin !== fromHere) || (site !== undefined && site !== 'same-origin')
    if (request.headers['x-jalon'] === undefined || elsewhere) throw new DomainError('forbidden', 'origin_refused')
  }

  /** A large body is received from whoever is signed in, nobody else: looked at before the first byte of it is read. */
  const requireSignedIn = async (request: FastifyRequest): Promise<void> => {
    requireSameOrigin(request)
    if ((await identify(request)) === null) throw new DomainError('forbidden', 'signed_out')
  }

  for (const implementation of registry.values()) {
    const { contract } = implementation
    const path = `/api/${contract.kind === 'action' ? 'actions' : 'queries'}/${contract.name}`
    const most = contract.kind === 'action' ? contract.mostBytes : undefined
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      requireSameOrigin(request)
      const output = await call(request, implementation)
      return reply.header('cache-control', 'no-store').send(output)
    }
    if (most === undefined) http.post(path, handler)
    else http.post(path, { bodyLimit: most, onRequest: requireSignedIn }, handler)
    if (contract.kind === 'query' && contract.csv !== undefined) {
      http.post(`${path}.csv`, async (request, reply) => {
        requireSameOrigin(request)
        const shape = (contract as AnyQuery).csv
        if (shape === undefined) throw new DomainError('not_found', 'not_found')
        const output = await call(request, exporting(implementation, shape), 'export')
        const { next } = output as { readonly next?: unknown }
        // A list comes page by page; the browser asks for the rest, so that the file holds all that the list shows.
        if (typeof next === 'string') reply.header('x-next-cursor', encodeURIComponent(next))
        reply.header('cache-control', 'no-store')
        if (request.headers.accept === exportedRowsType) {
          const rows: ExportedRows = { columns: shape.columns, rows: shape.rows(output) }
          return reply.header('content-type', exportedRowsType).send(JSON.stringify(rows))
        }
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${shape.file}.csv"`)
          .send(csvOf(shape, output))
      })
    }
  }

  // Without settings of its own it counts in the store of the limit above: a reading weighs the same in a batch as alone.
  const bySession = http.createRateLimit()
  http.post(batchPath, async (request, reply) => {
    requireSameOrigin(request)
    const { queries } = batchOf(request.body)
    for (const _ of queries.slice(1)) {
      for (const limit of [await byAddress(request), await bySession(request)])
        if (!limit.isAllowed && limit.isExceeded) throw new DomainError('unavailable', 'too_many_requests')
    }
    const caller = await identify(request)
    requireSameUser(request.headers[pageUserHeader], caller)
    request.caller = caller
    const outcomes = await readTogether(request, caller, queries)
    const answers = outcomes.map((outcome) => {
      if ('output' in outcome) return { status: 200, output: outcome.output }
      const problem = problemOf(outcome.error, request.id)
      logProblem(outcome.error, problem, request, log)
      return { status: problem.status, problem }
    })
    return reply.header('cache-control', 'no-store').send({ answers })
  })

  /** What a query that is unknown, or that asks for a session, answers here is what it would answer alone; the others are read together. */
  async function readTogether(request: FastifyRequest, caller: Caller | null, queries: readonly BatchQuery[]): Promise<readonly ReadingOutcome[]> {
    const asked = queries.map(({ name, input }) => ({ implementation: registry.get(`query:${name}`), input: input ?? {} }))
    const refusals = asked.map(({ implementation }) => {
      if (implementation === undefined) return new DomainError('not_found', 'not_found', { what: 'route' })
      return caller === null && implementation.contract.access.openTo?.whom !== 'everyone' ? new DomainError('forbidden', 'signed_out') : null
    })
    if (caller === null && refusals.every((refusal) => refusal?.code === 'signed_out')) throw new DomainError('forbidden', 'signed_out')
    const readings = asked.filter((_, i) => refusals[i] === null) as readonly Reading[]
    const run = (): Promise<readonly ReadingOutcome[]> => executeTogether(gate, readings, { ...callOf(request, caller), manner: 'screen' })
    const done = [...(await (caller === null || standing === undefined ? run() : standing.during(caller, run)))]
    return refusals.map((refusal) => (refusal === null ? (done.shift() as ReadingOutcome) : { error: refusal }))
  }

  async function call(request: FastifyRequest, implementation: Implementation, manner: AuditManner = 'screen'): Promise<unknown> {
    const { contract } = implementation
    const caller = await identify(request)
    requireSameUser(request.headers[pageUserHeader], caller)
    request.caller = caller
    if (caller === null && contract.access.openTo?.whom !== 'everyone') throw new DomainError('forbidden', 'signed_out')
    const run = (): Promise<unknown> =>
      execute(gate, implementation, {
        ...callOf(request, caller),
        input: request.body ?? {},
        idempotencyKey: contract.kind === 'action' ? idempotencyKey(request, contract) : undefined,
        manner,
      })
    return caller === null || standing === undefined ? run() : standing.during(caller, run)
  }
  return http
}

function batchOf(body: unknown): { readonly queries: readonly BatchQuery[] } {
  const parsed = batchInput.safeParse(body)
  if (parsed.success) return parsed.data
  throw new DomainError('invalid', 'input_invalid', { count: parsed.error.issues.length })
}

function callOf(request: FastifyRequest, caller: Caller | null): Omit<Call, 'input'> {
  return {
    actor: caller?.actor ?? anonymous,
    authenticatedAt: caller?.authenticatedAt ?? null,
    sessionHandle: caller?.sessionHandle,
    requestId: request.id,
    address: request.ip,
  }
}

/** The same query, asking for the recent proof of identity that leaving with a file asks for. */
function exporting(implementation: Implementation, shape: { readonly reauthentication?: number }): Implementation {
  const { contract } = implementation
  const asked = shape.reauthentication ?? ('none' in contract.audit ? undefined : exportReauthentication)
  if (asked === undefined) return implementation
  return { ...implementation, contract: { ...contract, reauthentication: Math.min(asked, contract.reauthentication ?? asked) } }
}

function idempotencyKey(request: FastifyRequest, _contract: AnyContract): string {
  const parsed = z.uuid().safeParse(request.headers['idempotency-key'])
  if (!parsed.success) throw new DomainError('invalid', 'idempotency_key_missing')
  return parsed.data
}

/** `__Host-` where the browser accepts it (https); a plain name on the loopback address of the demo. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https://') ? '__Host-jalon' : 'jalon'
}

/** Turns any error into problem+json; what was not foreseen is logged without a trait and answered without a detail. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const problem = problemOf(error, request.id)
  // Whoever asked has left: a page closed while its answer was on the way is no fault of the server.
  if ((error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE') log.debug({ requestId: request.id }, 'the client left')
  else if (problem.status >= 500) log.error({ err: error, requestId: request.id }, 'unexpected error')
  else log.debug({ code: problem.code, requestId: request.id }, 'refused')
  return reply.status(problem.status).header('cache-control', 'no-store').type('application/problem+json').send(problem)
}

function logProblem(error: unknown, { status, code }: Problem, request: FastifyRequest, log: Log): void {
  if (status >= 500) log.error({ err: error, requestId: request.id }, 'unexpected error')
  else log.debug({ code, requestId: request.id }, 'refused')
}
