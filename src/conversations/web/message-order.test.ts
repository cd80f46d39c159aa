import fc from 'fast-check'
import { expect, it } from 'vitest'
import { joined, lastNumberOf } from './message-order.ts'

const of = (...numbers: number[]) => numbers.map((number) => ({ number }))

it('keeps messages in their order and each once, however the pages arrive and overlap', () => {
  const page = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }).map((numbers) => of(...[...new Set(numbers)].sort((a, b) => a - b)))
  fc.assert(
    fc.property(fc.array(page, { maxLength: 8 }), (pages) => {
      const held = pages.reduce<readonly { number: number }[]>((before, more) => joined(before, more), [])
      const all = [...new Set(pages.flat().map(({ number }) => number))].sort((a, b) => a - b)
      expect(held.map(({ number }) => number)).toEqual(all)
      expect(lastNumberOf(held)).toBe(all.at(-1) ?? 0)
    }),
  )
})

it('shows a message again as it is now: what became a task says so', () => {
  const before = [
    { number: 1, outcomes: [] as string[] },
    { number: 2, outcomes: [] as string[] },
  ]
  expect(joined(before, [{ number: 1, outcomes: ['task'] }])).toEqual([
    { number: 1, outcomes: ['task'] },
    { number: 2, outcomes: [] },
  ])
})
