import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../src/', import.meta.url))

/** Who may name the column of the matricule: persons, which owns it, merges, the demonstration data, and what gives the person or erases what is hers. */
const owners = ['persons/', 'duplicates/', 'app/seed/', 'privacy/', 'platform/server/generated/']

test('nobody reads a matricule past the one door that knows when it may leave', () => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const readers = files.filter((file) => /ins_matricule|insMatricule/.test(readFileSync(file, 'utf8'))).map((file) => relative(root, file))
  expect(readers.length, 'the check sees the sources').toBeGreaterThan(3)
  expect(readers.filter((file) => !owners.some((owner) => file.startsWith(owner)))).toEqual([])
})
