import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type BinaryFields, keptFields } from './binary-fields.ts'

/** Rows on their way into a table: a field is copied from what was read, without a string in between. */
export interface ByteRows extends BinaryFields {
  endRow(): void
  /** Sends what waits; resolves when there is room for as much again. */
  flush(): Promise<void>
  end(): Promise<void>
}

const buffered = 393_216
/** What stands before and after the rows of a COPY in binary form. */
const [head, tail] = [Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xff])]

/** Takes what is ready and tells when its buffer may be filled again. */
interface Sending {
  send(ready: Buffer): Promise<void>
  end(): Promise<void>
  /** From how many waiting bytes on `flush` sends them. */
  readonly worthSending: number
}

function copyInto(table: string, columns: readonly string[]): string {
  return `copy ${table} (${columns.join(', ')}) from stdin (format binary)`
}

/**
 * Streams rows into a table with COPY, in two buffers: one is filled while the other travels. The transaction, if any, is the caller's. An empty text
 * is null, but for the columns of `neverNull`.
 */
export function copyBytes(client: pg.PoolClient, table: string, columns: readonly string[], neverNull: readonly string[] = []): ByteRows {
  const stream = client.query(copyFrom(copyInto(table, columns)))
  let failure: Error | undefined
  stream.on('error', (error: Error) => {
    failure = error
  })
  stream.write(head)
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }
  return byteRows(columns, neverNull, {
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
      stream.end(tail)
      await finished
    },
  })
}

/** Rows into several tables over one connection: a COPY for each full buffer, one after the other. */
export function copyInTurns(client: pg.PoolClient): (table: string, columns: readonly string[], neverNull?: readonly string[]) => ByteRows {
  let last: Promise<void> = Promise.resolve()
  return (table, columns, neverNull = []) =>
    byteRows(columns, neverNull, {
      worthSending: (buffered / 3) * 2,
      send: (ready) => {
        last = last.then(async () => {
          const stream = client.query(copyFrom(copyInto(table, columns)))
          stream.write(head)
          stream.write(ready)
          stream.end(tail)
          await finished(stream)
        })
        return last
      },
      end: () => last,
    })
}

function byteRows(columns: readonly string[], neverNull: readonly string[], { send, end, worthSending }: Sending): ByteRows {
  const fields = keptFields(
    buffered,
    columns.map((column) => neverNull.includes(column)),
  )
  const buffers: [Buffer, Buffer] = [fields.content, Buffer.allocUnsafeSlow(buffered)]
  let sent: Promise<void> = Promise.resolve()
  let failure: unknown
  let current: 0 | 1 = 0
  // Bytes of whole rows; the next one has begun behind them.
  let whole = 0

  const beginRow = (): void => {
    whole = fields.length
    fields.beginRow(columns.length)
  }
  const flush = async (least: number): Promise<void> => {
    if (failure !== undefined) throw failure
    if (whole < least) return
    await sent
    if (failure !== undefined) throw failure
    buffers[current] = fields.content
    sent = send(fields.content.subarray(0, whole)).catch((error: unknown) => {
      failure = error
    })
    current = current === 0 ? 1 : 0
    fields.use(buffers[current])
    beginRow()
  }
  beginRow()
  const { bytes, text, more, raw, bigint, boolean, append } = fields
  return {
    bytes,
    text,
    more,
    raw,
    bigint,
    boolean,
    append,
    endRow: beginRow,
    flush: () => flush(worthSending),
    end: async () => {
      await flush(1)
      await sent
      if (failure !== undefined) throw failure
      await end()
    },
  }
}
