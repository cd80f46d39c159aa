import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, howToGetChromium } from '../e2e/chromium.ts'
import { narrate, seconds } from './narration.ts'
import { buildWebIfChanged } from './web-build.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const started = Date.now()

/** `npm test`: everything. `npm test -- --database-only`: the tests that run on PostgreSQL. `npm test -- PATH…`: those tests only. */
const counts: Count[] = []
const paths = args.filter((arg) => !arg.startsWith('--'))
if (args.includes('--database-only')) {
  counts.push(await vitest('unit', databaseTests()))
} else if (paths.length > 0) {
  counts.push(await vitest(paths.some((path) => path.includes('e2e')) ? 'journeys' : 'unit', paths))
} else {
  counts.push(await vitest('unit', []))
  counts.push(await journeys())
}

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
process.stdout.write(`\n${passed} tests réussis, ${failed} en échec (${seconds(started)}).\n`)
// .ci/run adds up several runs.
const tally = process.env['JALON_TEST_TALLY']
if (tally) appendFileSync(tally, `${passed} ${failed}\n`)
process.exitCode = failed === 0 ? 0 : 1

async function journeys(): Promise<Count> {
  if (findChromium() === null) {
    process.stderr.write(`\n${howToGetChromium}\n`)
    return { passed: 0, failed: 1 }
  }
  try {
    await narrate().step('Application web', async (detail) => {
      if (!(await buildWebIfChanged({ gallery: true }))) detail('déjà construite')
    })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
  return vitest('journeys', [])
}

/** Files of tests that ask for a database, found by what they import. */
function databaseTests(): string[] {
  const files = ['src', 'tests', 'simulators'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  return files.filter((file) => file.endsWith('.test.ts') && /testing\/|testDatabase/.test(readFileSync(join(root, file), 'utf8')))
}

function vitest(project: 'unit' | 'journeys', files: readonly string[]): Promise<Count> {
  const report = join(root, 'node_modules/.cache/jalon', `tests-${process.pid}.json`)
  const cli = ['run', '--project', project, '--passWithNoTests', '--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...cli, ...files], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'test', TZ: process.env['TZ'] ?? 'Europe/Paris' },
    })
    child.on('close', (code) => resolve(readReport(report, code ?? 1)))
  })
}

/** A file that does not even load has no test to count: it counts as one that failed. */
function readReport(report: string, code: number): Count {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      testResults: { status: string; assertionResults: { status: string }[] }[]
    }
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    ).length
    return { passed: numPassedTests, failed: Math.max(numFailedTests + broken, code === 0 ? 0 : 1) }
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1 }
  } finally {
    rmSync(report, { force: true })
  }
}
