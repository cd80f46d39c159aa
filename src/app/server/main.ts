import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { FastifyRequest } from 'fastify'
import { dayOf } from '../../platform/contract/dates.ts'
import { openDatabase } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { openFeed } from '../../platform/server/feed.ts'
import { createHttp, sessionCookieName } from '../../platform/server/http.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { startSequencer } from '../../platform/server/sequencer.ts'
import { sessionHash, touchSession } from '../../platform/server/sessions.ts'
import { readSettings, type Settings, SettingsError } from '../../platform/server/settings.ts'
import { addStream } from '../../platform/server/stream.ts'
import { startSubscribers } from '../../platform/server/subscribers.ts'
import { startWorker } from '../../platform/server/worker.ts'
import { sessionActor } from '../../territory/server/actor.sql.ts'
import { recordInstallation } from './installation.sql.ts'
import { refuseDemoInProduction } from './production-guard.ts'
import { jobs, registry, subscribers } from './registry.ts'
import { addRoutes } from './routes.ts'

export interface RunningServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts one stateless server process: HTTP, the live feed, the sequencer, the subscribers and the job runner. Several may run on one
 * database. Gives the address it listens on; `stop` ends requests in flight first.
 */
export async function startServer(settings: Settings, { clock = () => new Date() }: { clock?: () => Date } = {}): Promise<RunningServer> {
  const log = createLog(settings.LOG_LEVEL)
  const db = openDatabase(settings.DATABASE_URL)
  await refuseDemoInProduction(db, settings)
  await recordInstallation(db, settings)
  const metrics = createMetrics()
  const feed = await openFeed(db, settings.DATABASE_URL, log)
  const sequencer = startSequencer(db, log)
  const gate: Gate = { db, clock, timeZone: settings.TIME_ZONE, committed: sequencer.wake }
  const cookieName = sessionCookieName(settings.PUBLIC_URL)

  const identify = async (request: FastifyRequest) => {
    const token = request.cookies[cookieName]
    if (token === undefined) return null
    const now = clock()
    const signedIn = await sessionActor(db, sessionHash(token), now, settings.SESSION_IDLE_MINUTES, dayOf(now, settings.TIME_ZONE))
    if (signedIn === null) return null
    if (now.getTime() - signedIn.lastSeenAt.getTime() > 60_000) await touchSession(db, token, now)
    return { actor: signedIn.actor, sessionToken: token, draftSecret: signedIn.draftSecret }
  }
  const http = await createHttp({ gate, registry, log, metrics, publicUrl: settings.PUBLIC_URL, trustProxy: settings.TRUST_PROXY === '1', identify })
  const stream = addStream(http, feed, identify)
  metrics.gauge('jalon_streams', 'Open event streams', stream.count)
  metrics.gauge('jalon_feed_seq', 'Last event announced by this process', feed.lastSeq)
  metrics.gauge('jalon_database_waiting', 'Requests waiting for a database connection', () => db.pool.waitingCount)
  const subscribed = startSubscribers(db, feed, subscribers, log, settings.TIME_ZONE)
  const worker = await startWorker(settings.DATABASE_OWNER_URL, jobs, { db, ownerUrl: settings.DATABASE_OWNER_URL, log, clock })
  await addRoutes(http, { settings, db, gate, registry, metrics, identify, log })
  const url = await http.listen({ port: settings.PORT, host: settings.HOST })
  return {
    url,
    stop: async () => {
      stream.close()
      await http.close()
      await worker.stop()
      await subscribed.stop()
      await sequencer.drain()
      await sequencer.stop()
      await feed.stop()
      await db.close()
    },
  }
}

async function main(): Promise<void> {
  try {
    const server = await startServer(readSettings(process.env))
    process.stdout.write(`Jalon écoute sur ${server.url}\n`)
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    await server.stop()
  } catch (error) {
    const lines = error instanceof SettingsError ? error.lines : [error instanceof Error ? error.message : 'Erreur inconnue.']
    process.stderr.write(`Jalon ne peut pas démarrer :\n${lines.map((line) => `  · ${line}`).join('\n')}\n`)
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
