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
const two32 = 0x1_0000_0000

/** Slots for so many entries: room is memory, and a full set is slow. */
const slotsFor = (entries: number): number => Math.ceil(Math.max(1024, entries) * 1.3)
const fullest = 0.87

/** `capacity` is how many lines are expected in all; the set grows beyond. */
export function knownLines(capacity: number): KnownLines {
  let slots = slotsFor(capacity)
  let words = new Int32Array(slots * 2)
  let states = new Uint8Array(slots)
  let size = 0

  const place = (high: number, low: number): number => {
    let at = Math.floor(((low ^ (high >>> 7)) >>> 0) * (slots / two32))
    while (states[at] !== 0 && (words[at * 2] !== high || words[at * 2 + 1] !== low)) at = at + 1 === slots ? 0 : at + 1
    return at
  }
  const put = (at: number, high: number, low: number, state: number): void => {
    words[at * 2] = high
    words[at * 2 + 1] = low
    states[at] = state
    size += 1
    if (size > slots * fullest) grow()
  }
  const grow = (): void => {
    const [oldWords, oldStates] = [words, states]
    slots = slotsFor(size * 1.5)
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

/** The national numbers met in a file, five bytes each: `meet` is true the first time. Takes whole numbers below 2^39. */
export function metNumbers(capacity: number): { readonly size: number; meet(number: number): boolean } {
  let slots = slotsFor(capacity)
  let lows = new Int32Array(slots)
  // One more than what is above 32 bits; nothing stands where it is 0.
  let highs = new Uint8Array(slots)
  let size = 0
  const place = (high: number, low: number): number => {
    const mixed = Math.imul(low ^ (low >>> 15) ^ (high << 24), 0x9e37_79b1)
    let at = Math.floor(((mixed ^ (mixed >>> 15)) >>> 0) * (slots / two32))
    while (highs[at] !== 0 && (highs[at] !== high || lows[at] !== low)) at = at + 1 === slots ? 0 : at + 1
    return at
  }
  const grow = (): void => {
    const [oldLows, oldHighs] = [lows, highs]
    slots = slotsFor(size * 1.5)
    lows = new Int32Array(slots)
    highs = new Uint8Array(slots)
    for (let at = 0; at < oldHighs.length; at += 1) {
      const [high, low] = [oldHighs[at] ?? 0, oldLows[at] ?? 0]
      if (high === 0) continue
      const to = place(high, low)
      lows[to] = low
      highs[to] = high
    }
  }
  return {
    get size() {
      return size
    },
    meet: (number) => {
      const [high, low] = [Math.floor(number / two32) + 1, number | 0]
      const at = place(high, low)
      if (highs[at] !== 0) return false
      lows[at] = low
      highs[at] = high
      size += 1
      if (size > slots * fullest) grow()
      return true
    },
  }
}
