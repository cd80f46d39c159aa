import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhone, isFictional, parsePhone, parsePhones } from './phones.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test.each([
  ['0353012764', '+33353012764', '03 53 01 27 64', 'fixed'],
  ['03.53.01.27.64', '+33353012764', '03 53 01 27 64', 'fixed'],
  ['+33 (0)3 53 01 27 64', '+33353012764', '03 53 01 27 64', 'fixed'],
  ['0033 6 39 98 22 63', '+33639982263', '06 39 98 22 63', 'mobile'],
  ['0800 00 00 00', '+33800000000', '08 00 00 00 00', 'special'],
  ['0590 12 34 56', '+590590123456', '05 90 12 34 56', 'fixed'],
  ['0692123456', '+262692123456', '06 92 12 34 56', 'mobile'],
  ['0639 01 02 03', '+262639010203', '06 39 01 02 03', 'mobile'],
  ['+596 696 12 34 56', '+596696123456', '06 96 12 34 56', 'mobile'],
  ['+594 594 12 34 56', '+594594123456', '05 94 12 34 56', 'fixed'],
  ['0508 41 12 34', '+508508411234', '05 08 41 12 34', 'fixed'],
  ['+508 41 12 34', '+508411234', '+508 41 12 34', 'fixed'],
  ['+689 40 12 34 56', '+68940123456', '+689 40 12 34 56', 'fixed'],
  ['+687 27 12 34', '+687271234', '+687 27 12 34', 'fixed'],
  ['+352 26 12 34 56', '+35226123456', '+352 261 234 56', 'foreign'],
  ['15', '15', '15', 'short'],
  ['3977', '3977', '39 77', 'short'],
])('%s is understood', (typed, value, text, kind) => {
  const parsed = parsePhone(typed)
  expect(parsed).toMatchObject({ ok: true, phone: { value, kind } })
  if (parsed.ok) expect(plain(parsed.phone.text)).toBe(text)
})

test('the reserved mobile range of Réunion-Mayotte does not swallow the one of the mainland reserved for fiction', () => {
  expect(parsePhone('06 39 98 41 07')).toMatchObject({ ok: true, phone: { value: '+33639984107' } })
})

test.each(['', 'abc', '12', '035301', '03530127640', '+33 1 23', '+590 12', '1234567'])('« %s » is refused with a message', (typed) => {
  expect(parsePhone(typed)).toMatchObject({ ok: false, message: expect.stringContaining('Votre saisie est gardée') })
})

test('an extension is kept apart', () => {
  expect(parsePhone('03 53 01 27 64 poste 112')).toMatchObject({ ok: true, phone: { value: '+33353012764', extension: '112' } })
})

test('several numbers in one field are separated, each once', () => {
  expect(parsePhones('0353012764/06 39 98 22 63 ; 03 53 01 27 64 ou rien').map((phone) => phone.value)).toEqual(['+33353012764', '+33639982263'])
  expect(parsePhones('')).toEqual([])
})

test('reading what is shown gives the same number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), (nine) => {
      const parsed = parsePhone(`0${nine}`)
      if (!parsed.ok) return false
      const again = parsePhone(parsed.phone.text)
      const stored = parsePhone(parsed.phone.value)
      return again.ok && again.phone.value === parsed.phone.value && stored.ok && stored.phone.value === parsed.phone.value
    }),
  )
})

test('a number that cannot be read is shown as it was kept', () => {
  expect(formatPhone('à demander')).toBe('à demander')
})

test('the ranges of fiction are known', () => {
  expect(['+33199001234', '+33353012764', '+33639982263'].every(isFictional)).toBe(true)
  expect(isFictional('+33142000000')).toBe(false)
})
