import { isUtf8 } from 'node:buffer'
import { importStopped } from './import-error.ts'

/** A line without its end, with its number in the file (the header is 1). */
export interface Line {
  readonly number: number
  readonly bytes: Buffer
}

const longestLine = 1_048_576
const newline = 0x0a
const carriageReturn = 0x0d

/**
 * Cuts a stream of bytes into lines, batch by batch. Refuses what is not text: NUL bytes, another encoding than UTF-8, lines of more than one
 * mebibyte. `ended` of the last line is false when the file stops without an end of line.
 */
export async function* lineBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ readonly lines: readonly Line[]; readonly ended: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const lines: Line[] = []
    let start = 0
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      number += 1
      lines.push(checked(bytes.subarray(start, end > start && bytes[end - 1] === carriageReturn ? end - 1 : end), number))
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > longestLine) throw importStopped('import_line_too_long', { line: number + 1 })
    if (lines.length > 0) yield { lines, ended: true }
  }
  if (rest.length > 0) yield { lines: [checked(rest, number + 1)], ended: false }
}

function checked(bytes: Buffer, number: number): Line {
  if (bytes.length > longestLine) throw importStopped('import_line_too_long', { line: number })
  if (bytes.includes(0)) throw importStopped('import_not_text', { line: number })
  if (!isUtf8(bytes)) throw importStopped('import_not_utf8', { line: number })
  return { number, bytes }
}
