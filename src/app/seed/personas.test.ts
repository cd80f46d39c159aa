import { expect, test } from 'vitest'
import { personaServices } from './persona-services.ts'
import { personas } from './personas.ts'

const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : Number(digit) * 2 - (Number(digit) > 4 ? 9 : 0)), 0) % 10 === 0

test('each persona has an identifier, a label and an RPPS number of the range for tests', () => {
  expect(new Set(personas.map(({ id }) => id)).size).toBe(personas.length)
  expect(new Set(personas.map(({ nationalId }) => nationalId)).size).toBe(personas.length)
  for (const { id, nationalId, label, lookAt } of personas) {
    expect(id).toMatch(/^[a-z0-9-]{1,64}$/)
    expect(nationalId).toMatch(/^81999\d{7}$/)
    expect(luhn(nationalId.slice(1)), id).toBe(true)
    expect(label.length * lookAt.length).toBeGreaterThan(0)
  }
})

test('every function of Jalon but « person » has its persona', () => {
  const functions = new Set<string>(personas.flatMap(({ memberships }) => memberships.flatMap((membership) => membership.functions)))
  expect([...functions].sort()).toEqual([
    'cpts_coordinator',
    'director',
    'doctor',
    'expert_team',
    'front_desk',
    'governance_member',
    'outside_professional',
    'referent',
    'regional_admin',
    'team_lead',
  ])
})

test('the numbers of places carry their key', () => {
  for (const { name, finess, finessLegal, siret } of Object.values(personaServices)) {
    for (const number of [finess, finessLegal, siret].filter((given) => given !== '')) expect(luhn(number), `${name} ${number}`).toBe(true)
  }
})
