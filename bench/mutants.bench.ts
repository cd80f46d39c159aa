import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * What the tests of the kernel (rule of access, identity status, audit chain) would notice: branches covered, and mutants of Stryker killed.
 * Wanted: 100 % of the branches, 90 % of the mutants. Prints the survivors on stderr, one line of JSON on stdout.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const run = (args: readonly string[]): void => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr.slice(-2000)}${stdout.slice(-2000)}`)
}

run(['node_modules/vitest/vitest.mjs', 'run', '--config', 'bench/mutants/vitest.config.ts', '--coverage'])
const summary = JSON.parse(readFileSync(`${root}build/kernel-coverage/coverage-summary.json`, 'utf8')) as Record<
  string,
  { branches: { total: number; covered: number } }
>
const { branches } = summary['total'] as { branches: { total: number; covered: number } }
for (const [file, its] of Object.entries(summary))
  if (file !== 'total' && its.branches.covered < its.branches.total)
    process.stderr.write(`branches: ${file.slice(root.length)} ${its.branches.covered}/${its.branches.total}\n`)

run(['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'bench/mutants/stryker.json'])

interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'CompileError' | 'RuntimeError' | 'Ignored'
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: { readonly line: number } }
}
const report = JSON.parse(readFileSync(`${root}build/mutants.json`, 'utf8')) as { files: Record<string, { mutants: Mutant[] }> }
const files: Record<string, { readonly killed: number; readonly mutants: number }> = {}
for (const [file, { mutants }] of Object.entries(report.files)) {
  const counted = mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
  const alive = counted.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  files[file] = { killed: counted.length - alive.length, mutants: counted.length }
  for (const { mutatorName, replacement, location } of alive)
    process.stderr.write(`survivor: ${file}:${location.start.line} ${mutatorName} → ${(replacement ?? '').replace(/\s+/g, ' ').slice(0, 90)}\n`)
}
const killed = Object.values(files).reduce((sum, one) => sum + one.killed, 0)
const mutants = Object.values(files).reduce((sum, one) => sum + one.mutants, 0)
process.stdout.write(
  `${JSON.stringify({
    bench: 'mutants',
    branches: `${branches.covered}/${branches.total}`,
    mutants,
    killed,
    score: Math.round((1000 * killed) / mutants) / 10,
    target: 90,
    files,
  })}\n`,
)
