import { createHash, type Hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dayOf } from '../../src/platform/contract/dates.ts'
import { migrationsFingerprint } from '../../src/platform/testing/test-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Changes with whatever a loaded world is made of: the migrations, the loader with every module that it imports, and the day, around which a
 * region is written. A change anywhere else keeps the template.
 */
export async function worldFingerprint(loader: string, at = new Date()): Promise<string> {
  const hash = createHash('sha256')
    .update(await migrationsFingerprint())
    .update(dayOf(at, 'Europe/Paris'))
  await addModule(hash, join(root, loader), new Set())
  return hash.digest('hex')
}

async function addModule(hash: Hash, file: string, seen: Set<string>): Promise<void> {
  if (seen.has(file)) return
  seen.add(file)
  const text = await readFile(file, 'utf8')
  hash.update(relative(root, file)).update('\0').update(text).update('\0')
  for (const [, typeOnly, name = ''] of text.matchAll(/^(?:import|export)\s(type\s)?[^'"]*?from '([^']+)'/gm)) {
    if (typeOnly !== undefined) continue
    if (name.startsWith('.')) await addModule(hash, join(dirname(file), name), seen)
    else if (name.startsWith('@etalab/')) hash.update(JSON.stringify(createRequire(file)(`${name.split('/', 2).join('/')}/package.json`).version))
  }
}
