import { expect, test } from 'vitest'
import { withBreak, withoutBreak } from './midday-break.ts'

test('a day from 9 h to 17 h with a break is 9–12 and 14–17, and back', () => {
  const split = withBreak([[540, 1020]])
  expect(split).toEqual([
    [540, 720],
    [840, 1020],
  ])
  expect(withoutBreak(split)).toEqual([[540, 1020]])
})

test('a half day breaks in its middle; less than two hours has no break', () => {
  expect(withBreak([[480, 780]])).toEqual([
    [480, 600],
    [660, 780],
  ])
  expect(withBreak([[480, 540]])).toEqual([[480, 540]])
  expect(withoutBreak([])).toEqual([])
})
