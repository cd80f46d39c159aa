import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { z } from 'zod'
import { type AnyContract, type AnyQuery, type ExportedRows, exportedRowsType, exportReauthentication } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import type { AuditManner } from '../contract/audit.ts'
import { DomainError } from '../contract/errors.ts'
import { csvOf } from './csv.ts'
import { execute, type Gate } from './execute.ts'
import { securityHeaders } from './headers.ts'
import type { Implementation } from './implement.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { problemOf } from './problem.ts'
import type { SignInMethod } from './sessions.ts'
import type { Standing } from './standing.ts'

/** What the process knows of whoever calls: the actor, and the session that made it. */
export interface Caller {
  readonly actor: Actor
  readonly sessionToken: string
  /** Names the session: it opens nothing, and stays when the identifier changes. */
  readonly sessionHandle: string
  readonly draftSecret: string
  /** When she last proved who she is. */
  readonly authenticatedAt: Date
  readonly method: SignInMethod
}

export interface HttpOptions {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
  readonly log: Log
  readonly metrics: Metrics
  readonly publicUrl: string
  /** Addresses of the reverse proxies that may say whom they speak for; false for none. */
  readonly trustProxy: boolean | string
  /** Finds the caller from the session cookie; null without a live session. */
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
  /** Cuts short the answers to a session that ends meanwhile; absent in tests that have no feed. */
  readonly standing?: Standing
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
export async function createHttp({ gate, registry, log, metrics, publicUrl, trustProxy, identify, standing }: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  })
  await http.register(cookie)
  await http.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] })
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
  http.addHook('onRequest', securityHeaders(publicUrl))
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

  for (const implementation of registry.values()) {
    const { contract } = implementation
    const path = `/api/${contract.kind === 'action' ? 'actions' : 'queries'}/${contract.name}`
    http.post(path, async (request, reply) => {
      requireSameOrigin(request)
      const output = await call(request, implementation)
      return reply.header('cache-control', 'no-store').send(output)
    })
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

  async function call(request: FastifyRequest, implementation: Implementation, manner: AuditManner = 'screen'): Promise<unknown> {
    const { contract } = implementation
    const caller = await identify(request)
    request.caller = caller
    if (caller === null && contract.access.openTo?.whom !== 'everyone') throw new DomainError('forbidden', 'signed_out')
    const run = (): Promise<unknown> =>
      execute(gate, implementation, {
        actor: caller?.actor ?? anonymous,
        input: request.body ?? {},
        idempotencyKey: contract.kind === 'action' ? idempotencyKey(request, contract) : undefined,
        authenticatedAt: caller?.authenticatedAt ?? null,
        sessionHandle: caller?.sessionHandle,
        requestId: request.id,
        address: request.ip,
        manner,
      })
    return caller === null || standing === undefined ? run() : standing.during(caller, run)
  }
  return http
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
  if (problem.status >= 500) log.error({ err: error, requestId: request.id }, 'unexpected error')
  else log.debug({ code: problem.code, requestId: request.id }, 'refused')
  return reply.status(problem.status).header('cache-control', 'no-store').type('application/problem+json').send(problem)
}
