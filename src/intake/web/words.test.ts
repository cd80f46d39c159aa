import { expect, test } from 'vitest'
import { usualCalendar } from '../../territory/contract/working-time.ts'
import { phoneWords, requestDelay, requesterWords, whoIs } from './words.ts'

const person = {
  personId: 'p' as never,
  birthName: 'KEMPF',
  usedName: 'PERRIN',
  firstName: 'ODILE',
  usedFirstName: null,
  sex: 'F',
  birthDay: '1941-03-12',
  birthDayApproximate: false,
  commune: null,
  deathDay: null,
  identityStatus: 'PROV',
} as const
const nobody = { person: null, personName: null, personBirthDate: null }

test('a list says whom a request is about, and nothing more than what is known', () => {
  expect(whoIs({ ...nobody, concerns: 'person', person })).toMatch(/^Mme\u00a0Odile Perrin, \d+\u00a0ans$/)
  expect(whoIs({ ...nobody, concerns: 'person', person: { ...person, sex: null, birthDay: null } })).toBe('Odile Perrin')
  expect(whoIs({ ...nobody, concerns: 'person', personName: 'GERARD THIRIET' })).toBe('Gerard Thiriet')
  expect(whoIs({ ...nobody, concerns: 'unnamed' })).toBe('Personne non nommée')
  expect(whoIs({ ...nobody, concerns: 'nobody' })).toBe('Sans personne')
})

test('a delay runs in working time and says in words what its pole shows', () => {
  const request = { receivedAt: '2026-10-16T07:00:00Z', dueAt: '2026-10-19T07:00:00Z' }
  expect(requestDelay(request, usualCalendar, new Date('2026-10-16T07:30:00Z'))).toMatchObject({ tone: 'calm', words: 'reste 1\u00a0j', bands: 1 })
  expect(requestDelay(request, usualCalendar, new Date('2026-10-17T07:30:00Z'))).toMatchObject({ tone: 'near' })
  expect(requestDelay(request, usualCalendar, new Date('2026-10-19T10:10:00Z'))).toEqual({ tone: 'late', words: 'en retard de 3\u00a0h', bands: 5 })
  expect(requestDelay({ ...request, dueAt: null }, usualCalendar)).toBeNull()
})

test('who asked is said as it was said', () => {
  expect(requesterWords({ callerName: 'Mme Weiss', callerQuality: 'sa fille', requesterName: 'Mme Weiss' }, 'Aidant')).toBe('sa fille')
  expect(requesterWords({ callerName: 'Mme Weiss', callerQuality: 'secrétaire', requesterName: 'Dr Fritsch' }, 'Médecin')).toBe('Dr Fritsch')
  expect(requesterWords({ callerName: null, callerQuality: null, requesterName: null }, 'CCAS ou CIAS')).toBe('CCAS ou CIAS')
})

test('a number is read aloud with its extension', () => {
  expect(phoneWords('+33353012764 poste 12')).toBe('03\u00a053\u00a001\u00a027\u00a064 poste 12')
})
