import { expect, it } from 'vitest'
import { readFilters } from './use-url-filters.ts'

it('reads from an address codes, identifiers and days only', () => {
  const kinds = { state: 'code', motives: 'codes', from: 'day', person: 'id' } as const
  expect(readFilters(kinds, { state: 'to_take', motives: 'B1~fall', from: '2026-10-01', person: '019a0000-0000-7000-8000-000000000001' })).toEqual({
    state: 'to_take',
    motives: ['B1', 'fall'],
    from: '2026-10-01',
    person: '019a0000-0000-7000-8000-000000000001',
  })
})

it('drops whatever is not one: a name never comes in through the address', () => {
  expect(readFilters({ state: 'code', from: 'day', person: 'id' }, { state: 'Mme Perrin', from: '12/03/1941', person: 'perrin', unknown: 'x' })).toEqual({})
})
