import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HospitalSimulator } from '../simulators/hospital/main.ts'
import type { InsiSimulator } from '../simulators/insi/main.ts'
import type { PscSimulatorSettings } from '../simulators/psc/main.ts'
import { personas } from '../src/app/seed/personas.ts'
import { seedDemoRegion } from '../src/app/seed/seed-demo.ts'
import { french } from '../src/platform/contract/typography.ts'
import { auditSigner, newAuditKey } from '../src/platform/server/audit-chain.ts'
import { EmbeddedPostgresError } from '../src/platform/server/embedded/embedded-error.ts'
import { type FileLock, joinUsers, takeFileLock } from '../src/platform/server/embedded/file-lock.ts'
import { createDatabase, databaseExists, databaseUrl, dropDatabase, renameDatabase } from '../src/platform/server/embedded/prepare-database.ts'
import { type EmbeddedPostgres, mainDatabase, startEmbeddedPostgres, usersLock } from '../src/platform/server/embedded/start-embedded-postgres.ts'
import { MigrationMismatch, migrate } from '../src/platform/server/migrate.ts'
import { readSettings, type Settings, SettingsError } from '../src/platform/server/settings.ts'
import { whenAbandoned } from './abandoned.ts'
import { narrate, seconds } from './narration.ts'
import { buildWebIfChanged } from './web-build.ts'

/** A reason not to start that the operator can act on. */
class Refusal extends Error {}

const started = Date.now()
const narration = narrate()
const dataDir = resolve(process.env['JALON_DATA'] ?? fileURLToPath(new URL('../data', import.meta.url)))
/** What must be ended, the last opened first. */
const opened: (() => Promise<void> | void)[] = []
let stopping: Promise<void> | undefined

try {
  installSignals()
  await run()
} catch (error) {
  // A step that fails because everything is being stopped has nothing to say.
  if (stopping) await new Promise(() => undefined)
  process.stderr.write(`\n${explain(error)}\n`)
  await stopAll()
  process.exit(1)
}

async function run(): Promise<void> {
  narration.say(french('Jalon : démonstration, données fictives'))
  const port = wantedPort()
  const lock = await lockFolder()
  opened.push(() => lock.release())
  if (!(await isFree(port))) {
    throw new Refusal(`Le port ${port} est pris par un autre programme. Choisissez-en un autre : PORT=${port + 1} npm run demo`)
  }
  const web = narration.step('Application web', async (detail) => {
    if (!(await buildWebIfChanged({ gallery: true }))) detail('déjà construite')
  })
  // Both are waited for, even if one fails: what has been opened can then be closed.
  const [database, built] = await Promise.allSettled([openDatabase(), web])
  if (database.status === 'rejected') throw database.reason
  if (built.status === 'rejected') throw built.reason
  const postgres = database.value
  const url = await narration.step('Serveur', () => serve(port, postgres))
  writeFileSync(join(dataDir, 'demo.json'), JSON.stringify({ pid: process.pid, url }))
  welcome(url)
}

/** One demo at a time on a folder. What a kill -9 left behind needs a moment to notice that it is alone and to stop. */
async function lockFolder(): Promise<FileLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'demo.lock')
  const lock = (await takeFileLock(file, 'exclusive', 3_000)) ?? ((await isServing()) ? null : await takeFileLock(file, 'exclusive', 15_000))
  if (lock) return lock
  throw new Refusal(
    `Jalon tourne déjà sur ce dossier de données (${dataDir})${runningWhere()}. Arrêtez-le par Ctrl C dans son terminal, ou choisissez un autre dossier : JALON_DATA=autre-dossier PORT=8001 npm run demo`,
  )
}

async function isServing(): Promise<boolean> {
  const url = readRunning()?.url
  if (url === undefined) return false
  return fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function runningWhere(): string {
  const running = readRunning()
  return running === null ? '' : ` : ${running.url}, processus ${running.pid}`
}

function readRunning(): { readonly pid: number; readonly url: string } | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as { pid: number; url: string }
  } catch {
    return null
  }
}

async function openDatabase(): Promise<EmbeddedPostgres> {
  const users = await joinUsers(join(dataDir, usersLock))
  const postgres = await narration.step('Base de données', (detail) => startEmbeddedPostgres({ dataDir, log: detail }))
  opened.push(() => users.leave(() => postgres.stop()))
  postgres.onLost(lose)
  if (await databaseExists(postgres.superUrl, mainDatabase)) {
    await narration.step('Mise à jour du schéma', (detail) => migrate({ ownerUrl: postgres.ownerUrl, appPassword: postgres.appPassword, log: detail }))
  } else {
    await narration.step('Chargement de la région de démonstration', (detail) => loadRegion(postgres, detail))
  }
  return postgres
}

/** Loaded under another name, which is changed at the end: there is a whole region or none, whatever is killed and when. */
async function loadRegion(postgres: EmbeddedPostgres, log: (line: string) => void): Promise<void> {
  const loading = `${mainDatabase}_loading`
  await dropDatabase(postgres.superUrl, loading)
  await createDatabase(postgres.superUrl, loading)
  const ownerUrl = databaseUrl(postgres.ownerUrl, loading)
  await migrate({ ownerUrl, appPassword: postgres.appPassword, log })
  await seedDemoRegion({ ownerUrl, appUrl: databaseUrl(postgres.appUrl, loading), log })
  await renameDatabase(postgres.superUrl, loading, mainDatabase)
}

async function serve(port: number, postgres: EmbeddedPostgres): Promise<string> {
  const [
    { startServer },
    { startPscSimulator },
    { startInsiSimulator },
    { startRorSimulator },
    { demoOffers },
    { startHealthSpace },
    { startCalendar },
    { startHospitalSimulator },
    { declareDemoHospital },
  ] = await Promise.all([
    import('../src/app/server/main.ts'),
    import('../simulators/psc/main.ts'),
    import('../simulators/insi/main.ts'),
    import('../simulators/ror/main.ts'),
    import('../simulators/ror/demo-offers.ts'),
    import('../simulators/mon-espace-sante/main.ts'),
    import('../simulators/calendars/main.ts'),
    import('../simulators/hospital/main.ts'),
    import('../src/app/seed/demo-hospital.ts'),
  ])
  const url = `http://127.0.0.1:${port}`
  const psc = await startPscSimulator({
    port: (await isFree(port + 10)) ? port + 10 : 0,
    redirectUris: [`${url}/login/callback`],
    postLogoutRedirectUris: [`${url}/login/bye`],
    clientId: 'jalon-demo',
    clientSecret: randomBytes(24).toString('base64url'),
  })
  opened.push(() => psc.stop())
  const insi = await startInsiSimulator({ port: 0, folder: join(dataDir, 'insi') })
  opened.push(() => insi.stop())
  const ror = await startRorSimulator(demoOffers(new Date()))
  opened.push(() => ror.close())
  const healthSpace = await startHealthSpace()
  opened.push(() => healthSpace.stop())
  const [outlook, google] = await Promise.all([startCalendar('microsoft'), startCalendar('google')])
  opened.push(() => Promise.all([outlook.stop(), google.stop()]).then(() => undefined))
  const calendars = {
    MICROSOFT_CLIENT_ID: outlook.settings.clientId,
    MICROSOFT_CLIENT_SECRET: outlook.settings.clientSecret,
    MICROSOFT_LOGIN_URL: outlook.settings.tokenUrl.replace(/\/token$/, ''),
    MICROSOFT_GRAPH_URL: outlook.settings.apiUrl,
    GOOGLE_CLIENT_ID: google.settings.clientId,
    GOOGLE_CLIENT_SECRET: google.settings.clientSecret,
    GOOGLE_AUTHORIZE_URL: google.settings.authorizeUrl,
    GOOGLE_TOKEN_URL: google.settings.tokenUrl,
    GOOGLE_API_URL: google.settings.apiUrl,
  }
  const feeds = { ROR_URL: `${ror.url}/fhir`, ROR_API_KEY: 'cle-d-essai' }
  const hospital = await startHospitalSimulator({ port: (await isFree(port + 20)) ? port + 20 : await freePort(), folder: join(dataDir, 'hospital') })
  await declareDemoHospital(postgres.appUrl, hospital.fingerprint)
  const server = await startServer(
    settingsOf(port, url, postgres, {
      ...psc.settings,
      ...insi.settings,
      ...hospital.settings,
      ...feeds,
      ...calendars,
      HEALTH_SPACE_URL: healthSpace.url,
      HEALTH_SPACE_API_KEY: healthSpace.apiKey,
    }),
  )
  opened.push(() => server.stop())
  return url
}

function settingsOf(
  port: number,
  url: string,
  postgres: EmbeddedPostgres,
  partners: PscSimulatorSettings &
    InsiSimulator['settings'] &
    HospitalSimulator['settings'] &
    Readonly<Record<'ROR_URL' | 'ROR_API_KEY' | 'HEALTH_SPACE_URL' | 'HEALTH_SPACE_API_KEY' | 'GOOGLE_API_URL', string>>,
): Settings {
  return readSettings({
    LOG_LEVEL: 'error',
    ...process.env,
    ...partners,
    JALON_MODE: 'demo',
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    // Seals nothing of anybody: the accounts are invented, and what one enrols here must outlive a restart.
    SEALING_KEY: 'key of the demonstration, of no installation',
    AUDIT_KEY_FILE: process.env['AUDIT_KEY_FILE'] ?? auditKeyOfDemo(),
  })
}

/** The key that signs the traces, made at the first start and kept with the data that it signs: the demonstration then shows signed heads. */
function auditKeyOfDemo(): string {
  const file = join(dataDir, 'audit.pem')
  if (!existsSync(file)) {
    const pem = newAuditKey()
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
    writeFileSync(`${file}.pub`, auditSigner(pem).publicKeyPem, { mode: 0o644 })
  }
  return file
}

function welcome(url: string): void {
  const width = Math.max(...personas.map(({ id }) => id.length))
  narration.say(french(`\nJalon est prêt en ${seconds(started)} : ${url}\n\nPersonnages à choisir sur la page de connexion :`))
  for (const { id, label, lookAt } of personas) narration.say(`  ${id.padEnd(width)}  ${label}\n  ${' '.repeat(width)}  ${lookAt}`)
  narration.say(french(`\nTout s’arrête par Ctrl C. Les données restent dans ${dataDir}.`))
}

function wantedPort(): number {
  const text = process.env['PORT'] ?? '8000'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(`PORT doit être un nombre entre 1 et 65535 ; « ${text} » n’en est pas un.`)
  return port
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => answer(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => found(port))
    })
  })
}

function installSignals(): void {
  let asked = 0
  const ask = (): void => {
    asked += 1
    if (asked > 1) process.exit(130)
    narration.say('\nArrêt en cours…')
    void stopAll().then(() => {
      narration.say('Jalon est arrêté. Rien n’est perdu.')
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  whenAbandoned(ask)
}

/** There is nothing left to end in good order: the server's connections are gone, and whatever waited for an answer has had an error. */
function lose(): void {
  if (stopping) return
  process.stderr.write(`\n${french('La base de données s’est arrêtée brusquement. Ce qui était enregistré l’est toujours : relancez npm run demo.')}\n`)
  process.exit(1)
}

/** Ends everything, in the reverse order of opening; what cannot be ended in time is left to the next start, which knows how. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    while (opened.length > 0) {
      const end = opened.pop()
      await Promise.race([Promise.resolve(end?.()).catch(() => undefined), new Promise((next) => setTimeout(next, 15_000).unref())])
    }
  })()
  return stopping
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return french(`Réglages à corriger :\n${error.lines.map((line) => `  · ${line}`).join('\n')}`)
  if (error instanceof MigrationMismatch)
    return french(`${error.message}\nLes données de démonstration sont fictives : pour repartir d’une région neuve, supprimez le dossier ${dataDir}.`)
  if (error instanceof Refusal) return french(error.message)
  if (error instanceof EmbeddedPostgresError) return error.message
  return french(`Jalon n’a pas pu démarrer : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}
