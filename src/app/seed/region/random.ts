/** A stream of numbers that is the same at every run for the same seed (mulberry32). */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Draws by weight; the weights need not add up to one. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** As many different elements as asked for, fewer if the list is shorter. */
  some<T>(list: readonly T[], count: number): readonly T[]
  /** A UUID of version 7 for this instant: what is seeded sorts by time like what is typed. */
  idAt(instant: Date): string
}

export function randomOf(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number): number => Math.floor(next() * n)
  const hex = (digits: number): string => {
    let text = ''
    while (text.length < digits) text += below(0x10000).toString(16).padStart(4, '0')
    return text.slice(0, digits)
  }
  const self: Random = {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (share) => next() < share,
    pick: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    weighted: (list) => {
      let left = next() * list.reduce((total, [, weight]) => total + weight, 0)
      for (const [value, weight] of list) {
        left -= weight
        if (left < 0) return value
      }
      const last = list[list.length - 1]
      if (last === undefined) throw new Error('nothing to draw from')
      return last[0]
    },
    some: (list, count) => {
      const rest = [...list]
      const wanted = Math.min(count, rest.length)
      // The first places of a Fisher–Yates shuffle: what is not asked for is not shuffled.
      for (let at = 0; at < wanted; at += 1) {
        const other = at + below(rest.length - at)
        const taken = rest[other] as (typeof rest)[number]
        rest[other] = rest[at] as (typeof rest)[number]
        rest[at] = taken
      }
      return rest.slice(0, wanted)
    },
    idAt: (instant) => {
      const time = Math.max(0, instant.getTime()).toString(16).padStart(12, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + below(4)).toString(16)}${hex(3)}-${hex(12)}`
    },
  }
  return self
}
