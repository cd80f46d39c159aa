import { expect, test } from 'vitest'
import {
  birthDateFault,
  bornAbroad,
  changedStrictTraits,
  hasOtherBirthName,
  missingTraits,
  type ProvisionalTraits,
  provisionalTraitsSchema,
  strictTraitsSchema,
} from './traits.ts'

const odile = { birthName: 'Kempf', birthGivenNames: ['Odile', 'Marie-Thérèse'], birthDate: '1941-03-12', sex: 'F', birthPlaceCode: '88415' } as const

function messages(input: object): string[] {
  const result = strictTraitsSchema.safeParse(input)
  return result.success ? [] : result.error.issues.map((issue) => issue.message)
}

test('five strict traits are taken as typed, spaces tidied', () => {
  expect(strictTraitsSchema.parse({ ...odile, birthName: '  Kempf   Roux ', birthDate: '12/03/1941' })).toEqual({
    ...odile,
    birthName: 'Kempf Roux',
    birthGivenNames: [...odile.birthGivenNames],
  })
})

test('names typed in haste get their capitals; what was written with care stays', () => {
  const named = (birthName: string, usedName: string) => provisionalTraitsSchema.parse({ ...odile, birthName, usedName })
  expect(named('perrin', 'le goff-d’ornano')).toMatchObject({ birthName: 'Perrin', usedName: 'Le Goff-D’Ornano' })
  expect(named('PERRIN', 'de La Tour')).toMatchObject({ birthName: 'PERRIN', usedName: 'de La Tour' })
})

test('no birth in the future, before 1850, nor at an impossible age', () => {
  expect(birthDateFault('2026-11-22', '2026-11-22')).toBeNull()
  expect(birthDateFault('2026-11-23', '2026-11-22')).toContain('futur')
  expect(birthDateFault('1849-12-31', '1900-01-01')).toContain('1850')
  expect(birthDateFault('1900-01-01', '2026-11-22')).toContain('125')
  expect(messages({ ...odile, birthDate: '2999-01-01' })).toEqual([expect.stringContaining('futur')])
  expect(messages({ ...odile, birthDate: '31/02/1941' })).toEqual([expect.stringContaining('31 février')])
})

test('names have letters, limits and French messages', () => {
  expect(messages({ ...odile, birthName: 'R2D2' })).toEqual(['Un nom s’écrit avec des lettres, des espaces, des tirets et des apostrophes.'])
  expect(messages({ ...odile, birthName: '' })).toContain('À remplir.')
  expect(messages({ ...odile, birthName: 'x'.repeat(101) })).toEqual(['Trop long\u00a0: 100 caractères au plus.'])
  expect(messages({ ...odile, birthGivenNames: [] })).toEqual(['Au moins un prénom.'])
  expect(messages({ ...odile, birthName: "d'Ornano-Le Goff" })).toEqual([])
  expect(messages({ ...odile, birthName: 'Nguyễn Thị' })).toEqual([])
})

test('the birthplace is a commune, Corsica included, or a country', () => {
  for (const code of ['88415', '2A004', '97411', '99109', '75108']) expect(messages({ ...odile, birthPlaceCode: code })).toEqual([])
  for (const code of ['', '884', '2C004', '00123', 'Épinal']) expect(messages({ ...odile, birthPlaceCode: code })).toHaveLength(1)
  expect(bornAbroad('99109')).toBe(true)
  expect(bornAbroad('88415')).toBe(false)
})

test('a call gives a name, and what nobody said stays absent', () => {
  const traits = provisionalTraitsSchema.parse({ usedName: 'Perrin', sex: '' })
  expect(traits).toMatchObject({ usedName: 'Perrin', birthName: null, sex: null, birthDate: null, birthGivenNames: [] })
  expect(provisionalTraitsSchema.safeParse({ sex: 'F' }).success).toBe(false)
  expect(missingTraits(traits)).toEqual(['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlaceCode'])
})

test('an approximate date and an undetermined sex are still to be learnt', () => {
  const traits = provisionalTraitsSchema.parse({ ...odile, birthGivenNames: ['Odile'], sex: 'I', birthDateApproximate: true })
  expect(missingTraits(traits)).toEqual(['birthDate', 'sex'])
})

test('accents and capitals do not make another identity; another day does', () => {
  const before: ProvisionalTraits = provisionalTraitsSchema.parse({ ...odile, birthGivenNames: [...odile.birthGivenNames] })
  expect(changedStrictTraits(before, { ...before, birthName: 'KEMPF', birthGivenNames: ['ODILE', 'MARIE-THERESE'] })).toEqual([])
  expect(changedStrictTraits(before, { ...before, birthName: 'Kempff', birthDate: null })).toEqual(['birthName', 'birthDate'])
})

test('the birth name is said only when it is not the one in use', () => {
  expect(hasOtherBirthName({ usedName: 'Perrin', birthName: 'Kempf' })).toBe(true)
  expect(hasOtherBirthName({ usedName: 'PERRIN', birthName: 'Perrin' })).toBe(false)
  expect(hasOtherBirthName({ usedName: null, birthName: 'Perrin' })).toBe(false)
})
