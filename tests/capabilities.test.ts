import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const { $comment: _, ...capabilities } = JSON.parse(readFileSync(join(root, 'capabilities.json'), 'utf8')) as Record<string, { knows: string[] }>
const notCapabilities = ['app', 'platform', 'interop']

function reachable(name: string, seen = new Set<string>()): Set<string> {
  for (const other of capabilities[name]?.knows ?? []) {
    if (seen.has(other)) continue
    seen.add(other)
    reachable(other, seen)
  }
  return seen
}

test('every folder of src is a declared capability, and every declared one is a folder', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(folders.filter((name) => !notCapabilities.includes(name)).sort()).toEqual(Object.keys(capabilities).sort())
})

test('a capability names others that exist, and none knows itself through the others', () => {
  for (const [name, { knows }] of Object.entries(capabilities)) {
    expect(Object.keys(capabilities)).toEqual(expect.arrayContaining(knows))
    expect(reachable(name), `${name} knows itself`).not.toContain(name)
  }
})

test('no file is named after what it does not say', () => {
  const empty = /^(utils?|helpers?|common|manager|service|misc|shared|types|index)\.tsx?$/
  const files = ['src', 'simulators', 'scripts', 'bench', 'e2e']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
  expect(files.filter((file) => empty.test(basename(file)))).toEqual([])
})
