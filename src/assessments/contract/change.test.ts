import { expect, test } from 'vitest'
import { changeBetween } from './change.ts'
import { currentForm, currentForms, headerVolet, resultVolet } from './library.ts'

const form = (code: string) => {
  const found = currentForm(code)
  if (found === undefined) throw new Error(`no form ${code}`)
  return found
}

test('a lower GIR is worse, a higher SEGA-A is worse', () => {
  expect([changeBetween(form('aggir'), 4, 3), changeBetween(form('aggir'), 3, 4), changeBetween(form('aggir'), 3, 3)]).toEqual(['worse', 'better', 'same'])
  expect(changeBetween(form('sega_a'), 8, 14)).toBe('worse')
})

test('that an assessment exists is known under its least guarded volet, its score under the most guarded', () => {
  expect([headerVolet(form('aggir')), resultVolet(form('aggir'))]).toEqual(['social', 'health'])
  expect([headerVolet(form('epices')), resultVolet(form('epices'))]).toEqual(['social', 'social'])
  expect(headerVolet(form('multidimensional'))).toBe('administrative')
})

test('each form is offered once, in its current version', () => {
  const codes = currentForms().map((one) => one.code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes).toContain('aggir')
})
