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
