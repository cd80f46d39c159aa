import { once } from 'node:events'
import { finished } from 'node:stream/promises'
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
  /** A whole row of ours: its fields between bars, without control characters. */
  line(text: string): void
  /** Sends what waits; resolves when there is room for as much again. */
  flush(): Promise<void>
  end(): Promise<void>
}

const buffered = 393_216
const [bar, newline, space] = [0x7c, 0x0a, 0x20]

/** Takes what is ready and tells when its buffer may be filled again. */
interface Sending {
  send(ready: Buffer): Promise<void>
  end(): Promise<void>
  /** From how many waiting bytes on `flush` sends them. */
  readonly worthSending: number
}

function copyInto(table: string, columns: readonly string[], neverNull: readonly string[]): string {
  const force = neverNull.length === 0 ? '' : `, force_not_null (${neverNull.join(', ')})`
  // No byte of a row is 1: nothing is quoted, as in the national files.
  return `copy ${table} (${columns.join(', ')}) from stdin (format csv, delimiter '|', quote E'\\x01'${force})`
}

/**
 * Streams rows into a table with COPY, in two buffers: one is filled while the other travels. The transaction, if any, is the caller's. An empty field
 * is null, but for the columns of `neverNull`.
 */
export function copyBytes(client: pg.PoolClient, table: string, columns: readonly string[], neverNull: readonly string[] = []): ByteRows {
  const stream = client.query(copyFrom(copyInto(table, columns, neverNull)))
  let failure: Error | undefined
  stream.on('error', (error: Error) => {
    failure = error
  })
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }
  return byteRows({
    worthSending: 1,
    send: async (ready) => {
      throwFailure()
      await new Promise<void>((resolve, reject) => {
        const over = (): void => resolve()
        stream.once('close', over)
        try {
          stream.write(ready, () => {
            stream.off('close', over)
            resolve()
          })
        } catch (error) {
          // PostgreSQL has ended the COPY already: its reason comes a moment after.
          setImmediate(() => reject(failure ?? error))
        }
      })
      throwFailure()
    },
    end: async () => {
      throwFailure()
      const finished = once(stream, 'finish')
      stream.end()
      await finished
    },
  })
}

/** Rows into several tables over one connection: a COPY for each full buffer, one after the other. */
export function copyInTurns(client: pg.PoolClient): (table: string, columns: readonly string[], neverNull?: readonly string[]) => ByteRows {
  let last: Promise<void> = Promise.resolve()
  return (table, columns, neverNull = []) =>
    byteRows({
      worthSending: (buffered / 3) * 2,
      send: (ready) => {
        last = last.then(async () => {
          const stream = client.query(copyFrom(copyInto(table, columns, neverNull)))
          stream.end(ready)
          await finished(stream)
        })
        return last
      },
      end: () => last,
    })
}

function byteRows({ send, end, worthSending }: Sending): ByteRows {
  const buffers: [Buffer, Buffer] = [Buffer.allocUnsafeSlow(buffered), Buffer.allocUnsafeSlow(buffered)]
  let sent: Promise<void> = Promise.resolve()
  let failure: unknown
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
  const flush = async (least: number): Promise<void> => {
    if (failure !== undefined) throw failure
    if (at < least) return
    await sent
    if (failure !== undefined) throw failure
    const ready = out.subarray(0, at)
    sent = send(ready).catch((error: unknown) => {
      failure = error
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
    line: (text) => {
      room(text.length * 3 + 1)
      at += out.write(text, at, 'utf8')
      out[at] = newline
      at += 1
    },
    flush: () => flush(worthSending),
    end: async () => {
      await flush(1)
      await sent
      if (failure !== undefined) throw failure
      await end()
    },
  }
}
