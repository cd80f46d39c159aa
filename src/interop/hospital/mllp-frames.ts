const startBlock = 0x0b
const endBlock = 0x1c
const carriageReturn = 0x0d

/** What came out of a connection: whole messages, in order; `fault` once the other side no longer speaks MLLP, and nothing more is read. */
export interface Unframed {
  readonly messages: readonly Buffer[]
  readonly fault: 'too_large' | 'noise' | null
}

/** Bytes between two messages that are not one: a line feed left by some engines, never more than that. */
const mostNoise = 64

/**
 * Takes a connection's bytes as they come, cut anywhere, several messages at once or a part of one, and gives the messages between `<VT>` and `<FS><CR>`
 * (MLLP release 1). A message longer than `most` bytes, or bytes outside any frame, end the conversation.
 */
export class MllpFrames {
  readonly #most: number
  #kept: Buffer[] = []
  #size = 0
  #inside = false
  #noise = 0
  #fault: Unframed['fault'] = null

  constructor(most: number) {
    this.#most = most
  }

  /** True while a message has begun and not ended. */
  get midway(): boolean {
    return this.#inside
  }

  push(chunk: Buffer): Unframed {
    const messages: Buffer[] = []
    let rest = chunk
    while (rest.length > 0 && this.#fault === null) {
      if (!this.#inside) {
        const start = rest.indexOf(startBlock)
        this.#noise += start < 0 ? rest.length : start
        if (this.#noise > mostNoise) {
          this.#fault = 'noise'
          break
        }
        if (start < 0) break
        this.#noise = 0
        this.#inside = true
        rest = rest.subarray(start + 1)
        continue
      }
      const end = this.#endIn(rest)
      if (end === null) {
        this.#keep(rest)
        break
      }
      this.#keep(rest.subarray(0, Math.max(0, end)))
      if (this.#fault !== null) break
      // The end block may have come as the last byte of the chunk before: it was kept, and is taken off.
      const whole = Buffer.concat(this.#kept)
      messages.push(end < 0 ? whole.subarray(0, whole.length - 1) : whole)
      this.#kept = []
      this.#size = 0
      this.#inside = false
      rest = rest.subarray(end + 2)
    }
    return { messages, fault: this.#fault }
  }

  /** Where `<FS><CR>` begins; -1 when `<FS>` ended the chunk before; null when it is not there yet. */
  #endIn(bytes: Buffer): number | null {
    const last = this.#kept.at(-1)
    if (last?.at(-1) === endBlock && bytes[0] === carriageReturn) return -1
    for (let at = bytes.indexOf(endBlock); at >= 0; at = bytes.indexOf(endBlock, at + 1)) if (bytes[at + 1] === carriageReturn) return at
    return null
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#size += bytes.length
    if (this.#size > this.#most) {
      this.#fault = 'too_large'
      this.#kept = []
      return
    }
    // A copy: the chunk belongs to the socket, and a slice of it would keep it whole.
    this.#kept.push(Buffer.from(bytes))
  }
}

/** A message as it leaves. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from([startBlock]), message, Buffer.from([endBlock, carriageReturn])])
}
