import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nirKey } from './ins.ts'
import { readInsDatamatrix, startsInsDatamatrix, writeInsDatamatrix } from './ins-datamatrix.ts'
import type { InsIdentity } from './insi.ts'
import { officialSpelling } from './names.ts'

const name = fc.stringMatching(/^[A-Za-zÉÈÇÔŒ][A-Za-zéèçôœ' -]{0,40}[a-zé]$/)
const number = fc.tuple(
  fc.constantFrom('1', '2'),
  fc.integer({ min: 0, max: 99 }),
  fc.integer({ min: 1, max: 12 }),
  fc.constantFrom('88', '2A', '2B', '01', '99'),
  fc.integer({ min: 1, max: 999 }),
  fc.integer({ min: 1, max: 999 }),
)
const two = (n: number): string => String(n).padStart(2, '0')
const identity: fc.Arbitrary<InsIdentity> = fc
  .record({
    number,
    oid: fc.constantFrom('1.2.250.1.213.1.4.8' as const, '1.2.250.1.213.1.4.9' as const, '1.2.250.1.213.1.4.10' as const, '1.2.250.1.213.1.4.11' as const),
    birthName: name,
    birthGivenNames: fc.array(
      name.map((one) => one.replaceAll(' ', '-')),
      { minLength: 1, maxLength: 12 },
    ),
    day: fc.integer({ min: 1, max: 28 }),
    place: fc.constantFrom('88383', '2A004', '99352', '01001', '97411'),
  })
  .map(({ number: [sex, year, month, department, commune, order], day, place, ...rest }) => {
    const digits = `${sex}${two(year)}${two(month)}${department}${String(commune).padStart(3, '0')}${String(order).padStart(3, '0')}`
    return {
      ...rest,
      matricule: digits + nirKey(digits),
      sex: sex === '1' ? 'M' : 'F',
      birthDate: `19${two(year)}-${two(month)}-${two(day)}` as never,
      birthPlaceCode: place,
    }
  })

/** As it comes back: official spelling, names cut where the layout cuts them. */
const comingBack = (one: InsIdentity): InsIdentity => ({
  ...one,
  birthName: officialSpelling(one.birthName).slice(0, 100).trim(),
  birthGivenNames: one.birthGivenNames.map(officialSpelling).join(' ').slice(0, 100).split(' ').filter(Boolean),
})

const odile: InsIdentity = {
  matricule: '241038846804527',
  oid: '1.2.250.1.213.1.4.10',
  birthName: "D'Ornano-Kempf",
  birthGivenNames: ['Odile', 'Marie-Thérèse'],
  sex: 'F',
  birthDate: '1941-03-12' as never,
  birthPlaceCode: '88468',
}
const read = (text: string): InsIdentity | string => {
  const answer = readInsDatamatrix(text)
  return answer.ok ? answer.identity : answer.message
}

describe('the DataMatrix INS', () => {
  it('is written as the ANS lays it out', () => {
    expect(writeInsDatamatrix(odile)).toBe(
      "IS010000000000000000000000S1241038846804527S21.2.250.1.213.1.4.10S3ODILE MARIE-THERESE\u001dS4D'ORNANO-KEMPF\u001dS5FS612-03-1941S788468",
    )
  })

  it('gives back what was written, whatever the identity', () => {
    fc.assert(
      fc.property(identity, (one) => {
        expect(read(writeInsDatamatrix(one))).toEqual(comingBack(one))
      }),
      { numRuns: 2000 },
    )
  })

  it('is read when the keyboard lost its separators, wrote them in words, or is French while the scanner is American', () => {
    const american = Object.entries({
      '1': '&',
      '2': 'é',
      '3': '"',
      '4': "'",
      '5': '(',
      '6': '-',
      '7': 'è',
      '8': '_',
      '9': 'ç',
      '0': 'à',
      '-': ')',
      '.': ':',
      "'": 'ù',
      A: 'Q',
      Q: 'A',
      Z: 'W',
      W: 'Z',
      M: '?',
    })
    const onFrenchKeys = (text: string): string => [...text].map((sign) => american.find(([typed]) => typed === sign)?.[1] ?? sign).join('')
    fc.assert(
      fc.property(identity, (one) => {
        const text = writeInsDatamatrix(one)
        const expected = comingBack(one)
        expect(read(text.replaceAll('\u001d', ''))).toEqual(expected)
        expect(read(text.replaceAll('\u001d', '<GS>'))).toEqual(expected)
        expect(read(`]d2${text}\r`)).toEqual(expected)
        expect(read(onFrenchKeys(text))).toEqual(expected)
        expect(startsInsDatamatrix(onFrenchKeys(text))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never takes for an identity what is not one, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(readInsDatamatrix(text).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(identity, fc.nat(), (one, at) => {
        const text = writeInsDatamatrix(one)
        expect(readInsDatamatrix(text.slice(0, at % text.length)).ok, 'a text cut short').toBe(false)
      }),
    )
    expect(read('04/11/1938 Perrin')).toBe('Ce code n’est pas un DataMatrix INS.')
  })
})
