import fs from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { luhnKey, parseFiness, parseProfessionalIdentifier, parseRpps, parseSiren, parseSiret, parseStructureIdentifier } from './numbers.ts'

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''))

test('a number completed by its key is right, and any one wrong digit makes it wrong', () => {
  fc.assert(
    fc.property(digits(10), fc.nat(10), fc.integer({ min: 1, max: 9 }), (base, at, shift) => {
      const number = base + luhnKey(base)
      const changed = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1)
      return parseRpps(number).ok && !parseRpps(changed).ok
    }),
  )
})

test('a RPPS is read with spaces and with the 8 of the national identifier', () => {
  const number = `1990000001${luhnKey('1990000001')}`
  expect(parseRpps(number)).toEqual({ ok: true, value: number })
  expect(parseRpps(`8${number}`)).toEqual({ ok: true, value: number })
  expect(parseRpps(` ${number.slice(0, 4)} ${number.slice(4)} `)).toEqual({ ok: true, value: number })
  expect(parseRpps('123')).toEqual({ ok: false, message: 'Un numéro RPPS a 11 chiffres. Votre saisie est gardée.' })
})

test('a FINESS is checked, Corsica taken as it is', () => {
  const finess = `88000001${luhnKey('88000001')}`
  expect(parseFiness(finess)).toEqual({ ok: true, value: finess })
  expect(parseFiness(finess.slice(0, 8) + ((Number(finess[8]) + 1) % 10)).ok).toBe(false)
  expect(parseFiness('2A0000154')).toEqual({ ok: true, value: '2A0000154' })
  expect(parseFiness('88 00').ok).toBe(false)
})

test('SIREN and SIRET are checked, the offices of La Poste by their own rule', () => {
  expect(parseSiren('732 829 320')).toEqual({ ok: true, value: '732829320' })
  expect(parseSiren('732829321').ok).toBe(false)
  expect(parseSiret('732 829 320 00074')).toEqual({ ok: true, value: '73282932000074' })
  expect(parseSiret('73282932000075').ok).toBe(false)
  expect(parseSiret('35600000000048').ok).toBe(true)
  expect(parseSiret('35600000049837').ok).toBe(true)
  expect(parseSiret('35600000049838').ok).toBe(false)
})

test('national identifiers say what they are', () => {
  const rpps = `1990000001${luhnKey('1990000001')}`
  expect(parseProfessionalIdentifier(`8${rpps}`)).toEqual({ kind: 'rpps', value: rpps })
  expect(parseProfessionalIdentifier('0881234567')).toEqual({ kind: 'adeli', value: '881234567' })
  expect(parseProfessionalIdentifier('3880000011/123')).toEqual({ kind: 'internal', value: '880000011/123' })
  expect(parseProfessionalIdentifier('899999999999')).toBeNull()
  expect(parseStructureIdentifier('C73282932000074')).toEqual({ kind: 'siret', value: '73282932000074' })
  expect(parseStructureIdentifier(`F88000001${luhnKey('88000001')}`)?.kind).toBe('finess')
  expect(parseStructureIdentifier('R10012345678')).toEqual({ kind: 'internal', value: '10012345678' })
  expect(parseStructureIdentifier('')).toBeNull()
})

const rppsSample = new URL('../../../../shared/data/reference/rpps/PS_LibreAcces_Personne_activite_SYNTH.txt', import.meta.url)
const finessSample = new URL('../../../../shared/data/reference/finess/etalab-cs1100502-extrait-20260512.csv', import.meta.url)

test.skipIf(!fs.existsSync(rppsSample))('every number of the RPPS sample is right', () => {
  const numbers = fs
    .readFileSync(rppsSample, 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split('|')[1] as string)
  expect(numbers.length).toBeGreaterThan(10)
  expect(numbers.filter((number) => !parseRpps(number).ok)).toEqual([])
})

test.skipIf(!fs.existsSync(finessSample))('every number of the FINESS sample is right', () => {
  const numbers = fs
    .readFileSync(finessSample, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('structureet'))
    .map((line) => line.split(';')[1] as string)
  expect(numbers.length).toBeGreaterThan(3)
  expect(numbers.filter((number) => !parseFiness(number).ok)).toEqual([])
})
