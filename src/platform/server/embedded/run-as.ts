import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresBinaries } from './binaries.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { runningPostmaster, stopPostmaster } from './postmaster.ts'

const run = promisify(execFile)

/** PostgreSQL refuses to run as root. `namespace`: root outside, an ordinary user inside, so that root's folders stay open to it. */
export type Identity =
  | { readonly kind: 'self' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number; readonly name: string }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }

export interface RunPlan {
  readonly identity: Identity
  /** Folder of the binaries that this identity can execute. */
  readonly home: string
  /** PGDATA, in a folder that this identity can reach. */
  readonly pgdata: string
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number }
}

/** The command line that runs a program of PostgreSQL under an identity, without any PG* variable of the caller. */
export function commandAs(identity: Identity, file: string, args: readonly string[]): Command {
  const options = { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  if (identity.kind === 'namespace') {
    const map = [`--map-user=${identity.uid}`, `--map-group=${identity.gid}`]
    return { file: 'unshare', args: ['--user', ...map, '--', file, ...args], options }
  }
  return { file, args, options: identity.kind === 'user' ? { ...options, uid: identity.uid, gid: identity.gid } : options }
}

export interface PlanOptions {
  /** Where the cluster was at the last start, when it had to be kept away from the wanted folder. */
  readonly recorded?: string | undefined
  /** False keeps away from user namespaces even where the system permits them. */
  readonly userNamespaces?: boolean | undefined
}

/**
 * Chooses who runs PostgreSQL, and from where.
 *
 * An ordinary user runs it herself. Root gives it to the owner of an existing cluster, else to the user `postgres`, when that user
 * can reach the folders; else to a user namespace, where the system permits one; else binaries and cluster go to a folder open to the user.
 */
export async function planRun(binaries: PostgresBinaries, dataDir: string, options: PlanOptions = {}): Promise<RunPlan> {
  const pgdata = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) {
    refuseForeignCluster(pgdata)
    return { identity: { kind: 'self' }, home: binaries.home, pgdata }
  }

  const user = ownerOf(pgdata) ?? ownerOf(dataDir) ?? findUser('postgres') ?? findUser('jalon')
  if (options.recorded && options.recorded !== pgdata && existsSync(options.recorded)) return openFolderPlan(binaries, dataDir, user ?? createUser())

  await chmod(dataDir, statSync(dataDir).mode | 0o011)
  if (user && (await canUse(user, binaries.home, dataDir))) return { identity: user, home: binaries.home, pgdata: await given(user, pgdata) }

  const inside = findUser('postgres') ?? findUser('nobody') ?? { kind: 'user' as const, uid: 65534, gid: 65534, name: 'nobody' }
  const namespace: Identity = { kind: 'namespace', uid: inside.uid, gid: inside.gid }
  if (options.userNamespaces !== false && (await canUse(namespace, binaries.home, dataDir))) {
    return { identity: namespace, home: binaries.home, pgdata: await given({ uid: 0, gid: 0 }, pgdata) }
  }
  return openFolderPlan(binaries, dataDir, user ?? createUser())
}

/** Where neither the user nor a namespace can reach the wanted folder: a folder of the system, found again by the wanted one's path. */
async function openFolderPlan(binaries: PostgresBinaries, dataDir: string, user: Identity & { kind: 'user' }): Promise<RunPlan> {
  const base = '/var/lib/jalon'
  await mkdir(base, { recursive: true, mode: 0o755 })
  const home = join(base, `postgres-${binaries.version}`)
  if (!existsSync(home)) {
    const copying = `${home}.${process.pid}`
    await cp(binaries.home, copying, { recursive: true, verbatimSymlinks: true })
    await rename(copying, home).catch(() => rm(copying, { recursive: true, force: true }))
  }
  const folder = join(base, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const pgdata = join(folder, 'postgres')
  const wanted = join(dataDir, 'postgres')
  if (existsSync(wanted) && !existsSync(pgdata)) {
    await stopLeftover(wanted)
    await cp(wanted, `${pgdata}.${process.pid}`, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
    await rename(`${pgdata}.${process.pid}`, pgdata)
    await rename(wanted, `${wanted}.moved`)
  }
  if (!(await canUse(user, home, folder))) {
    throw new EmbeddedPostgresError(
      `L’utilisateur « ${user.name} » ne peut lire ni ${dataDir} ni ${base}. Lancez Jalon sous un utilisateur ordinaire, ou donnez DATABASE_URL.`,
    )
  }
  return { identity: user, home, pgdata: await given(user, pgdata) }
}

/** Asks the system itself rather than reading modes: access lists and mounts count too. */
async function canUse(identity: Identity, home: string, folder: string): Promise<boolean> {
  const reach = commandAs(identity, '/bin/sh', ['-c', 'cd "$1" && "$2" --version', 'sh', folder, join(home, 'bin', 'postgres')])
  return run(reach.file, [...reach.args], reach.options).then(
    () => true,
    () => false,
  )
}

/** Gives a cluster to whoever will run it; it may have been made under another identity. A folder not made yet is left alone. */
async function given(owner: { uid: number; gid: number }, folder: string): Promise<string> {
  if (!existsSync(folder) || statSync(folder).uid === owner.uid) return folder
  await stopLeftover(folder)
  await chownAll(folder, owner)
  return folder
}

async function stopLeftover(pgdata: string): Promise<void> {
  const left = runningPostmaster(pgdata)
  if (left) await stopPostmaster(left.pid)
}

/** Changes the owner of a folder and of all that it holds; links are changed, not followed. */
async function chownAll(folder: string, owner: { uid: number; gid: number }): Promise<void> {
  await chown(folder, owner.uid, owner.gid)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!(await lstat(path)).isSymbolicLink()) await chown(path, owner.uid, owner.gid)
  }
}

function refuseForeignCluster(pgdata: string): void {
  if (!existsSync(pgdata) || process.getuid === undefined || statSync(pgdata).uid === process.getuid()) return
  throw new EmbeddedPostgresError(
    `Le dossier ${pgdata} appartient à un autre utilisateur de cette machine, qui seul peut démarrer cette base. Reprenez sous cet utilisateur, ou choisissez un autre dossier avec JALON_DATA.`,
  )
}

function ownerOf(folder: string): (Identity & { kind: 'user' }) | null {
  if (!existsSync(folder)) return null
  const { uid } = statSync(folder)
  return uid === 0 ? null : findUser(String(uid))
}

function findUser(nameOrUid: string): (Identity & { kind: 'user' }) | null {
  try {
    const answer = (flag: string): string => execFileSync('id', [flag, nameOrUid], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return { kind: 'user', uid: Number(answer('-u')), gid: Number(answer('-g')), name: answer('-un') }
  } catch {
    return null
  }
}

function createUser(): Identity & { kind: 'user' } {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'jalon'], { stdio: 'ignore' })
  } catch {
    throw new EmbeddedPostgresError(
      'PostgreSQL ne s’exécute pas en tant que root, et aucun utilisateur « postgres » n’existe ni n’a pu être créé. Lancez Jalon sous un utilisateur ordinaire, ou donnez DATABASE_URL.',
    )
  }
  const created = findUser('jalon')
  if (!created) throw new EmbeddedPostgresError('L’utilisateur « jalon » vient d’être créé mais reste introuvable.')
  return created
}
