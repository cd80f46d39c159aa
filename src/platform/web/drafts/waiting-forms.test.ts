import { expect, test } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { forgetForms, formName, keepForm, takeForm } from './waiting-forms.ts'

const ofContact = (id: string, baseVersion = 1): string => formName('persons.contact.edit', '/personnes/x', { id, baseVersion, changes: { note: '' } })

test('the same form opened again is the same, whatever id was made for it and whichever version it saw', () => {
  const creating = (): string => formName('episodes.task.add', '/personnes/x', { id: newId(), personId: 'x', title: '' })
  expect(creating()).toBe(creating())
  const old = '01900000-0000-7000-8000-000000000001'
  expect(ofContact(old, 1)).toBe(ofContact(old, 2))
})

test('a form that changes a record is the same after a colleague changed that record, or after midnight', () => {
  const changing = (): string => formName('episodes.level.change', '/personnes/x', 'episode-1')
  expect(changing()).toBe(changing())
  expect(changing()).not.toBe(formName('episodes.level.change', '/personnes/x', 'episode-2'))
  const [evening, morning] = [Date.parse('2026-10-15T20:00:00Z'), Date.parse('2026-10-16T07:00:00Z')]
  const ending = (now: number): string =>
    formName('careTeam.member.end', '/personnes/x', { id: 'm1', reason: '', endsOn: new Date(now).toISOString().slice(0, 10) }, now)
  expect(ending(evening)).toBe(ending(morning))
})

test('what was typed about one record never shows in the form of another, on another page or in another action', () => {
  const [one, other] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
  const names = [ofContact(one), ofContact(other), formName('persons.contact.edit', '/personnes/y', { id: one }), formName('x', '/personnes/x', { id: one })]
  expect(new Set(names).size).toBe(names.length)
})

test('it is given back once, and to nobody else', () => {
  keepForm('a', { text: 'Les mots de Julie.' })
  expect([takeForm('a'), takeForm('a')]).toEqual([{ text: 'Les mots de Julie.' }, null])
  keepForm('a', { text: 'Les mots de Julie.' })
  forgetForms()
  expect(takeForm('a')).toBeNull()
})
