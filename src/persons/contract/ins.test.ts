import fs from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkMatricule, formatMatricule, insAuthorities, insOidAllowed, insOidFits, nirDisagreements, nirKey, parseNir } from './ins.ts'

test('the key of a NIR is 97 minus the rest by 97', () => {
  expect(nirKey('2770763220829')).toBe('10')
  expect(nirKey('2790351215189')).toBe('89')
})

test('in Corsica 2A counts as 19 and 2B as 18', () => {
  expect(nirKey('185052A006084')).toBe(String(97 - (1850519006084 % 97)).padStart(2, '0'))
  expect(nirKey('185052B006084')).toBe(String(97 - (1850518006084 % 97)).padStart(2, '0'))
  expect(parseNir(`185052a006084${nirKey('185052A006084')}`)).toMatchObject({ ok: true, nir: { number: '185052A006084', keyValid: true } })
})

test('a matricule typed with spaces is understood, with what it says', () => {
  expect(parseNir('2 79 03 51 215 189 89')).toEqual({
    ok: true,
    nir: { number: '2790351215189', key: '89', expectedKey: '89', keyValid: true, sex: 'F', birthYear: '79', birthMonth: 3, provisional: false },
  })
})

test('typed with a wrong key it is refused; imported it is kept with a warning, as official documents carry such numbers', () => {
  expect(checkMatricule('279035121518988', 'entry')).toMatchObject({ ok: false, message: expect.stringContaining('clé') })
  expect(checkMatricule('279035121518988', 'import')).toEqual({
    ok: true,
    matricule: '279035121518988',
    warning: 'La clé du matricule reçu ne correspond pas.',
  })
  expect(checkMatricule('2790351215189', 'entry')).toEqual({ ok: true, matricule: '279035121518989', warning: null })
})

test.each(['', '12', '5790351215189', '2791351215189', '2790051215189', '27903512151891', 'ABCDEFGHIJKLM', '2790351215189890'])(
  '« %s » is not a matricule',
  (typed) => {
    expect(checkMatricule(typed, 'import').ok).toBe(false)
  },
)

test('one changed digit never keeps a valid key', () => {
  const digits = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: 1, max: 2 }),
      fc.nat(12),
      digits,
      (year, month, place, sex, at, digit) => {
        const number = `${sex}${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}88${String(place).padStart(6, '0')}`
        const other = number.slice(0, at) + digit + number.slice(at + 1)
        return other === number || nirKey(other) !== nirKey(number)
      },
    ),
  )
})

test('what the number says otherwise than the traits is a warning', () => {
  const parsed = parseNir('2790351215189')
  if (!parsed.ok) throw new Error('unread')
  expect(nirDisagreements(parsed.nir, { sex: 'F', birthDate: '1979-03-12' })).toEqual([])
  expect(nirDisagreements(parsed.nir, { sex: 'M', birthDate: '1979-04-12' })).toHaveLength(2)
  expect(nirDisagreements(parsed.nir, { sex: null, birthDate: null })).toEqual([])
})

test('no real matricule outside production, no test matricule in production, and nothing under an unknown authority', () => {
  expect(insOidAllowed('1.2.250.1.213.1.4.8', true)).toBe(true)
  expect(insOidAllowed('1.2.250.1.213.1.4.8', false)).toBe(false)
  expect(insOidAllowed('1.2.250.1.213.1.4.10', false)).toBe(true)
  expect(insOidAllowed('1.2.250.1.213.1.4.10', true)).toBe(false)
  expect(insOidAllowed('1.2.250.1.213.1.4.13', false)).toBe(false)
  expect(insOidAllowed('1.2.250.1.213.1.4.2', true)).toBe(false)
})

test('a matricule is printed in its groups', () => {
  expect(formatMatricule('279035121518989').replaceAll('\u00a0', ' ')).toBe('2 79 03 51 215 189 89')
})

const examples = new URL('../../../../shared/data/ans/ins-identities-from-cda-examples.json', import.meta.url)

test.skipIf(!fs.existsSync(examples))('the matricules of the official examples are read, and only those with a valid key pass on entry', () => {
  const identities = JSON.parse(fs.readFileSync(examples, 'utf8')) as { ins: string; nir_key_ok: boolean }[]
  expect(identities.length).toBeGreaterThan(0)
  for (const { ins, nir_key_ok } of identities) expect([ins, checkMatricule(ins, 'entry').ok]).toEqual([ins, nir_key_ok])
})

test('the conventional months of a NIR say no month: 20 to 42 and 50 to 99 are read, 13 to 19 and 43 to 49 are not', () => {
  const month = (two: string) => parseNir(`279${two}51215189`)
  for (const two of ['00', '13', '19', '43', '49']) expect(month(two)).toMatchObject({ ok: false, message: expect.stringContaining(two) })
  for (const two of ['20', '42', '50', '99']) expect(month(two)).toMatchObject({ ok: true, nir: { birthMonth: null } })
  for (const two of ['01', '12']) expect(month(two)).toMatchObject({ ok: true, nir: { birthMonth: Number(two) } })
})

test('the first digit says the sex, and whether the number waits for its certification', () => {
  const first = (digit: string) => {
    const parsed = parseNir(`${digit}790351215189`)
    return parsed.ok ? [parsed.nir.sex, parsed.nir.provisional] : null
  }
  expect(['1', '2', '3', '4', '7', '8'].map(first)).toEqual([
    ['M', false],
    ['F', false],
    ['M', true],
    ['F', true],
    ['M', true],
    ['F', true],
  ])
  expect(['0', '5', '6', '9'].map(first)).toEqual([null, null, null, null])
})

test('a matricule is one number from end to end, whatever separates its groups', () => {
  expect(parseNir('2.79.03-51\u00a0215\u202f189 89')).toMatchObject({ ok: true, nir: { number: '2790351215189' } })
  expect(parseNir('x2790351215189').ok).toBe(false)
  expect(parseNir('2790351215189x').ok).toBe(false)
  expect(parseNir('nothing')).toMatchObject({ message: 'Matricule non compris\u00a0: 13 caractères, ou 15 avec la clé. Votre saisie est gardée.' })
  expect(checkMatricule('nothing', 'entry').ok).toBe(false)
  expect(parseNir('2790351215189')).toMatchObject({ nir: { key: null, keyValid: null } })
})

test('what disagrees is said once: the sex, the year, or the month of the same year', () => {
  const parsed = parseNir('2790351215189')
  const withoutMonth = parseNir('2792051215189')
  if (!parsed.ok || !withoutMonth.ok) throw new Error('unread')
  const said = (sex: 'M' | 'F' | 'I' | null, birthDate: string | null) => nirDisagreements(parsed.nir, { sex, birthDate })
  expect(said('M', null)).toEqual(['Le matricule indique l’autre sexe.'])
  expect(said('I', null)).toEqual([])
  expect(said('F', '1980-03-12')).toEqual(['Le matricule indique une autre année de naissance.'])
  expect(said('F', '1979-04-12')).toEqual(['Le matricule indique un autre mois de naissance.'])
  expect(nirDisagreements(withoutMonth.nir, { sex: 'F', birthDate: '1979-04-12' })).toEqual([])
})

test('a wrong key is said in words, and a matricule without its key is printed in its groups too', () => {
  expect(checkMatricule('279035121518988', 'entry')).toEqual({
    ok: false,
    message: 'La clé ne correspond pas au matricule\u00a0: un chiffre est faux. Votre saisie est gardée.',
  })
  expect(formatMatricule('2790351215189').replaceAll('\u00a0', ' ')).toBe('2 79 03 51 215 189')
  expect(formatMatricule('illisible')).toBe('illisible')
})

test('the four authorities of an INS are named with their environment', () => {
  expect(insAuthorities.map(({ oid, kind, environment }) => `${oid.slice(-2)} ${kind} ${environment}`)).toEqual([
    '.8 NIR production',
    '.9 NIA production',
    '10 NIR test',
    '11 NIR demonstration',
  ])
  expect(insAuthorities.every(({ label }) => label.startsWith('INS'))).toBe(true)
  expect(insOidAllowed('1.2.250.1.213.1.4.9', true)).toBe(true)
  expect(insOidAllowed('1.2.250.1.213.1.4.11', false)).toBe(true)
  expect(insOidAllowed('1.2.250.1.213.1.4.11', true)).toBe(false)
})

test('a matricule stands under the authority that gives its kind: a certified number under that of NIR, a waiting one under that of NIA', () => {
  for (const [oid, nir, nia] of [
    ['1.2.250.1.213.1.4.8', true, false],
    ['1.2.250.1.213.1.4.9', false, true],
    ['1.2.250.1.213.1.4.10', true, true],
    ['1.2.250.1.213.1.4.11', true, true],
  ] as const) {
    expect([oid, insOidFits(oid, '241038815201425'), insOidFits(oid, '141038815201425')]).toEqual([oid, nir, nir])
    for (const first of ['3', '4', '7', '8']) expect([oid, first, insOidFits(oid, `${first}41038815201425`)]).toEqual([oid, first, nia])
    expect(insOidFits(oid, '241038815201437'), 'a later digit says nothing of its kind').toBe(nir)
  }
})
