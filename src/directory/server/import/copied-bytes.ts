import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Rows on their way into a table as bytes: a field is copied from what was read, without a string in between. */
export interface ByteRows {
  /** A field as it stands, blanks around it aside; control characters become spaces. */
  bytes(source: Buffer, from: number, to: number): void
  text(value: string | null): void
  /** A text of letters and digits of ours. */
  mark(value: string): void
  /** More of the field that was written last, after `separator` if it has anything; false when there was nothing to add. */
  more(separator: string, source: Buffer, from: number, to: number): boolean
  endRow(): void
  /** Sends what waits; resolves when there is room for as much again. */
  flush(): Promise<void>
  end(): Promise<void>
}

const buffered = 1_048_576
const [bar, newline, space] = [0x7c, 0x0a, 0x20]

/**
 * Streams rows into a table with COPY, in two buffers: one is filled while the other travels. The transaction, if any, is the caller's. An empty field
 * is null, but for the columns of `neverNull`.
 */
export function copyBytes(client: pg.PoolClient, table: string, columns: readonly string[], neverNull: readonly string[] = []): ByteRows {
  const force = neverNull.length === 0 ? '' : `, force_not_null (${neverNull.join(', ')})`
  // No byte of a row is 1: nothing is quoted, as in the national files.
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format csv, delimiter '|', quote E'\\x01'${force})`))
  let failure: Error | undefined
  stream.on('error', (error: Error) => {
    failure = error
  })
  const buffers: [Buffer, Buffer] = [Buffer.allocUnsafeSlow(buffered), Buffer.allocUnsafeSlow(buffered)]
  let sent: Promise<void> = Promise.resolve()
  let current: 0 | 1 = 0
  let out = buffers[0]
  let [at, fieldStart, first] = [0, 0, true]

  const room = (needed: number): void => {
    if (at + needed <= out.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, at + needed))
    out.copy(larger, 0, 0, at)
    buffers[current] = larger
    out = larger
  }
  const begin = (): void => {
    if (first) first = false
    else {
      out[at] = bar
      at += 1
    }
    fieldStart = at
  }
  const put = (source: Buffer, from: number, to: number): void => {
    let [start, end] = [from, to]
    while (start < end && (source[start] as number) <= space) start += 1
    while (end > start && (source[end - 1] as number) <= space) end -= 1
    for (let place = start; place < end; place += 1) {
      const byte = source[place] as number
      out[at] = byte < space ? space : byte
      at += 1
    }
  }
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }
  const flush = async (): Promise<void> => {
    await sent
    throwFailure()
    if (at === 0) return
    const ready = out.subarray(0, at)
    sent = new Promise((resolve) => {
      const over = (): void => resolve()
      stream.once('close', over)
      stream.write(ready, () => {
        stream.off('close', over)
        resolve()
      })
    })
    current = current === 0 ? 1 : 0
    out = buffers[current]
    at = 0
  }
  return {
    bytes: (source, from, to) => {
      room(to - from + 2)
      begin()
      put(source, from, to)
    },
    text: (value) => {
      const length = value === null ? 0 : value.length
      room(length * 3 + 2)
      begin()
      if (value !== null && length > 0) at += out.write(value.replace(/[\p{Cc}|]/gu, ' '), at, 'utf8')
    },
    mark: (value) => {
      room(value.length + 2)
      begin()
      at += out.write(value, at, 'latin1')
    },
    more: (separator, source, from, to) => {
      room(to - from + separator.length + 2)
      const [before, wasEmpty] = [at, at === fieldStart]
      if (!wasEmpty) at += out.write(separator, at, 'latin1')
      const after = at
      put(source, from, to)
      if (at > after) return true
      at = before
      return false
    },
    endRow: () => {
      room(1)
      out[at] = newline
      at += 1
      first = true
    },
    flush,
    end: async () => {
      await flush()
      await sent
      throwFailure()
      const finished = once(stream, 'finish')
      stream.end()
      await finished
    },
  }
}
