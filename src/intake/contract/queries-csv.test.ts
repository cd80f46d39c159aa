import { expect, test } from 'vitest'
import { csvOf } from '../../platform/server/csv.ts'
import { filedRequests, requestQueue } from './queries.ts'

test('the CSV of the queue names people, motives and states as the screen does, never by a code', () => {
  const row = {
    number: 12,
    person: { birthName: 'KEMPF', usedName: 'PERRIN', firstName: 'Odile' },
    personName: null,
    motives: ['hospital_discharge', 'find_nurse'],
    receivedAt: '2026-10-14T19:12:00.000Z',
    dueAt: null,
    communeName: 'Rupt-sur-Moselle',
    status: 'to_qualify',
    requesterName: null,
    callerName: 'Mme Weiss',
    assignedTo: null,
  }
  const text = csvOf(requestQueue.csv as never, { rows: [row] })
  expect(text).toContain('PERRIN Odile')
  expect(text).toContain('Mme Weiss')
  expect(text).not.toMatch(/hospital_discharge|find_nurse|to_qualify/)
})

test('a professional saves what she asked for, with its answers in words', () => {
  const row = {
    number: 3,
    personName: 'Gérard Thiriet',
    communeName: null,
    receivedAt: '2026-10-14T19:12:00.000Z',
    dacName: 'DAC',
    status: 'closed',
    answers: ['B1'],
    lastFeedbackAt: null,
  }
  const text = csvOf(filedRequests.csv as never, { rows: [row] })
  expect(text).toContain('Gérard Thiriet')
  expect(text).not.toMatch(/;B1;|closed/)
})
