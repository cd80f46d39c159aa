import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Imports that must be refused: the rule, the file that breaks it, what it imports. */
const forbidden: readonly (readonly [string, string, string])[] = [
  ['order-territory', 'src/territory/server/upward.ts', '../../persons/contract/person.ts'],
  ['order-persons', 'src/persons/contract/upward.ts', '../../intake/contract/request.ts'],
  ['order-liaison', 'src/liaison/server/sideways.ts', '../../care-plans/server/api.ts'],
  ['server-through-api', 'src/episodes/server/behind.ts', '../../persons/server/person.sql.ts'],
  ['contract-is-isomorphic', 'src/persons/contract/impure.ts', 'node:fs'],
  ['contract-is-isomorphic', 'src/persons/contract/typed.ts', '../server/person.sql.ts'],
  ['web-sees-contracts', 'src/episodes/web/Neighbour.tsx', '../../persons/web/Header.tsx'],
  ['web-sees-contracts', 'src/episodes/web/Server.tsx', '../server/api.ts'],
  ['web-of-app-and-platform', 'src/app/web/Shell.tsx', '../../persons/server/api.ts'],
  ['browser-without-node', 'src/app/web/Node.tsx', 'node:crypto'],
  ['server-without-web', 'src/persons/server/screen.ts', '../web/Header.tsx'],
  ['database-driver', 'src/persons/server/driver.ts', 'pg'],
  ['database-driver', 'src/persons/server/builder.ts', 'kysely'],
  ['platform-knows-no-capability', 'src/platform/server/partial.ts', '../../persons/server/api.ts'],
  ['interop-is-outermost', 'src/persons/server/partner.ts', '../../interop/psc/client.ts'],
  ['interop-is-outermost', 'src/interop/dmp/other.ts', '../psc/client.ts'],
  ['nobody-imports-app', 'src/persons/server/composed.ts', '../../app/server/main.ts'],
  ['simulators-stay-outside', 'src/interop/dmp/fake.ts', '../../../simulators/psc/main.ts'],
  ['testing-stays-in-tests', 'src/persons/server/scene.ts', '../testing/builders.ts'],
  ['no-cycle', 'src/persons/server/chicken.ts', './egg.ts'],
  ['declared-packages', 'src/persons/server/fake-names.ts', '@faker-js/faker'],
  ['resolvable', 'src/persons/server/lost.ts', './nowhere.ts'],
]

/** Imports that must pass, so that a rule which refuses everything is noticed. */
const permitted: readonly (readonly [string, string])[] = [
  ['src/persons/server/api.ts', './person.sql.ts'],
  ['src/persons/server/person.sql.ts', 'kysely'],
  ['src/persons/server/egg.ts', './chicken.ts'],
  ['src/persons/contract/person.ts', '../../platform/contract/ids.ts'],
  ['src/persons/web/Header.tsx', '../contract/person.ts'],
  ['src/care-plans/server/api.ts', '../../liaison/server/api.ts'],
  ['src/liaison/server/api.ts', '../../persons/server/api.ts'],
  ['src/interop/psc/client.ts', '../../persons/server/api.ts'],
  ['src/app/server/main.ts', '../../interop/psc/client.ts'],
  ['src/persons/server/person.test.ts', '../../intake/testing/builders.ts'],
  ['simulators/psc/main.ts', '../../src/app/seed/personas.ts'],
]

const targets = [
  'src/intake/contract/request.ts',
  'src/platform/contract/ids.ts',
  'src/episodes/server/api.ts',
  'src/persons/testing/builders.ts',
  'src/intake/testing/builders.ts',
  'src/app/seed/personas.ts',
]

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

let folder = ''
let violations: readonly Violation[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jalon-imports-'))
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  const imports = [...forbidden.map(([, file, imported]) => [file, imported] as const), ...permitted]
  await Promise.all(targets.map((file) => write(file, 'export const here = true\n')))
  await Promise.all(imports.map(([file, imported]) => write(file, `import '${imported}'\nexport const here = true\n`)))
  await write(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler", "allowImportingTsExtensions": true, "noEmit": true } }\n',
  )
  await write('package.json', '{ "type": "module", "dependencies": { "pg": "*", "kysely": "*" }, "devDependencies": { "@faker-js/faker": "*" } }\n')
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  violations = await cruise(folder)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function cruise(cwd: string): Promise<readonly Violation[]> {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [depcruise, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'simulators']
  // It exits with the number of violations: the report is read in both cases.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 64_000_000 }).catch((error: { stdout: string }) => error)
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations
}

describe('the import check', () => {
  test.each(forbidden)('%s refuses %s → %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map(({ rule: { name } }) => name)).toContain(rule)
  })

  test.each(permitted.filter(([file]) => file !== 'src/persons/server/egg.ts'))('%s may import %s', (file) => {
    expect(violations.filter(({ from }) => from === file)).toEqual([])
  })
})
