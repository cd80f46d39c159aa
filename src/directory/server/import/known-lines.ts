/** The lines that the directory already holds, by hash, and which of them this file has again: a set for millions, without an object per line. */
export interface KnownLines {
  readonly size: number
  /** Takes a line that the directory holds. */
  hold(high: number, low: number): void
  /** Marks a line as seen: 'known' if the directory holds it, 'again' if this file already had it, 'new' otherwise. */
  see(high: number, low: number): 'known' | 'again' | 'new'
  /** The hashes held by the directory that this file did not have. */
  unseen(): Generator<readonly [high: number, low: number]>
}

const held = 1
const seen = 2

/** `capacity` is how many lines are expected in all; the set grows beyond. */
export function knownLines(capacity: number): KnownLines {
  let slots = 1 << Math.ceil(Math.log2(Math.max(1024, capacity * 1.4)))
  let words = new Int32Array(slots * 2)
  let states = new Uint8Array(slots)
  let size = 0

  const place = (high: number, low: number): number => {
    let at = (low ^ (high >>> 7)) & (slots - 1)
    while (states[at] !== 0 && (words[at * 2] !== high || words[at * 2 + 1] !== low)) at = (at + 1) & (slots - 1)
    return at
  }
  const put = (at: number, high: number, low: number, state: number): void => {
    words[at * 2] = high
    words[at * 2 + 1] = low
    states[at] = state
    size += 1
    if (size > slots * 0.75) grow()
  }
  const grow = (): void => {
    const [oldWords, oldStates] = [words, states]
    slots *= 2
    words = new Int32Array(slots * 2)
    states = new Uint8Array(slots)
    for (let at = 0; at < oldStates.length; at += 1) {
      const state = oldStates[at] ?? 0
      if (state === 0) continue
      const [high, low] = [oldWords[at * 2] ?? 0, oldWords[at * 2 + 1] ?? 0]
      const to = place(high, low)
      words[to * 2] = high
      words[to * 2 + 1] = low
      states[to] = state
    }
  }
  return {
    get size() {
      return size
    },
    hold: (high, low) => {
      const at = place(high, low)
      if (states[at] === 0) put(at, high, low, held)
    },
    see: (high, low) => {
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
      for (let at = 0; at < slots; at += 1) if (states[at] === held) yield [words[at * 2] ?? 0, words[at * 2 + 1] ?? 0]
    },
  }
}
