import { expect, test } from 'vitest'
import { keepLines } from './kept-lines.ts'

const line = (id: string, minute: number, unread = true) => ({ id, at: `2026-11-22T10:${minute}:00Z`, unread }) as never

test('A novelty that was just opened stays where it was, read', () => {
  const before = [line('c', 30), line('b', 20), line('a', 10)]
  expect(keepLines(before, [line('c', 30), line('a', 10)])).toEqual([line('c', 30), line('b', 20, false), line('a', 10)])
})

test('A new line comes at its place, and what is read again replaces what was shown', () => {
  expect(keepLines([line('b', 20)], [line('d', 40), line('b', 20, false)])).toEqual([line('d', 40), line('b', 20, false)])
})

test('Without anything gone, the list is that of the server', () => {
  const rows = [line('b', 20), line('a', 10)]
  expect(keepLines([], rows)).toBe(rows)
})
