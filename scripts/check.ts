import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkDatabaseTypes, checkLockfile, checkMigrations } from './checks.ts'
import { seconds } from './narration.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A check is silent when all is well; what it says otherwise tells what to do. */
interface Check {
  readonly title: string
  readonly run: () => Promise<string | null>
}

const sources = ['src', 'simulators', 'scripts', 'tests', 'e2e', 'bench'].filter((folder) => existsSync(join(root, folder)))

const tool =
  (path: string, ...args: readonly string[]): (() => Promise<string | null>) =>
  () =>
    runTool([join(root, 'node_modules', path), ...args])

/** The longest first: two run at a time. */
const checks: readonly Check[] = [
  { title: 'types TypeScript', run: tool('typescript7/bin/tsc', '-p', '.', '--noEmit', '--pretty', 'false') },
  { title: 'code mort (knip)', run: tool('knip/bin/knip.js', '--no-progress') },
  { title: 'types de la base à jour', run: checkDatabaseTypes },
  { title: 'sens des imports', run: tool('dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.mjs', ...sources) },
  {
    title: 'violations plantées vues',
    run: tool('vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter', 'dot', 'tests/imports.test.ts', 'tests/capabilities.test.ts'),
  },
  {
    title: 'règles d’écriture (biome)',
    run: tool('@biomejs/biome/bin/biome', 'lint', '--colors', 'off', '--error-on-warnings', '--max-diagnostics', '50', '.'),
  },
  { title: 'mise en forme (npm run format)', run: tool('@biomejs/biome/bin/biome', 'format', '--colors', 'off', '--reporter', 'summary', '.') },
  { title: 'migrations scellées', run: checkMigrations },
  { title: 'intégrité de package-lock.json', run: checkLockfile },
]

const started = Date.now()
const waiting = [...checks]
let failed = 0
await Promise.all([work(), work()])
process.stdout.write(
  failed === 0 ? `\nTout est en ordre (${seconds(started)}).\n` : `\n${failed} contrôle${failed > 1 ? 's' : ''} en échec (${seconds(started)}).\n`,
)
process.exitCode = failed === 0 ? 0 : 1

async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const begun = Date.now()
    const fault = await check.run().catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)))
    process.stdout.write(`  ${fault === null ? '✓' : '✗'} ${check.title} (${seconds(begun)})\n`)
    if (fault === null) continue
    failed += 1
    process.stdout.write(`${fault.trimEnd()}\n\n`)
  }
}

function runTool(args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0' } })
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? null : said))
  })
}
