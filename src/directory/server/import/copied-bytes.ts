import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { BinaryFields } from './binary-fields.ts'

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
  return new ByteRows(columns, neverNull, {
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
    new ByteRows(columns, neverNull, {
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

/** Rows on their way into a table: a field is copied from what was read, without a string in between. */
export class ByteRows extends BinaryFields {
  private readonly sending: Sending
  private readonly columns: number
  /** The buffer that travels, or did. */
  private other: Buffer = Buffer.allocUnsafeSlow(buffered)
  /** Bytes of whole rows; the next one has begun behind them. */
  private whole = 0
  private sent: Promise<void> = Promise.resolve()
  private failure: unknown

  constructor(columns: readonly string[], neverNull: readonly string[], sending: Sending) {
    super(
      buffered,
      columns.map((column) => neverNull.includes(column)),
    )
    this.columns = columns.length
    this.sending = sending
    this.endRow()
  }

  endRow(): void {
    this.whole = this.length
    this.room(2)
    this.content[this.length] = this.columns >>> 8
    this.content[this.length + 1] = this.columns
    this.length += 2
    this.count = 0
  }

  /** Sends what waits; resolves when there is room for as much again. */
  flush(): Promise<void> {
    return this.sendFrom(this.sending.worthSending)
  }

  async end(): Promise<void> {
    await this.sendFrom(1)
    await this.sent
    if (this.failure !== undefined) throw this.failure
    await this.sending.end()
  }

  private async sendFrom(least: number): Promise<void> {
    if (this.failure !== undefined) throw this.failure
    if (this.whole < least) return
    await this.sent
    if (this.failure !== undefined) throw this.failure
    const ready = this.content
    this.sent = this.sending.send(ready.subarray(0, this.whole)).catch((error: unknown) => {
      this.failure = error
    })
    this.content = this.other
    this.other = ready
    this.clear()
    this.endRow()
  }
}
