import { isUtf8 } from 'node:buffer'
import { importStopped } from './import-error.ts'

/** A line of a file as bytes, the same object for every line: field n stands from starts[n] to starts[n + 1] - 1. */
export interface ScannedLine {
  bytes: Buffer
  /** Where it stands in the file; the header is 1. */
  number: number
  /** How many fields; an empty one after a trailing bar counts. */
  fields: number
  readonly starts: Int32Array
  /** 64 bits of its content, end of line aside. */
  high: number
  low: number
  /** False for a last line without an end. */
  ended: boolean
}

const longestLine = 1_048_576
const mostFields = 1024
const [newline, carriageReturn, bar] = [0x0a, 0x0d, 0x7c]

/**
 * Cuts bytes into lines and lines into fields, and hashes each line, without making a string of any: an extract of the country has 800 megabytes.
 * Refuses what is not text, telling the line: NUL bytes, another encoding than UTF-8, lines of more than one mebibyte.
 */
export function lineScanner(visit: (line: ScannedLine) => void): { push(chunk: Buffer): void; end(): void } {
  const line: ScannedLine = { bytes: Buffer.alloc(0), number: 0, fields: 0, starts: new Int32Array(mostFields + 2), high: 0, low: 0, ended: true }
  let rest: Buffer = Buffer.alloc(0)
  const scan = (bytes: Buffer, from: number, to: number): void => {
    const { starts } = line
    let one = 0x2bdd_4e15
    let other = 0x1b56_c4e9
    let field = 1
    starts[0] = from
    for (let at = from; at < to; at += 4) {
      // Four bytes at a time; beyond the end of the line, none.
      const left = to - at
      const first = bytes[at] as number
      const second = left > 1 ? (bytes[at + 1] as number) : 0
      const third = left > 2 ? (bytes[at + 2] as number) : 0
      const fourth = left > 3 ? (bytes[at + 3] as number) : 0
      if (first === bar && field <= mostFields) {
        starts[field] = at + 1
        field += 1
      }
      if (second === bar && field <= mostFields) {
        starts[field] = at + 2
        field += 1
      }
      if (third === bar && field <= mostFields) {
        starts[field] = at + 3
        field += 1
      }
      if (fourth === bar && field <= mostFields) {
        starts[field] = at + 4
        field += 1
      }
      const word = first | (second << 8) | (third << 16) | (fourth << 24)
      one = Math.imul(((one << 15) | (one >>> 17)) ^ word, 0x9e37_79b1)
      other = Math.imul(((other << 5) | (other >>> 27)) ^ word, 0x5f35_6495)
    }
    one ^= to - from
    starts[field] = to + 1
    one = Math.imul(one ^ (one >>> 16), 0x85eb_ca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2_ae35)
    other = Math.imul(other ^ (other >>> 16), 0x85eb_ca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2_ae35)
    line.number += 1
    line.fields = field
    line.high = one | 0
    line.low = other | 0
    if (to - from > longestLine) throw importStopped('import_line_too_long', { line: line.number })
    visit(line)
  }
  const checked = (bytes: Buffer): void => {
    if (bytes.includes(0)) throw importStopped('import_not_text', { line: line.number + 1 + lineOf(bytes, bytes.indexOf(0)) })
    if (!isUtf8(bytes)) throw importStopped('import_not_utf8', { line: line.number + 1 + firstUnreadable(bytes) })
  }
  const lines = (bytes: Buffer, ended: boolean): void => {
    checked(bytes)
    line.bytes = bytes
    line.ended = ended
    for (let start = 0; start < bytes.length; ) {
      const next = bytes.indexOf(newline, start)
      const end = next === -1 ? bytes.length : next
      scan(bytes, start, end > start && bytes[end - 1] === carriageReturn ? end - 1 : end)
      start = end + 1
    }
  }
  return {
    push: (chunk) => {
      // Only the line that two chunks share is copied.
      const first = chunk.indexOf(newline)
      if (rest.length > 0 && first !== -1) lines(Buffer.concat([rest, chunk.subarray(0, first + 1)]), true)
      const last = chunk.lastIndexOf(newline)
      const begin = rest.length > 0 ? first + 1 : 0
      if (last >= begin) lines(chunk.subarray(begin, last + 1), true)
      rest = first === -1 && rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.subarray(last + 1))
      if (rest.length > longestLine) throw importStopped('import_line_too_long', { line: line.number + 1 })
    },
    end: () => {
      if (rest.length > 0) lines(rest, false)
    },
  }
}

/** How many lines end before a byte. */
function lineOf(bytes: Buffer, place: number): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at !== -1 && at < place; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}

function firstUnreadable(bytes: Buffer): number {
  let count = 0
  for (let start = 0; start < bytes.length; count += 1) {
    const next = bytes.indexOf(newline, start)
    const end = next === -1 ? bytes.length : next
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end + 1
  }
  return count
}
