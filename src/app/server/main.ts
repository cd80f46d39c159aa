import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { offerCalendars } from '../../agenda/server/calendar-link.sql.ts'
import { addCalendarLinks } from '../../agenda/server/calendar-routes.ts'
import { agendaCrontab, agendaJobs } from '../../agenda/server/jobs.ts'
import { anchorDestinations, auditTrailCrontab, auditTrailJobs } from '../../audit-trail/server/api.ts'
import { carePlansCrontab, carePlansJobs } from '../../care-plans/server/jobs.ts'
import { careTeamCrontab, careTeamJobs } from '../../care-team/server/mandates.ts'
import { caseConferencesCrontab, caseConferencesJobs } from '../../case-conferences/server/relaunch.ts'
import { conversationsCrontab } from '../../conversations/server/jobs.ts'
import { conversationFilesScanned } from '../../conversations/server/scanned-files.ts'
import type { FeedKey } from '../../directory/contract/feeds.ts'
import { configureFeeds, watchFeeds } from '../../directory/server/api.ts'
import { directoryCrontab, directoryFeedJobs } from '../../directory/server/jobs.ts'
import { duplicatesCrontab } from '../../duplicates/server/jobs.ts'
import { selectPresentIds } from '../../duplicates/server/pair.sql.ts'
import { episodesCrontab, episodesJobs } from '../../episodes/server/relaunch.ts'
import { hospitalEventsCrontab, hospitalEventsJobs } from '../../hospital-events/server/jobs.ts'
import { openScanPort } from '../../interop/antivirus/server/clamd.ts'
import { calendarPorts } from '../../interop/calendars/server/settings.ts'
import { mllpOptions, openMllpListener } from '../../interop/hospital/mllp-listener.ts'
import { openInsi } from '../../interop/insi/server/insi-client.ts'
import { insiSettings } from '../../interop/insi/server/settings.ts'
import { letterSettings, openLetters } from '../../interop/letters/server/port.ts'
import { healthSpaceSettings, openHealthSpace } from '../../interop/mon-espace-sante/server/client.ts'
import { mailboxSettings, openMailbox } from '../../interop/mon-espace-sante/server/mailbox.ts'
import { noticeSettings, openNotices } from '../../interop/notices/server/port.ts'
import { openSipListener } from '../../interop/telephony/sip-listener.ts'
import { noteFilesScanned } from '../../liaison/server/api.ts'
import { liaisonCrontab, liaisonJobs } from '../../liaison/server/jobs.ts'
import { offlineCrontab, offlineJobs } from '../../offline/server/announce-deposits.ts'
import { insiJobs, personsCrontab } from '../../persons/server/insi-jobs.ts'
import { personNoticesCrontab, personNoticesJobs } from '../../persons/server/send-person-notices.ts'
import { attachmentsCrontab, attachmentsJobs } from '../../platform/server/attachments/scan.ts'
import { auditSigner } from '../../platform/server/audit-chain.ts'
import { asSystem, openDatabase } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { openFeed } from '../../platform/server/feed.ts'
import { createHttp } from '../../platform/server/http.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { startSequencer } from '../../platform/server/sequencer.ts'
import { mapStyleOf, readSettings, type Settings, SettingsError } from '../../platform/server/settings.ts'
import { keepStanding } from '../../platform/server/standing.ts'
import { addStream } from '../../platform/server/stream.ts'
import { startSubscribers } from '../../platform/server/subscribers.ts'
import { startWorker } from '../../platform/server/worker.ts'
import { privacyCrontab, privacyJobs } from '../../privacy/server/jobs.ts'
import { watchOpenings } from '../../sign-in/server/opening-watch.ts'
import { openSeal } from '../../sign-in/server/seal.ts'
import { telephonyCrontab } from '../../telephony/server/jobs.ts'
import { openCallers } from '../../territory/server/callers.ts'
import { feedReaders } from './feed-readers.ts'
import { recordInstallation } from './installation.sql.ts'
import { personTables } from './person-data.ts'
import { refuseDemoInProduction } from './production-guard.ts'
import { jobs, registry, subscribers } from './registry.ts'
import { addRoutes } from './routes.ts'

const softwareVersion = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version

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
  const signer = settings.AUDIT_KEY_FILE === undefined ? undefined : auditSigner(readFileSync(settings.AUDIT_KEY_FILE, 'utf8'))
  const sequencer = startSequencer(db, log, { signer })
  const openings = watchOpenings(db, { clock, timeZone: settings.TIME_ZONE, log })
  const gate: Gate = { db, clock, timeZone: settings.TIME_ZONE, committed: sequencer.wake, openings, log }

  const callers = openCallers(db, {
    publicUrl: settings.PUBLIC_URL,
    timeZone: settings.TIME_ZONE,
    clock,
    seen: ({ actor, filesClosedUntil }) => openings.seen(actor.userId, filesClosedUntil),
  })
  const { identify } = callers
  const standing = keepStanding(feed, callers.again)
  // Only the addresses named: whoever is in front adds to X-Forwarded-For, and its first entry is what the caller chose to write.
  const trustProxy = settings.TRUST_PROXY === '1' ? 'loopback' : settings.TRUST_PROXY === '0' ? false : settings.TRUST_PROXY
  const http = await createHttp({
    gate,
    registry,
    log,
    metrics,
    publicUrl: settings.PUBLIC_URL,
    mapStyleUrl: mapStyleOf(settings),
    trustProxy,
    identify,
    standing,
  })
  const stream = addStream(http, { feed, standing, identify: callers.glance, again: callers.again, log })
  metrics.gauge('jalon_streams', 'Open event streams', stream.count)
  metrics.gauge('jalon_feed_seq', 'Last event announced by this process', feed.lastSeq)
  metrics.gauge('jalon_database_waiting', 'Requests waiting for a database connection', () => db.pool.waitingCount)
  watchFeeds(db, metrics, clock)
  const subscribed = startSubscribers(db, feed, subscribers, log, settings.TIME_ZONE, selectPresentIds)
  const insi = insiSettings(settings)
  const readers = feedReaders(settings)
  await asSystem(db, 'feeds that the settings open', (tx) => configureFeeds(tx, Object.keys(readers) as FeedKey[], clock(), settings.TIME_ZONE))
  const port = insi === null ? null : openInsi(insi, softwareVersion, clock)
  const notices = noticeSettings(settings)
  const letters = letterSettings(settings)
  const healthSpace = healthSpaceSettings(settings)
  const mailbox = mailboxSettings(settings)
  const calendars = calendarPorts(settings)
  const seal = settings.SEALING_KEY === undefined ? null : openSeal(settings.SEALING_KEY)
  await asSystem(db, 'calendars that the settings open', (tx) =>
    offerCalendars(
      tx,
      calendars.map(({ provider }) => provider),
    ),
  )
  const allJobs = {
    ...jobs,
    ...insiJobs(port),
    ...agendaJobs(healthSpace === null ? null : openHealthSpace(healthSpace), seal === null ? null : { ports: calendars, seal, timeZone: settings.TIME_ZONE }),
    ...personNoticesJobs(mailbox === null ? null : openMailbox(mailbox), settings.TIME_ZONE),
    ...carePlansJobs(settings.TIME_ZONE),
    ...hospitalEventsJobs(settings.TIME_ZONE),
    ...caseConferencesJobs,
    ...episodesJobs(settings.TIME_ZONE),
    ...careTeamJobs(settings.TIME_ZONE, { port: letters === null ? null : openLetters(letters), publicUrl: settings.PUBLIC_URL }),
    ...offlineJobs(settings.TIME_ZONE),
    ...liaisonJobs(notices === null ? null : openNotices(notices), settings.TIME_ZONE),
    ...directoryFeedJobs(readers, settings.TIME_ZONE),
    ...auditTrailJobs(signer, anchorDestinations(settings.AUDIT_ANCHORS)),
    ...privacyJobs(personTables, settings.TIME_ZONE),
    ...attachmentsJobs(openScanPort(settings.CLAMD_URL), [noteFilesScanned, conversationFilesScanned], settings.TIME_ZONE),
  }
  const crontab = [
    ...auditTrailCrontab,
    ...privacyCrontab,
    ...personsCrontab,
    ...personNoticesCrontab,
    ...agendaCrontab,
    ...duplicatesCrontab,
    ...conversationsCrontab,
    ...directoryCrontab,
    ...telephonyCrontab,
    ...liaisonCrontab,
    ...offlineCrontab,
    ...carePlansCrontab,
    ...careTeamCrontab,
    ...caseConferencesCrontab,
    ...episodesCrontab,
    ...hospitalEventsCrontab,
    ...attachmentsCrontab,
  ]
  const worker = await startWorker(settings.DATABASE_OWNER_URL, allJobs, { db, ownerUrl: settings.DATABASE_OWNER_URL, log, clock }, crontab)
  await addRoutes(http, { settings, db, gate, registry, metrics, identify, log })
  addCalendarLinks(http, { gate, registry, identify, ports: calendars, seal, publicUrl: settings.PUBLIC_URL })
  const [sipHost = '', sipPort = ''] = settings.SIP_LISTEN?.split(':') ?? []
  const sip =
    settings.SIP_LISTEN === undefined
      ? null
      : await openSipListener(
          { gate, registry },
          { host: sipHost, port: Number(sipPort), peers: settings.SIP_PEERS.split(',').map((peer) => peer.trim()), log },
        )
  const mllp = mllpOptions(settings, log)
  const hospitals = mllp === null ? null : await openMllpListener({ gate, registry }, mllp)
  metrics.gauge('jalon_hospital_conversations', 'Open conversations with hospitals', () => hospitals?.count() ?? 0)
  const url = await http.listen({ port: settings.PORT, host: settings.HOST })
  return {
    url,
    stop: async () => {
      stream.close()
      await sip?.close()
      await hospitals?.close()
      await http.close()
      await worker.stop()
      await openings.settled()
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
