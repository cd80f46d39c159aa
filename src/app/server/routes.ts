import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { addAgendaFeeds } from '../../agenda/server/routes.ts'
import { cardOfNationalId } from '../../directory/server/api.ts'
import { addHospitalHook } from '../../interop/hospital/hook.ts'
import { addLoginRoutes } from '../../interop/psc/server/routes.ts'
import { addTelephonyWebhook } from '../../interop/telephony/webhook.ts'
import { addOfflineRoutes } from '../../offline/server/routes.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import type { Caller } from '../../platform/server/http.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import type { Log } from '../../platform/server/log.ts'
import type { Metrics } from '../../platform/server/metrics.ts'
import { openApiOf } from '../../platform/server/openapi.ts'
import { mapStyleOf, type Settings } from '../../platform/server/settings.ts'
import { addSignInRoutes } from '../../sign-in/server/routes.ts'
import { addPublicTerritory, publicTerritoryPaths } from '../../territory/server/public-routes.ts'
import { apiPage } from './api-page.ts'
import { keptFor } from './kept-for.ts'

export interface RouteContext {
  readonly settings: Settings
  readonly db: Database
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
  readonly metrics: Metrics
  readonly log: Log
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
}

const root = fileURLToPath(new URL('../../../dist/web/', import.meta.url))
const manifest = fileURLToPath(new URL('../../../package.json', import.meta.url))

/** The few routes written by hand: who I am, health, documentation, login, files of the browser. */
export async function addRoutes(http: FastifyInstance, context: RouteContext): Promise<void> {
  const { settings, db, registry, metrics, identify } = context
  const version = (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version

  http.get('/api/me', async (request, reply) => {
    const caller = await identify(request)
    reply.header('cache-control', 'no-store')
    if (caller === null) throw new DomainError('forbidden', 'signed_out')
    return {
      actor: caller.actor,
      draftSecret: caller.draftSecret,
      method: caller.method,
      settings: {
        mode: settings.JALON_MODE,
        timeZone: settings.TIME_ZONE,
        publicHolidays: settings.PUBLIC_HOLIDAYS,
        mapStyleUrl: mapStyleOf(settings),
        pushKey: settings.VAPID_PUBLIC_KEY ?? null,
        offline: settings.SEALING_KEY !== undefined,
        version,
      },
    }
  })
  http.get('/health/live', async () => ({ status: 'ok' }))
  http.get('/health/ready', async (_request, reply) => {
    try {
      await sql`select 1 from platform.setting limit 1`.execute(db.kysely)
      return { status: 'ok' }
    } catch {
      return reply.status(503).send({ status: 'database unreachable' })
    }
  })
  http.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  const document = openApiOf(registry, { url: settings.PUBLIC_URL, version })
  Object.assign(document['paths'] as object, publicTerritoryPaths)
  http.get('/api/openapi.json', async () => document)
  addPublicTerritory(http, context)
  await addTelephonyWebhook(http, context)
  await addHospitalHook(http, context)
  addAgendaFeeds(http, context)
  http.get('/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(apiPage(registry, version)))

  addSignInRoutes(http, { gate: context.gate, publicUrl: settings.PUBLIC_URL, sealingKey: settings.SEALING_KEY, identify })
  const sealingKeys = settings.SEALING_KEY === undefined ? [] : [settings.SEALING_KEY, ...settings.SEALING_KEY_FORMER]
  addOfflineRoutes(http, { gate: context.gate, registry, publicUrl: settings.PUBLIC_URL, sealingKeys, identify })
  await addLoginRoutes(http, { ...context, directoryCard: cardOfNationalId })
  await addBrowserFiles(http)
}

/** Pages are words and ids between slashes: « /annuaire~ » or « /.env » is no page, and says so instead of showing the application. */
const pageOfTheApplication = /^\/(?:[\w-]+(?:\/[\w-]+)*\/?)?$/

/** The built application: hashed files for a year, and index.html with a fresh nonce for every other address. */
async function addBrowserFiles(http: FastifyInstance): Promise<void> {
  if (!existsSync(root)) return
  await http.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', keptFor(path.slice(root.length))),
  })
  const index = await readFile(`${root}index.html`, 'utf8')
  http.get('/*', async (request, reply) => {
    const [path = '/'] = request.url.split('?')
    if (path.startsWith('/api/') || path.startsWith('/assets/') || !pageOfTheApplication.test(path))
      throw new DomainError('not_found', 'not_found', { what: 'route' })
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(index.replaceAll('__CSP_NONCE__', request.cspNonce))
  })
}
