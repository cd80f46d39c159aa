import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComparableIdentity } from './agreement.ts'
import { isOneSlip } from './likeness.ts'
import { compareIdentities, proposedAmong, usualFile } from './matching.ts'
import { sharesOf } from './name-shares.ts'

const gerard: ComparableIdentity = {
  birthName: 'Thiriet',
  usedName: null,
  givenNames: ['Gérard', 'Louis'],
  birthDate: '1938-11-04',
  sex: 'M',
  birthPlaceCode: '88160',
}
const level = (other: Partial<ComparableIdentity>) => compareIdentities(gerard, { ...gerard, ...other }).level

test('the same traits are the same person, accents and order of given names aside', () => {
  expect(compareIdentities(gerard, gerard)).toMatchObject({ score: 100, level: 'same' })
  expect(level({ birthName: 'THIRIET', givenNames: ['GERARD'] })).toBe('same')
})

test.each([
  ['a letter of the name', { birthName: 'Tiriet' }],
  ['day and month inverted', { birthDate: '1938-04-11' }],
  ['one digit of the date', { birthDate: '1938-11-14' }],
  ['the other given name', { givenNames: ['Louis'] }],
  ['name and given name inverted', { birthName: 'Gérard', givenNames: ['Thiriet'] }],
  ['no birth date', { birthDate: null }],
] as const)('with %s otherwise, it is at least probable', (_what, other) => {
  expect(['same', 'probable']).toContain(level(other))
})

test('a twin, a brother, a homonym of another day are not taken for the same', () => {
  expect(level({ givenNames: ['Bernard'] })).not.toBe('same')
  expect(['possible', 'different']).toContain(level({ givenNames: ['Bernadette'], sex: 'F' }))
  expect(['possible', 'different']).toContain(level({ birthDate: '1961-02-27', birthPlaceCode: '54395' }))
  expect(level({ birthName: 'Perrin', givenNames: ['Odile'], birthDate: '1941-03-12', sex: 'F', birthPlaceCode: '88415' })).toBe('different')
})

test('comparing is the same both ways and stays between 0 and 100', () => {
  const identity = fc.record({
    birthName: fc.option(fc.constantFrom('Thiriet', 'Tiriet', 'Perrin', 'Kempf', 'de La Tour'), { nil: null }),
    usedName: fc.option(fc.constantFrom('Perrin', 'Roux'), { nil: null }),
    givenNames: fc.array(fc.constantFrom('Gérard', 'Gerald', 'Odile', 'Thiriet', 'Marie-Odile'), { maxLength: 3 }),
    birthDate: fc.option(fc.constantFrom('1938-11-04', '1938-04-11', '1941-03-12'), { nil: null }),
    sex: fc.option(fc.constantFrom('F' as const, 'M' as const, 'I' as const), { nil: null }),
    birthPlaceCode: fc.option(fc.constantFrom('88160', '88415'), { nil: null }),
  })
  fc.assert(
    fc.property(identity, identity, (a, b) => {
      const [there, back] = [compareIdentities(a, b).score, compareIdentities(b, a).score]
      return there === back && there >= 0 && there <= 100
    }),
  )
})

test('a slip is one letter added, dropped, changed or swapped with its neighbour', () => {
  expect(['THIRIT', 'THIRIETT', 'THIRIES', 'THIREIT'].every((word) => isOneSlip('THIRIET', word))).toBe(true)
  expect(['THIRI', 'TIRIED', 'PERRIN'].some((word) => isOneSlip('THIRIET', word))).toBe(false)
  expect(isOneSlip('ROY', 'ROU')).toBe(false)
})

test('says why two identities look alike, in words', () => {
  const reasons = (other: Partial<ComparableIdentity>) => compareIdentities(gerard, { ...gerard, ...other }).reasons
  expect(reasons({ birthName: 'Tiriet', birthDate: '1938-04-11' })).toEqual([
    'nom qui se prononce de même',
    'mêmes prénoms',
    'jour et mois inversés',
    'même lieu de naissance',
  ])
  expect(reasons({ birthName: 'Gérard', givenNames: ['Thiriet'] })).toContain('nom et prénom inversés')
  expect(reasons({ givenNames: ['Bernard'], phones: [] })).toContain('jumeaux ou jumelles\u00a0?')
})

test('the same matricule is the same person, another one never is', () => {
  const with15 = { ...gerard, matricule: '138118816000117' }
  expect(compareIdentities(with15, { ...with15, birthName: 'Perrin', birthDate: '1950-01-01' })).toMatchObject({ level: 'same', score: 100 })
  expect(compareIdentities(with15, { ...with15, matricule: '138118816000297' })).toMatchObject({ level: 'different', score: 0 })
})

test.each([
  [
    'a married name against a birth name',
    { birthName: 'Kempf', usedName: 'Thiriet', givenNames: ['Odile'], sex: 'F' as const },
    { birthName: 'Thiriet', usedName: null, givenNames: ['Odile'], sex: 'F' as const },
  ],
  ['a compound given name cut short', { givenNames: ['Jean-Pierre'] }, { givenNames: ['Pierre'] }],
  ['its initial', { givenNames: ['Jean-Pierre'] }, { givenNames: ['J. Pierre'] }],
  ['a short form', { givenNames: ['Madeleine'], sex: 'F' as const }, { givenNames: ['Mado'], sex: 'F' as const }],
  ['a compound name of which one half is typed', { birthName: 'Thiriet-Perrin' }, { birthName: 'Thiriet' }],
  ['a name cut by a field that is too short', { birthName: 'Vanderschooten' }, { birthName: 'Vandersch' }],
] as const)('%s is proposed when the day and the place agree', (_what, one, other) => {
  expect(['same', 'probable']).toContain(compareIdentities({ ...gerard, ...one }, { ...gerard, ...other }).level)
})

test('a father and a son of one name, and twins at one telephone, are not proposed', () => {
  const phones = ['0639981452']
  expect(['possible', 'different']).toContain(
    compareIdentities({ ...gerard, phones }, { ...gerard, birthDate: '1964-06-21', givenNames: ['Gérard'], phones }).level,
  )
  expect(['possible', 'different']).toContain(compareIdentities({ ...gerard, phones }, { ...gerard, givenNames: ['Hubert'], phones }).level)
})

test('a rare name says more than a frequent one, and a large file asks for more', () => {
  const shares = sharesOf(200_000, [{ kind: 'family', name: 'THIRIET', share: 0.01 }])
  const slip = { ...gerard, birthDate: '1938-11-05' }
  const [frequent, rare] = [
    { ...usualFile, shares },
    { ...usualFile, shares: sharesOf(200_000, []) },
  ].map((file) => compareIdentities(gerard, slip, file))
  expect(rare?.weight).toBeGreaterThan(frequent?.weight ?? 0)
  expect(rare?.reasons).toContain('même nom (rare)')
  const among = [3000, 40_000, 200_000, 2_000_000, 60_000_000].map((persons) => compareIdentities(gerard, slip, { ...usualFile, persons }).weight)
  expect(among).toEqual([...among].sort((a, b) => b - a))
})

test('who lies far behind the likeliest is not proposed beside her', () => {
  const [her, namesake] = [
    compareIdentities(gerard, gerard),
    compareIdentities(gerard, { ...gerard, birthDate: '1938-11-05', birthPlaceCode: null, givenNames: ['Gérard'] }),
  ]
  expect(proposedAmong([{ match: namesake }])).toHaveLength(namesake.weight >= 0 ? 1 : 0)
  expect(proposedAmong([{ match: her }, { match: namesake }])).toEqual([{ match: her }])
})

test('given names that follow the first and differ speak against', () => {
  const [one, other] = [
    { ...gerard, givenNames: ['Gérard', 'Louis'] },
    { ...gerard, givenNames: ['Gérard', 'Marcel'] },
  ]
  expect(compareIdentities(one, other).weight).toBeLessThan(compareIdentities(one, { ...one, givenNames: ['Gérard'] }).weight)
})

test('a birth name misspelt beside the same used name is the same woman; another birth name is her sister-in-law', () => {
  const odile = { ...gerard, birthName: 'Perrin', usedName: 'Thiriet', givenNames: ['Odile'], sex: 'F' as const, birthPlaceCode: null }
  const [misspelt, inLaw] = ['Perin', 'Kempf'].map((birthName) => compareIdentities(odile, { ...odile, birthName }))
  expect(misspelt?.level).toBe('same')
  expect(misspelt?.reasons).toContain('même nom, l’autre nom à peu près le même')
  expect(inLaw?.weight).toBeLessThan((misspelt?.weight ?? 0) - 5)
  expect(inLaw?.reasons).toContain('même nom utilisé, autre nom de naissance')
})

test('a rare name is no proof between twins, nor between a father and a son', () => {
  const shares = { frequent: sharesOf(200_000, [{ kind: 'family', name: 'THIRIET', share: 0.01 }]), rare: sharesOf(200_000, []) }
  for (const kin of [{ givenNames: ['Hubert'] }, { givenNames: ['Gérard'], birthDate: '1964-06-21' }]) {
    const [frequent, rare] = [shares.frequent, shares.rare].map((one) =>
      compareIdentities(gerard, { ...gerard, ...kin }, { ...usualFile, shares: { ...one, given: () => 0.01 } }),
    )
    expect(rare?.weight).toBe(frequent?.weight)
  }
})

test('a day of a year when few of the file were born says more; a file counted before years were is not misread', () => {
  const counted = sharesOf(200_000, [{ kind: 'year', name: '1938', share: 0.03 }])
  const young = { ...gerard, birthDate: '2004-11-04' }
  expect(compareIdentities(young, young, { ...usualFile, shares: { ...counted, given: () => 0.01 } }).weight).toBeGreaterThan(
    compareIdentities(gerard, gerard, { ...usualFile, shares: { ...counted, given: () => 0.01 } }).weight,
  )
  expect(sharesOf(200_000, []).year('1938')).toBe(0.015)
})
