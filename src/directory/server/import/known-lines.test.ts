import { expect, test } from 'vitest'
import { knownLines, metNumbers } from './known-lines.ts'

const lineOf = (n: number): readonly [number, number] => [Math.imul(n, 0x9e37_79b1), Math.imul(n ^ 0x5bd1_e995, 0x85eb_ca6b)]

test('a set sized for a small file holds a large one: no line is lost, none is taken for another', () => {
  const known = knownLines(10)
  for (let n = 0; n < 20_000; n += 1) known.hold(...lineOf(n))
  known.hold(...lineOf(7))
  expect(known.size).toBe(20_000)
  for (let n = 10_000; n < 30_000; n += 1) expect(known.see(...lineOf(n))).toBe(n < 20_000 ? 'known' : 'new')
  expect(known.see(...lineOf(15_000))).toBe('again')
  expect(known.see(...lineOf(29_999))).toBe('again')
  const gone = new Set([...known.unseen()].map(String))
  expect(gone.size).toBe(10_000)
  expect(gone.has(String(lineOf(9_999)))).toBe(true)
})

test('lines whose content begins alike are told apart, at both ends of what a number holds', () => {
  const known = knownLines(4)
  for (const [high, low] of [
    [0, 0],
    [0, -1],
    [-1, 0],
    [-1, -1],
    [-0x8000_0000, 0x7fff_ffff],
  ] as const)
    expect(known.see(high, low)).toBe('new')
  expect(known.see(-1, -1)).toBe('again')
  expect(known.size).toBe(5)
})

test('a RPPS number is met once, whatever the order and however many there are', () => {
  const met = metNumbers(10)
  const numbers = Array.from({ length: 20_000 }, (_, n) => 10_000_000_000 + n * 4_294_967 + (n % 7))
  expect(numbers.filter((number) => met.meet(number)).length).toBe(numbers.length)
  expect(numbers.some((number) => met.meet(number))).toBe(false)
  expect(met.size).toBe(numbers.length)
  // Alike in their last 32 bits.
  expect(met.meet(99_999_999_999)).toBe(true)
  expect(met.meet(99_999_999_999 - 0x1_0000_0000)).toBe(true)
  expect(met.meet(99_999_999_999)).toBe(false)
})
