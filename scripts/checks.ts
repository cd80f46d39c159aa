import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { listMigrations } from '../src/platform/server/migrate.ts'
import { databaseTypesFile, generateDatabaseTypes } from './database-types.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Hash by name of each migration that has landed. The list only grows. */
export type Seals = Readonly<Record<string, string>>

export const sealsFile = 'db/migrations/sealed.json'

export async function readSeals(): Promise<Seals> {
  const file = join(root, sealsFile)
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Seals) : {}
}

/** What seals say that the files, or a later list of seals, no longer say. */
export function brokenSeals(seals: Seals, present: Seals): readonly string[] {
  return Object.entries(seals)
    .filter(([name, sha256]) => present[name] !== sha256)
    .map(([name]) => name)
}

/** Landed migrations are immutable: the files agree with the seals, and the seals with every earlier version of their list in git. */
export async function checkMigrations(): Promise<string | null> {
  const migrations = await listMigrations()
  const present = Object.fromEntries(migrations.map(({ name, sha256 }) => [name, sha256]))
  const seals = await readSeals()
  const changed = brokenSeals(seals, present)
  if (changed.length > 0) return `Migrations changed or removed since they landed: ${changed.join(', ')}. Write a new one instead.`
  const rewritten = (await earlierSeals()).flatMap((earlier) => brokenSeals(earlier, seals))
  if (rewritten.length > 0) return `${sealsFile} no longer says what it said of ${[...new Set(rewritten)].join(', ')}: a seal is never changed.`
  const unsealed = migrations.filter(({ name }) => seals[name] === undefined).map(({ name }) => name)
  if (unsealed.length === 0 || process.env['CI'] !== 'true') return null
  return `Migrations not sealed: ${unsealed.join(', ')}. Run « npm run seal » and commit ${sealsFile} before landing.`
}

/** Every committed version of the list, as far as this clone's history goes. */
async function earlierSeals(): Promise<readonly Seals[]> {
  const git = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)('git', [...args], { cwd: root, maxBuffer: 64_000_000 })).stdout
  if (!existsSync(join(root, '.git'))) return []
  const commits = (await git('log', '--format=%H', '--', sealsFile)).split('\n').filter(Boolean)
  return Promise.all(commits.map(async (commit) => JSON.parse(await git('show', `${commit}:${sealsFile}`).catch(() => '{}')) as Seals))
}

/** The committed types are those of the database that the migrations make. */
export async function checkDatabaseTypes(): Promise<string | null> {
  const generated = await generateDatabaseTypes()
  return generated === (await readFile(databaseTypesFile, 'utf8'))
    ? null
    : 'The types of the database are not those of the migrations. Run « npm run generate » and commit.'
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly version?: string; readonly integrity?: string; readonly resolved?: string }>>
}

/** package-lock.json pins what package.json names, exactly, each package with the hash of its content, and none from elsewhere than the registry. */
export async function checkLockfile(): Promise<string | null> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock
  return lockfileFaults(manifest, lock).join('\n') || null
}

/** Faults of a lockfile, one sentence each. */
export function lockfileFaults(manifest: Manifest, lock: Lock): readonly string[] {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies }
  const locked = { ...lock.packages['']?.dependencies, ...lock.packages['']?.devDependencies }
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '')
  const mantine = new Set(Object.entries(wanted).flatMap(([name, version]) => (name.startsWith('@mantine/') ? [version] : [])))
  return [
    ...Object.entries(wanted).flatMap(([name, version]) =>
      /^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${name}: « ${version} » is not one exact version.`],
    ),
    ...Object.keys({ ...wanted, ...locked }).flatMap((name) =>
      wanted[name] === locked[name] ? [] : [`${name}: package.json says ${wanted[name]}, package-lock.json ${locked[name]}.`],
    ),
    ...installed.flatMap(([path, { integrity }]) => (integrity?.startsWith('sha512-') ? [] : [`${path}: no sha512 integrity.`])),
    ...installed.flatMap(([path, { resolved }]) => (resolved === undefined ? [] : [`${path}: carries a download address; .npmrc keeps them out.`])),
    ...(mantine.size > 1 ? [`@mantine/* must all be of one version, not ${[...mantine].join(', ')}.`] : []),
  ]
}
