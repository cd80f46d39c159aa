import { expect, test } from 'vitest'
import { dueWords } from './TaskList.tsx'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const words = (dueOn: string | null, dueTime: string | null = null): string => plain(dueWords({ dueOn, dueTime }, '2026-10-15'))

test('a task says when it is due, and by how much it is late', () => {
  expect(words('2026-10-13')).toBe('prévu le 13/10, 2 jours de retard')
  expect(words('2026-10-14')).toBe('prévu le 14/10, 1 jour de retard')
  expect(words('2026-10-15')).toBe('aujourd’hui')
  expect(words('2026-10-15', '09:05')).toBe('aujourd’hui à 9 h 05')
  expect(words('2026-10-20')).toBe('pour le 20/10')
  expect(words('2027-01-05')).toBe('pour le 05/01/2027')
  expect(words(null)).toBe('')
})
