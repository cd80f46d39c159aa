import { expect, test } from 'vitest'
import { datesOf } from './dates-ahead.ts'

const task = { title: 'Appeler le SSIAD', dueOn: '2026-11-22', dueTime: '09:30', assigneeName: 'Julie Marchal' }

test('tasks, terms of the plan, its review and the end of a pause stand in one order, what is late first', () => {
  const dates = datesOf({
    tasks: [{ ...task, title: 'Sans date', dueOn: null }, { ...task, title: 'Visite', dueTime: null }, task],
    episode: { state: 'dormant', wakeUpOn: '2027-02-01' },
    plan: { reviewOn: '2026-11-29', next: [{ title: 'Portage des repas', dueOn: '2026-11-10', who: null }] },
    today: '2026-11-22',
  })
  expect(dates.map(({ title, things }) => [title, things.map((one) => one.title)])).toEqual([
    ['En retard', ['Portage des repas']],
    ['Dans les sept jours', ['Appeler le SSIAD', 'Visite', 'Revoir le PPCS']],
    ['Plus tard', ['Reprendre l’accompagnement en veille']],
  ])
})

test('an accompaniment that runs has no date of resumption', () => {
  const dates = datesOf({ tasks: [], episode: { state: 'active', wakeUpOn: '2026-11-23' }, plan: null, today: '2026-11-22' })
  expect(dates.flatMap(({ things }) => things)).toEqual([])
})
