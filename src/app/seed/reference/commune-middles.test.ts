import { expect, test } from 'vitest'
import { parseMiddles } from './commune-middles.ts'

test('a commune without its latitude or longitude is told unreadable, never placed off the coast of Africa', () => {
  expect(parseMiddles('code;latitude;longitude\n88408;47,92;6,66\n88383;;\n88160;48.17;\n88001')).toEqual({
    middles: [{ code: '88408', latitude: 47.92, longitude: 6.66 }],
    rejected: [3, 4, 5],
  })
})
