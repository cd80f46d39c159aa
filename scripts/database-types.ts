import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the types of the database are committed. */
export const databaseTypesFile = join(root, 'src/platform/server/generated/database.ts')

/** How db.ts has `pg` read these types; what is not said keeps the driver's own. */
const typeMapping = { timestamptz: 'string', int8: 'number' }

/** The types of a database migrated now, as TypeScript. The worker's own tables are left out: only its functions are called. */
export async function generateDatabaseTypes(): Promise<string> {
  const user = await joinTestServer()
  const folder = await mkdtemp(join(tmpdir(), 'jalon-types-'))
  try {
    const { name, ownerUrl } = await createTestDatabase()
    const file = join(folder, 'database.ts')
    const codegen = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
    const args = ['--dialect', 'postgres', '--url', ownerUrl, '--out-file', file, '--log-level', 'error', '--exclude-pattern', 'graphile_worker.*']
    const types = ['--date-parser', 'string', '--numeric-parser', 'number', '--type-mapping', JSON.stringify(typeMapping)]
    await promisify(execFile)(process.execPath, [codegen, ...args, ...types], { cwd: root })
    const text = await readFile(file, 'utf8')
    await dropTestDatabase(name)
    return text
  } finally {
    await rm(folder, { recursive: true, force: true })
    await user.leave()
  }
}
