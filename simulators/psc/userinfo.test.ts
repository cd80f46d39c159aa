import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { personas } from '../../src/app/seed/personas.ts'
import { parsePscUserinfo } from '../../src/interop/psc/userinfo.ts'
import { userinfoOf } from './userinfo.ts'

const official = fileURLToPath(new URL('../../../shared/data/ans/psc/userinfo-generate-VIHF-1.json', import.meta.url))

test.skipIf(!existsSync(official))('the stand-in spells every claim as the ANS does (skipped where ../shared is absent)', () => {
  const theirs = keysIn(JSON.parse(readFileSync(official, 'utf8')))
  const doctor = personas.find(({ id }) => id === 'gp')
  const ours = doctor === undefined ? new Set<string>() : keysIn(userinfoOf(doctor))
  expect([...theirs].filter((key) => !ours.has(key))).toEqual([])
  // Told by the documentation of the claims, absent from the published example.
  expect([...ours].filter((key) => !theirs.has(key))).toEqual(['codeGenreActivite'])
})

test.each(personas.map((persona) => [persona.id, persona] as const))('%s is read back with as many situations as she has', (_id, persona) => {
  const parsed = parsePscUserinfo(userinfoOf(persona))
  if (persona.exercices.length === 0) expect(parsed).toEqual({ ok: false, fault: 'no_situation' })
  else expect(parsed).toMatchObject({ ok: true, identity: { nationalId: persona.nationalId, situations: { length: persona.exercices.length } } })
})

function keysIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) keysIn(item, found)
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      found.add(key)
      keysIn(inner, found)
    }
  }
  return found
}
