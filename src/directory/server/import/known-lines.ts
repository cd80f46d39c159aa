import type { ContentHash } from './content-hash.ts'

/** The lines that the directory already holds, by hash, and which of them this file has again: a set for millions, without an object per line. */
export interface KnownLines {
  readonly size: number
  /** Takes a line that the directory holds. */
  hold(hash: ContentHash): void
  /** Marks a line as seen: 'known' if the directory holds it, 'again' if this file already had it, 'new' otherwise. */
  see(hash: ContentHash): 'known' | 'again' | 'new'
  /** The hashes held by the directory that this file did not have. */
  unseen(): Generator<ContentHash>
}

const held = 1
const seen = 2

/** `capacity` is how many lines are expected in all; the set grows beyond. */
export function knownLines(capacity: number): KnownLines {
  let slots = 1 << Math.ceil(Math.log2(Math.max(1024, capacity * 1.7)))
  let highs = new Int32Array(slots)
  let lows = new Int32Array(slots)
  let states = new Uint8Array(slots)
  let size = 0

  const place = (high: number, low: number): number => {
    let at = (low ^ (high >>> 7)) & (slots - 1)
    while (states[at] !== 0 && (highs[at] !== high || lows[at] !== low)) at = (at + 1) & (slots - 1)
    return at
  }
  const put = (at: number, high: number, low: number, state: number): void => {
    highs[at] = high
    lows[at] = low
    states[at] = state
    size += 1
    if (size > slots * 0.8) grow()
  }
  const grow = (): void => {
    const [oldHighs, oldLows, oldStates] = [highs, lows, states]
    slots *= 2
    highs = new Int32Array(slots)
    lows = new Int32Array(slots)
    states = new Uint8Array(slots)
    for (let at = 0; at < oldStates.length; at += 1) {
      const state = oldStates[at] ?? 0
      if (state === 0) continue
      const to = place(oldHighs[at] ?? 0, oldLows[at] ?? 0)
      highs[to] = oldHighs[at] ?? 0
      lows[to] = oldLows[at] ?? 0
      states[to] = state
    }
  }
  return {
    get size() {
      return size
    },
    hold: ([high, low]) => {
      const at = place(high, low)
      if (states[at] === 0) put(at, high, low, held)
    },
    see: ([high, low]) => {
      const at = place(high, low)
      const state = states[at] ?? 0
      if (state === 0) {
        put(at, high, low, seen)
        return 'new'
      }
      if ((state & seen) !== 0) return 'again'
      states[at] = state | seen
      return 'known'
    },
    *unseen() {
      for (let at = 0; at < slots; at += 1) if (states[at] === held) yield [highs[at] ?? 0, lows[at] ?? 0]
    },
  }
}
