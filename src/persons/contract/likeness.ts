import { phoneticKey as soundOf, compactKey as spelledCompactly } from './names.ts'

/** The same few names are compared again and again, forty times while one types: spelt and sounded once. */
function remembered(compute: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    let value = known.get(name)
    if (value === undefined) {
      if (known.size >= 20_000) known.clear()
      value = compute(name)
      known.set(name, value)
    }
    return value
  }
}
export const compactKey = remembered(spelledCompactly)
export const phoneticKey = remembered(soundOf)

/** One letter added, dropped, changed, or two neighbours swapped; short words must be identical. */
export function isOneSlip(a: string, b: string, shortest = 4): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < shortest || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1)
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  return swapped || short.slice(at + 1) === long.slice(at + 1)
}

/** Two slips in a word of six letters and more that keeps its first letter (Gérard is not Bernard), or one word that begins the other (« cut by a field too short »). */
export function isNear(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= 4 && long.startsWith(short)) return true
  return short.length >= 6 && short[0] === long[0] && distance(short, long, 2) <= 2
}

/** Edits between two words, up to `most`; one more than that where they are further apart. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (before[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    if (Math.min(...row) > most) return most + 1
    before = row
  }
  return before[b.length] as number
}
