import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': ' ', '\n': ' ', '\r': ' ' }

function field(value: string | number | bigint | null): string {
  if (value === null) return '\\N'
  if (typeof value !== 'string') return String(value)
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '') : value
}

export interface RowWriter {
  /** Adds a row; await what it gives, when it gives something: the server is behind. */
  write(values: readonly (string | number | bigint | null)[]): Promise<void> | undefined
  end(): Promise<void>
}

const buffered = 262_144

/** Streams rows into a table with COPY. The transaction, if any, is the caller's. */
export function copyRows(client: pg.PoolClient, table: string, columns: readonly string[]): RowWriter {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
  let failure: Error | undefined
  stream.on('error', (error: Error) => {
    failure = error
  })
  let waiting = ''
  const flush = async (): Promise<void> => {
    const text = waiting
    waiting = ''
    if (failure !== undefined) throw failure
    if (text !== '' && !stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')])
    if (failure !== undefined) throw failure
  }
  return {
    write: (values) => {
      for (let at = 0; at < values.length; at += 1) waiting += (at === 0 ? '' : '\t') + field(values[at] ?? null)
      waiting += '\n'
      return waiting.length > buffered ? flush() : undefined
    },
    end: async () => {
      await flush()
      const finished = once(stream, 'finish')
      stream.end()
      await finished
    },
  }
}
