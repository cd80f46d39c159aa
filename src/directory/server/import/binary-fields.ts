const space = 0x20
const lengthBytes = 4
const mostBytesOfUnit = 3

/**
 * Fields one after the other in the binary form of COPY: neither side writes a text for the other to read back. Texts are null when they are empty, but
 * for those whose rank is true in `neverNull`; their control characters become spaces.
 */
export class BinaryFields {
  content: Buffer
  /** Bytes of them. */
  length = 0
  count = 0
  private start = 0
  private readonly neverNull: readonly boolean[]

  constructor(size: number, neverNull: readonly boolean[] = []) {
    this.content = Buffer.allocUnsafeSlow(size)
    this.neverNull = neverNull
  }

  clear(): void {
    this.length = 0
    this.count = 0
  }

  /** A text as it stands there. */
  bytes(source: Uint8Array, from: number, to: number): void {
    this.begin(to - from)
    this.put(source, from, to)
    this.endText()
  }

  text(value: string | null): void {
    this.begin(value === null ? 0 : value.length * mostBytesOfUnit)
    if (value !== null) this.putText(value)
    this.endText()
  }

  /** More of the text that was written last, after `separator` if it has anything; false when there was nothing to add. */
  more(separator: string, source: Uint8Array, from: number, to: number): boolean {
    if (from === to) return false
    this.room(to - from + separator.length)
    if (this.length > this.start + lengthBytes) this.putText(separator)
    this.put(source, from, to)
    this.endText()
    return true
  }

  /** A value in the binary form of its type. */
  raw(source: Uint8Array, from: number, to: number): void {
    this.begin(to - from)
    this.putLength(to - from)
    this.copy(source, from, to)
  }

  /** A bigint, by its halves. */
  bigint(high: number, low: number): void {
    this.begin(8)
    this.putLength(8)
    putInt32(this.content, this.length, high)
    putInt32(this.content, this.length + 4, low)
    this.length += 8
  }

  boolean(value: boolean | null): void {
    this.begin(1)
    this.putLength(value === null ? -1 : 1)
    if (value === null) return
    this.content[this.length] = value ? 1 : 0
    this.length += 1
  }

  /** Fields that were kept aside. */
  append(fields: BinaryFields): void {
    this.room(fields.length)
    this.copy(fields.content, 0, fields.length)
    this.count += fields.count
  }

  protected room(needed: number): void {
    if (this.length + needed <= this.content.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.content.length * 2, this.length + needed))
    this.content.copy(larger, 0, 0, this.length)
    this.content = larger
  }

  private begin(needed: number): void {
    this.room(needed + lengthBytes)
    this.start = this.length
    this.length += lengthBytes
    this.count += 1
  }

  private putLength(length: number): void {
    putInt32(this.content, this.start, length)
  }

  private endText(): void {
    const length = this.length - this.start - lengthBytes
    this.putLength(length === 0 && this.neverNull[this.count - 1] !== true ? -1 : length)
  }

  private put(source: Uint8Array, from: number, to: number): void {
    const { content } = this
    let place = this.length
    for (let at = from; at < to; at += 1) {
      const byte = source[at] as number
      content[place] = byte < space ? space : byte
      place += 1
    }
    this.length = place
  }

  private putText(value: string): void {
    const { content } = this
    let place = this.length
    for (let at = 0; at < value.length; at += 1) {
      const unit = value.charCodeAt(at)
      if (unit < 0x80) {
        content[place] = unit < space ? space : unit
        place += 1
      } else if (unit < 0x800) {
        content[place] = 0xc0 | (unit >>> 6)
        content[place + 1] = 0x80 | (unit & 0x3f)
        place += 2
      } else {
        this.length += content.write(value.replace(/\p{Cc}/gu, ' '), this.length, 'utf8')
        return
      }
    }
    this.length = place
  }

  private copy(source: Uint8Array, from: number, to: number): void {
    const { content } = this
    let place = this.length
    for (let at = from; at < to; at += 1) {
      content[place] = source[at] as number
      place += 1
    }
    this.length = place
  }
}

function putInt32(content: Buffer, at: number, value: number): void {
  content[at] = value >>> 24
  content[at + 1] = value >>> 16
  content[at + 2] = value >>> 8
  content[at + 3] = value
}
