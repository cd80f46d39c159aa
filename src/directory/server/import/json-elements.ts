import { isUtf8 } from 'node:buffer'
import { importStopped } from './import-error.ts'

const [quote, backslash, open, close, openList, closeList, comma] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c]
const largestElement = 256 * 1024 * 1024

/** What a large JSON document holds at its top: its short values, and the elements of one of its lists, one at a time. */
export type JsonPiece = { readonly kind: 'element'; readonly value: unknown } | { readonly kind: 'value'; readonly key: string; readonly value: string }

/**
 * Reads `{ …, "list": [ element, element… ], … }` of any size: the elements of the list named `list`, and the strings beside it. Only one element
 * is in memory at a time. Refuses a document cut short or damaged, telling about where; `listFound` is asked at the end.
 */
export async function* jsonElements(chunks: AsyncIterable<Buffer>, list: string, absent = 'import_not_finess'): AsyncGenerator<readonly JsonPiece[]> {
  let depth = 0
  let inString = false
  let escaped = false
  let inList = false
  let found = false
  // Bytes of the element, key or string that is being read; -1 when none is.
  let start = -1
  let key = ''
  let text = ''
  let kept: Buffer = Buffer.alloc(0)
  let read = 0
  let begun = false

  const parse = (bytes: Buffer): unknown => {
    if (!isUtf8(bytes)) throw importStopped('import_not_json', { at: read })
    try {
      return JSON.parse(bytes.toString('utf8'))
    } catch {
      throw importStopped('import_not_json', { at: read })
    }
  }
  for await (const chunk of chunks) {
    const bytes = start === -1 ? chunk : Buffer.concat([kept, chunk])
    const pieces: JsonPiece[] = []
    let at = start === -1 ? 0 : kept.length
    if (start !== -1) start = 0
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) {
          inString = false
          if (depth === 1 && start !== -1) {
            text = String(parse(bytes.subarray(start, at + 1)))
            start = -1
          }
        }
        continue
      }
      if (byte === quote) {
        inString = true
        if (depth === 1) start = at
      } else if (byte === 0x3a && depth === 1) {
        key = text
        text = ''
      } else if (byte === comma && depth === 1) {
        if (key !== '' && text !== '') pieces.push({ kind: 'value', key, value: text })
        key = text = ''
      } else if (byte === open || byte === openList) {
        if (depth === 0 && byte !== open) throw importStopped('import_not_json', { at: read + at })
        begun = true
        if (depth === 1 && byte === openList && key === list) inList = found = true
        if (depth === 2 && inList) start = at
        depth += 1
      } else if (byte === close || byte === closeList) {
        depth -= 1
        if (depth < 0) throw importStopped('import_not_json', { at: read + at })
        if (depth === 2 && inList && start !== -1) {
          pieces.push({ kind: 'element', value: parse(bytes.subarray(start, at + 1)) })
          start = -1
        }
        if (depth === 1) inList = false
      } else if (!begun && byte > 0x20) throw importStopped('import_not_json', { at: read + at })
    }
    read += chunk.length
    if (start !== -1) {
      kept = Buffer.from(bytes.subarray(start))
      if (kept.length > largestElement) throw importStopped('import_not_json', { at: read })
    }
    if (pieces.length > 0) yield pieces
  }
  if (depth !== 0 || inString || !begun) throw importStopped('import_not_json', { at: read })
  if (!found) throw importStopped(absent)
}
