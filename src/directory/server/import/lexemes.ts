/** The different lexemes of a tsvector, gathered in its binary form; PostgreSQL sorts them. */
export interface Lexemes {
  readonly content: Buffer
  readonly length: number
  clear(): void
  add(lexeme: string): void
  /** Words between spaces. */
  addWords(source: Uint8Array, length: number): void
}

const space = 0x20
const countBytes = 4
/** The end of a lexeme, and how many positions it has: none. */
const endBytes = 3

export function lexemes(): Lexemes {
  let out = Buffer.alloc(1024)
  let ends: Int32Array = new Int32Array(64)
  let [at, count] = [countBytes, 0]

  const room = (needed: number): void => {
    if (at + needed > out.length) {
      const larger = Buffer.alloc(Math.max(out.length * 2, at + needed))
      out.copy(larger, 0, 0, at)
      out = larger
    }
    if (count < ends.length) return
    const longer = new Int32Array(ends.length * 2)
    longer.set(ends)
    ends = longer
  }
  const isHeld = (length: number): boolean => {
    let from = countBytes
    for (let one = 0; one < count; one += 1) {
      const end = ends[one] as number
      if (end - from === length) {
        let same = 0
        while (same < length && out[from + same] === out[at + same]) same += 1
        if (same === length) return true
      }
      from = end + endBytes
    }
    return false
  }
  /** Keeps the lexeme that was written at the end, if it is another one. */
  const keep = (length: number): void => {
    if (length === 0 || isHeld(length)) return
    at += length
    ends[count] = at
    out[at] = out[at + 1] = out[at + 2] = 0
    at += endBytes
    count += 1
  }
  return {
    get content() {
      out.writeInt32BE(count, 0)
      return out
    },
    get length() {
      return at
    },
    clear: () => {
      at = countBytes
      count = 0
    },
    add: (lexeme) => {
      room(lexeme.length * 3 + endBytes)
      let length = 0
      while (length < lexeme.length && lexeme.charCodeAt(length) < 0x80) {
        out[at + length] = lexeme.charCodeAt(length)
        length += 1
      }
      keep(length === lexeme.length ? length : out.write(lexeme, at, 'utf8'))
    },
    addWords: (source, length) => {
      for (let from = 0; from < length; from += 1) {
        room(length - from + endBytes)
        let to = from
        for (; to < length && source[to] !== space; to += 1) out[at + to - from] = source[to] as number
        keep(to - from)
        from = to
      }
    },
  }
}
