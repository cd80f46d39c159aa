import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { chown, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findBinaries, type PostgresBinaries } from './binaries.ts'
import { type ClusterRecord, checkMajor, newRecord, readRecord, writeRecord } from './cluster-record.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { takeFileLock } from './file-lock.ts'
import { dropRecycledPidFile, endOrphans, isAlive, type Postmaster, runningPostmaster, stopPostmaster } from './postmaster.ts'
import { appRole, databaseUrl, ownerRole, prepareOwner } from './prepare-database.ts'
import { commandAs, planRun, type RunPlan } from './run-as.ts'

const run = promisify(execFile)

/** The name of the one database of an installation. */
export const mainDatabase = 'jalon'

/** In the data folder: held by whoever uses the cluster, so that the command line does not stop the server under a running demo. */
export const usersLock = 'users.lock'

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster, its record (secrets included) and its log; made when missing. */
  readonly dataDir: string
  /** Port wanted; without it, the port of the last start if it is still free, else any free one. */
  readonly port?: number
  /** Receives lines for the operator, in French. */
  readonly log: (line: string) => void
  /** `throwaway`: for tests. Nothing survives a failure of the machine, and commits are faster. */
  readonly durability?: 'durable' | 'throwaway'
  /** False keeps away from user namespaces even where the system permits them. */
  readonly userNamespaces?: boolean
}

export interface EmbeddedPostgres {
  readonly port: number
  readonly version: string
  /** True if a server left by an earlier start was taken over as it ran. */
  readonly reused: boolean
  /** The superuser, on the database `postgres`: to create databases, never to serve. */
  readonly superUrl: string
  /** The owner of databases, on the main database: to migrate and to seed. */
  readonly ownerUrl: string
  /** The server's login, on the main database. */
  readonly appUrl: string
  /** What `migrate` gives to the server's login. */
  readonly appPassword: string
  /** Calls back once if the server goes away without `stop`. */
  onLost(callback: () => void): void
  stop(): Promise<void>
}

/** Settings of the server, for a machine of two cores that also runs a browser. */
const commonSettings = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets are limited to 107 characters, which a data folder easily exceeds.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  // Compiling costs more than it saves on queries of a few milliseconds.
  jit: 'off',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  // Said again here: a cluster made by an early version bears a name that parallel workers refuse.
  default_text_search_config: 'pg_catalog.french',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  // Errors and statements may quote names: only the life of the server is logged. The application logs errors by code.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const

const durabilitySettings = {
  durable: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  throwaway: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' },
} as const

/**
 * Starts the PostgreSQL that npm brought, on 127.0.0.1 with passwords kept in the data folder, or takes over the one that a killed
 * start left running. Sorting is by code point and case by Unicode (builtin C.UTF-8): the same on every machine; Debian's C.UTF-8 agrees.
 *
 * Refuses, in French: a folder of another user, of another major version, or without room.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(options.dataDir)
  const binaries = await findBinaries()
  const lock = await takeFileLock(join(dataDir, 'start.lock'), 'exclusive', 60_000)
  if (!lock) throw new EmbeddedPostgresError(`Un autre démarrage est en cours dans ${dataDir}. Réessayez dans une minute.`)
  try {
    const existing = readRecord(dataDir)
    const plan = await planRun(binaries, dataDir, { recorded: existing?.pgdata, userNamespaces: options.userNamespaces })
    if (existing) checkMajor(dataDir, plan.pgdata, existing.major, binaries.major)
    if (!existing && existsSync(plan.pgdata))
      throw new EmbeddedPostgresError(
        `Le fichier cluster.json manque dans ${dataDir} : il porte les mots de passe de la base. Restaurez-le depuis une sauvegarde du dossier.`,
      )
    const record = existing ?? newRecord(binaries.major, plan.pgdata)
    if (!existing) await writeRecord(dataDir, record)
    if (!existsSync(plan.pgdata)) await initialise(binaries, plan, dataDir, record, options)
    return await startCluster(binaries, plan, dataDir, { ...record, pgdata: plan.pgdata }, options)
  } finally {
    lock.release()
  }
}

/** Removes a cluster with its record and its log, wherever it is kept, once its server is stopped. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const pgdata = existsSync(dataDir) ? readRecord(dataDir)?.pgdata : undefined
  if (pgdata !== undefined) {
    const left = runningPostmaster(pgdata)
    if (left) await stopPostmaster(left.pid)
    await rm(pgdata, { recursive: true, force: true })
  }
  await rm(dataDir, { recursive: true, force: true })
}

/** Makes the cluster beside its place, then moves it there: a start killed half-way leaves nothing that looks finished. */
async function initialise(binaries: PostgresBinaries, plan: RunPlan, dataDir: string, record: ClusterRecord, options: EmbeddedPostgresOptions): Promise<void> {
  options.log(`Création de la base de données (PostgreSQL ${binaries.version})`)
  // A name of its own: the initdb of a start that was killed may still be writing under another one.
  const making = `${plan.pgdata}.new-${process.pid}`
  const passwordFile = join(dirname(plan.pgdata), `initdb-${process.pid}.password`)
  await removeAbandoned(dirname(plan.pgdata))
  await mkdir(making, { mode: 0o700 })
  await writeFile(passwordFile, `${record.superPassword}\n`, { mode: 0o600 })
  const { identity } = plan
  if (identity.kind === 'user') await Promise.all([making, passwordFile].map((path) => chown(path, identity.uid, identity.gid)))
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--text-search-config=french']
  const secrets = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const sync = options.durability === 'throwaway' ? ['--no-sync'] : []
  const attempt = (libcLocale: string): Promise<unknown> => {
    const args = ['-D', making, ...locale, `--locale=${libcLocale}`, ...secrets, ...sync]
    const command = commandAs(identity, join(plan.home, 'bin', 'initdb'), args)
    return run(command.file, [...command.args], command.options)
  }
  try {
    // Some systems have no C.UTF-8 of their own; only what the builtin provider leaves to the system is then plain C.
    await attempt('C.UTF-8').catch(() =>
      rm(making, { recursive: true, force: true })
        .then(() => remake(making, plan))
        .then(() => attempt('C')),
    )
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-3).join(' ') ?? String(error)
    throw new EmbeddedPostgresError(
      `La base de données n’a pas pu être créée dans ${dataDir}. Vérifiez la place libre et les droits du dossier. PostgreSQL dit : ${said}`,
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(making, plan.pgdata)
}

/** What killed starts left. What an orphaned initdb is still writing is left to the next time. */
async function removeAbandoned(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^(postgres\.new-|initdb-)\d+/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)))
}

async function remake(folder: string, plan: RunPlan): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  if (plan.identity.kind === 'user') await chown(folder, plan.identity.uid, plan.identity.gid)
}

async function startCluster(
  binaries: PostgresBinaries,
  plan: RunPlan,
  dataDir: string,
  record: ClusterRecord,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const found = runningPostmaster(plan.pgdata)
  const usable = found !== null && (options.port === undefined || options.port === found.port) && (await accepts(found, record))
  if (found && !usable) await stopPostmaster(found.pid)
  const postmaster = usable ? found : await spawnPostmaster(plan, dataDir, record, options)
  const settled = { ...record, port: postmaster.port, pgdata: plan.pgdata }
  await writeRecord(dataDir, settled)

  const superUrl = urlOf(settled, 'postgres', settled.superPassword)
  if (!usable) await prepareOwner(superUrl, settled.ownerPassword)
  return handle(binaries, postmaster, settled, superUrl, usable)
}

function handle(binaries: PostgresBinaries, postmaster: Postmaster, record: ClusterRecord, superUrl: string, reused: boolean): EmbeddedPostgres {
  let watch: NodeJS.Timeout | undefined
  return {
    port: postmaster.port,
    version: binaries.version,
    reused,
    superUrl,
    ownerUrl: databaseUrl(superUrl, mainDatabase, { role: ownerRole, password: record.ownerPassword }),
    appUrl: databaseUrl(superUrl, mainDatabase, { role: appRole, password: record.appPassword }),
    appPassword: record.appPassword,
    onLost(callback) {
      watch = setInterval(() => {
        if (isAlive(postmaster.pid)) return
        clearInterval(watch)
        callback()
      }, 500)
      watch.unref()
    },
    async stop() {
      clearInterval(watch)
      await stopPostmaster(postmaster.pid)
    },
  }
}

async function accepts(postmaster: Postmaster, record: ClusterRecord): Promise<boolean> {
  if (!postmaster.ready) return false
  try {
    await prepareOwner(urlOf({ ...record, port: postmaster.port }, 'postgres', record.superPassword), record.ownerPassword)
    return true
  } catch {
    return false
  }
}

function urlOf(record: ClusterRecord, role: string, password: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${record.port}/postgres`
}

async function spawnPostmaster(plan: RunPlan, dataDir: string, record: ClusterRecord, options: EmbeddedPostgresOptions): Promise<Postmaster> {
  const logFile = join(dataDir, 'postgres.log')
  await rotate(logFile)
  // Processes orphaned by a kill take a moment to leave, and a port may be taken between its choice and its use.
  for (let attempt = 1; ; attempt++) {
    await endOrphans(plan.pgdata)
    dropRecycledPidFile(plan.pgdata)
    const port = options.port ?? (attempt === 1 && record.port !== null && (await isFree(record.port)) ? record.port : await freePort())
    const started = await launch(plan, port, logFile, options)
    if (started) return started
    if (attempt >= 20) throw new EmbeddedPostgresError(`La base de données ne démarre pas. PostgreSQL dit : ${lastLines(logFile)} (journal : ${logFile})`)
    await sleep(250)
  }
}

async function launch(plan: RunPlan, port: number, logFile: string, options: EmbeddedPostgresOptions): Promise<Postmaster | null> {
  const settings = { ...commonSettings, ...durabilitySettings[options.durability ?? 'durable'], port: String(port) }
  const args = ['-D', plan.pgdata, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const command = commandAs(plan.identity, join(plan.home, 'bin', 'postgres'), args)
  const log = await open(logFile, 'a', 0o600)
  try {
    // Detached: Ctrl C in the terminal must reach the server of Jalon first, which then stops its database.
    const child = spawn(command.file, [...command.args], { ...command.options, detached: true, stdio: ['ignore', log.fd, log.fd] })
    let ended = false
    child.on('exit', () => {
      ended = true
    })
    child.on('error', () => {
      ended = true
    })
    child.unref()
    const deadline = Date.now() + 60_000
    while (!ended && Date.now() < deadline) {
      const postmaster = runningPostmaster(plan.pgdata)
      if (postmaster?.ready && postmaster.pid === child.pid) return postmaster
      await sleep(15)
    }
    return null
  } finally {
    await log.close()
  }
}

async function rotate(logFile: string): Promise<void> {
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) await rename(logFile, `${logFile}.1`)
}

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' ')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
