import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, howToGetChromium } from '../e2e/chromium.ts'
import { narrate, seconds } from './narration.ts'
import { buildWebIfChanged } from './web-build.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

/** A part of the run and how long it took, for whoever wants it shorter. */
interface Part extends Count {
  readonly title: string
  readonly ms: number
  /** File, title and first lines of the reason of each test that failed. */
  readonly failures: readonly string[]
  readonly slowest: readonly { readonly file: string; readonly ms: number }[]
}

const titles = { unit: 'Tests unitaires et sur PostgreSQL', journeys: 'Parcours dans le navigateur' } as const
const lasting = (ms: number): string => `${Math.round(ms / 1000).toLocaleString('fr-FR')}\u00a0s`

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const started = Date.now()

/** `npm test`: everything, each screen once. `npm run test:walk`: every screen by everyone. `npm test -- --database-only`: the tests that run on PostgreSQL. `npm test -- PATH…`: those tests only. */
const counts: Part[] = []
const paths = args.filter((arg) => !arg.startsWith('--'))
if (args.includes('--walk')) {
  process.env['JALON_WALK'] = 'whole'
  counts.push(await journeys(['e2e/every-screen.journey.ts']))
} else if (args.includes('--database-only')) {
  counts.push(await vitest('unit', databaseTests()))
} else if (paths.length > 0) {
  counts.push(await (paths.some((path) => path.includes('e2e')) ? journeys(paths) : vitest('unit', paths)))
} else {
  counts.push(await vitest('unit', []))
  counts.push(await journeys())
}

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
for (const { title, ms, slowest } of counts) {
  const longest = slowest.map(({ file, ms: own }) => `${file} ${lasting(own)}`).join(', ')
  process.stdout.write(`\n${title}\u00a0: ${lasting(ms)}${longest ? `, dont ${longest}` : ''}`)
}
process.stdout.write(`\n${passed} tests réussis, ${failed} en échec (${seconds(started)}).\n`)
// .ci/run adds up several runs, and ends with what failed in any of them: the end of a long log is all that is kept of it.
const tally = process.env['JALON_TEST_TALLY']
if (tally) appendFileSync(tally, `${passed} ${failed}\n`)
const told = process.env['JALON_TEST_FAILURES']
if (told) appendFileSync(told, counts.flatMap((count) => count.failures.map((failure) => `${failure}\n\n`)).join(''))
process.exitCode = failed === 0 ? 0 : 1

async function journeys(files: readonly string[] = []): Promise<Part> {
  if (findChromium() === null) {
    process.stderr.write(`\n${howToGetChromium}\n`)
    return notRun(howToGetChromium)
  }
  try {
    await narrate().step('Application web', async (detail) => {
      if (!(await buildWebIfChanged({ gallery: true }))) detail('déjà construite')
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${reason}\n`)
    return notRun(`Application web\u00a0: ${reason}`)
  }
  return vitest('journeys', files)
}

/** Files of tests that ask for a database, found by what they import. */
function databaseTests(): string[] {
  const files = ['src', 'tests', 'simulators'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  return files.filter((file) => file.endsWith('.test.ts') && /testing\/|testDatabase/.test(readFileSync(join(root, file), 'utf8')))
}

function vitest(project: 'unit' | 'journeys', files: readonly string[]): Promise<Part> {
  const began = Date.now()
  const report = join(root, 'node_modules/.cache/jalon', `tests-${process.pid}.json`)
  const cli = ['run', '--project', project, '--passWithNoTests', '--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...cli, ...files], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'test', TZ: process.env['TZ'] ?? 'Europe/Paris' },
    })
    child.on('close', (code) => resolve({ title: titles[project], ms: Date.now() - began, ...readReport(report, code ?? 1) }))
  })
}

function notRun(reason: string): Part {
  return { title: titles.journeys, passed: 0, failed: 1, ms: 0, slowest: [], failures: [`× ${titles.journeys}\u00a0: ${reason}`] }
}

/** A file that does not even load has no test to count: it counts as one that failed. */
function readReport(report: string, code: number): Omit<Part, 'title' | 'ms'> {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      testResults: {
        name: string
        startTime: number
        endTime: number
        status: string
        message: string
        assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
      }[]
    }
    const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
    const failures = [
      ...broken.map(({ name, message }) => failure(name, 'le fichier ne se charge pas', message)),
      ...testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.filter((test) => test.status === 'failed').map((test) => failure(name, test.fullName, test.failureMessages.join('\n'))),
      ),
    ]
    const slowest = testResults
      .map(({ name, startTime, endTime }) => ({ file: relative(root, name), ms: endTime - startTime }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 5)
    return { passed: numPassedTests, failed: Math.max(numFailedTests + broken.length, code === 0 ? 0 : 1), slowest, failures }
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1, slowest: [], failures: [`× aucun résultat n’a été écrit (code ${code})`] }
  } finally {
    rmSync(report, { force: true })
  }
}

function failure(file: string, title: string, reason: string): string {
  const shown = reason
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, 24)
    .map((line) => `  ${line.slice(0, 300)}`)
  return [`× ${relative(root, file)} > ${title}`, ...shown].join('\n')
}
