import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = join(root, 'dist', 'web')
const mark = join(root, 'dist', 'web.sources')
const singles = ['index.html', 'vite.config.ts', 'scripts/offline-shell.ts', 'scripts/french-spaces.ts', 'package-lock.json', 'tsconfig.json', 'docs/aipd.md']
const browserSource = /^(src\/app\/web|src\/platform\/(web|contract)|src\/[^/]+\/(web|contract)|public)\//

export interface WebBuild {
  /** The page of every component in its states, at /composants: in the demo and the tests, never in production. */
  readonly gallery: boolean
}

/** Builds the web application into dist/web unless its sources are those of the last build. Gives true if it built. */
export async function buildWebIfChanged({ gallery }: WebBuild): Promise<boolean> {
  const sources = `${gallery ? 'gallery' : 'production'} ${await fingerprint()}`
  if (existsSync(join(output, 'index.html')) && existsSync(mark) && (await readFile(mark, 'utf8')) === sources) return false
  // Removed first: a build cut short must not pass for a finished one.
  await rm(mark, { force: true })
  await build(gallery)
  await writeFile(mark, sources)
  return true
}

function build(gallery: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn']
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', JALON_GALLERY: gallery ? 'on' : 'off' },
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`La construction de l’application web a échoué.\n${said}`))))
  })
}

async function fingerprint(): Promise<string> {
  const found = await Promise.all(['src', 'public'].filter((folder) => existsSync(join(root, folder))).map((folder) => filesUnder(folder)))
  const files = [
    ...found.flat().filter((file) => browserSource.test(file) && !/\.test\.tsx?$/.test(file)),
    ...singles.filter((file) => existsSync(join(root, file))),
  ].sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))))
  files.forEach((file, index) => {
    hash
      .update(file)
      .update('\0')
      .update(contents[index] ?? '')
      .update('\0')
  })
  return hash.digest('hex')
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
}
