import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { listMigrations } from '../src/platform/server/migrate.ts'
import { brokenSeals, readSeals, sealsFile } from './checks.ts'

// Before landing: from then on, each migration is what it is.
const seals = await readSeals()
const present = Object.fromEntries((await listMigrations()).map(({ name, sha256 }) => [name, sha256]))
const broken = brokenSeals(seals, present)
if (broken.length > 0) {
  process.stderr.write(`Already landed, and changed since: ${broken.join(', ')}. Restore them and write a new migration.\n`)
  process.exitCode = 1
} else {
  await writeFile(fileURLToPath(new URL(`../${sealsFile}`, import.meta.url)), `${JSON.stringify(present, null, 2)}\n`)
  process.stdout.write(`${Object.keys(present).length} migrations sealed.\n`)
}
