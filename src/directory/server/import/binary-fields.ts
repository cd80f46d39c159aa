/** Fields one after the other in the binary form of COPY: neither side writes a text for the other to read back. */
export interface BinaryFields {
  /** A text as it stands there; control characters become spaces, and an empty one is null. */
  bytes(source: Uint8Array, from: number, to: number): void
  text(value: string | null): void
  /** More of the text that was written last, after `separator` if it has anything; false when there was nothing to add. */
  more(separator: string, source: Uint8Array, from: number, to: number): boolean
  /** A value in the binary form of its type. */
  raw(source: Uint8Array, from: number, to: number): void
  /** A bigint, by its halves. */
  bigint(high: number, low: number): void
  boolean(value: boolean | null): void
  /** Fields that were kept aside. */
  append(fields: KeptFields): void
}

/** Fields kept aside until their row is written. */
export interface KeptFields extends BinaryFields {
  readonly content: Buffer
  /** Bytes of them. */
  readonly length: number
  readonly count: number
  clear(): void
}

const space = 0x20
const lengthBytes = 4
const mostBytesOfUnit = 3

/** An empty list of fields, in a buffer that grows. Texts are null when they are empty, but for those whose rank is true in `neverNull`. */
export function keptFields(size: number, neverNull: readonly boolean[] = []): KeptFields & { use(buffer: Buffer): void; beginRow(fields: number): void } {
  let out: Buffer = Buffer.allocUnsafeSlow(size)
  let [at, start, count] = [0, 0, 0]

  const room = (needed: number): void => {
    if (at + needed <= out.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, at + needed))
    out.copy(larger, 0, 0, at)
    out = larger
  }
  const putLength = (length: number): void => {
    out[start] = length >>> 24
    out[start + 1] = length >>> 16
    out[start + 2] = length >>> 8
    out[start + 3] = length
  }
  const begin = (needed: number): void => {
    room(needed + lengthBytes)
    start = at
    at += lengthBytes
    count += 1
  }
  const endText = (): void => {
    const length = at - start - lengthBytes
    putLength(length === 0 && neverNull[count - 1] !== true ? -1 : length)
  }
  const put = (source: Uint8Array, from: number, to: number): void => {
    const target = out
    let place = at
    for (let spot = from; spot < to; spot += 1) {
      const byte = source[spot] as number
      target[place] = byte < space ? space : byte
      place += 1
    }
    at = place
  }
  const putText = (value: string): void => {
    const target = out
    let place = at
    for (let spot = 0; spot < value.length; spot += 1) {
      const unit = value.charCodeAt(spot)
      if (unit < 0x80) {
        target[place] = unit < space ? space : unit
        place += 1
      } else if (unit < 0x800) {
        target[place] = 0xc0 | (unit >>> 6)
        target[place + 1] = 0x80 | (unit & 0x3f)
        place += 2
      } else {
        at += out.write(value.replace(/\p{Cc}/gu, ' '), at, 'utf8')
        return
      }
    }
    at = place
  }
  const copy = (source: Uint8Array, from: number, to: number): void => {
    const target = out
    let place = at
    for (let spot = from; spot < to; spot += 1) {
      target[place] = source[spot] as number
      place += 1
    }
    at = place
  }
  return {
    get content() {
      return out
    },
    get length() {
      return at
    },
    get count() {
      return count
    },
    bytes: (source, from, to) => {
      begin(to - from)
      put(source, from, to)
      endText()
    },
    text: (value) => {
      begin((value?.length ?? 0) * mostBytesOfUnit)
      if (value !== null) putText(value)
      endText()
    },
    more: (separator, source, from, to) => {
      if (from === to) return false
      room(to - from + separator.length)
      if (at > start + lengthBytes) putText(separator)
      put(source, from, to)
      endText()
      return true
    },
    raw: (source, from, to) => {
      begin(to - from)
      putLength(to - from)
      copy(source, from, to)
    },
    bigint: (high, low) => {
      begin(8)
      putLength(8)
      for (let shift = 24; shift >= 0; shift -= 8) {
        out[at] = high >>> shift
        out[at + 4] = low >>> shift
        at += 1
      }
      at += 4
    },
    boolean: (value) => {
      begin(1)
      putLength(value === null ? -1 : 1)
      if (value === null) return
      out[at] = value ? 1 : 0
      at += 1
    },
    append: (fields) => {
      room(fields.length)
      copy(fields.content, 0, fields.length)
      count += fields.count
    },
    clear: () => {
      at = 0
      count = 0
    },
    use: (buffer) => {
      out = buffer
      at = 0
      count = 0
    },
    beginRow: (fields) => {
      room(2)
      out[at] = fields >>> 8
      out[at + 1] = fields
      at += 2
      count = 0
    },
  }
}
