import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

export type Cell = string | number | boolean | null | undefined | Date | readonly string[] | { readonly json: unknown }
export type Row = Readonly<Record<string, Cell>>

/** Writes many rows of one table after the other. */
export interface Bulk {
  /** Rows of one table; the columns are those of the first row. Gives how many were written. */
  write(table: string, rows: Iterable<Row>): Promise<number>
  query<T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly T[]>
  end(): Promise<void>
}

/** Rows that go together: enough for COPY to be worth it, few enough for the tables of a trigger to stay in memory. */
const batch = 50_000

const special = /[\\\n\r\t]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escape = (text: string): string => (special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character) : text)
const arrayItem = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function cell(value: Cell): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if ('json' in value) return escape(JSON.stringify(value.json))
  return escape(`{${value.map(arrayItem).join(',')}}`)
}

/** The lines of one batch, in chunks of a quarter of a megabyte. */
function* lines(columns: readonly string[], rows: Iterator<Row>, count: { n: number }): Generator<string> {
  let chunk = ''
  for (let taken = 0; taken < batch; taken += 1) {
    const next = rows.next()
    if (next.done) break
    count.n += 1
    for (let at = 0; at < columns.length; at += 1) chunk += (at === 0 ? '' : '\t') + cell(next.value[columns[at] as string])
    chunk += '\n'
    if (chunk.length > 1 << 18) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk.length > 0) yield chunk
}

/**
 * Opens the way for large loads as jalon_system. COPY may not write a table under FORCED row-level security: rows are copied into a temporary
 * table of the same columns, then inserted from there, batch by batch.
 */
export async function openBulk(appUrl: string): Promise<Bulk> {
  const client = new pg.Client({ connectionString: appUrl, application_name: 'jalon-seed' })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('set role jalon_system')
  await client.query(`set synchronous_commit = off; set work_mem = '128MB'; set temp_buffers = '64MB'`)
  return {
    write: async (table, rows) => {
      const source = rows[Symbol.iterator]()
      const first = source.next()
      if (first.done) return 0
      const columns = Object.keys(first.value)
      const names = columns.map((column) => `"${column}"`).join(', ')
      const all = (function* (): Generator<Row> {
        yield first.value
        for (let next = source.next(); !next.done; next = source.next()) yield next.value
      })()
      const count = { n: 0 }
      await client.query(`create temporary table stage as select ${names} from ${table} with no data`)
      for (let written = -1; written < count.n; ) {
        written = count.n
        await pipeline(Readable.from(lines(columns, all, count)), client.query(copyFrom(`copy stage (${names}) from stdin`)))
        if (count.n === written) break
        await client.query(`insert into ${table} (${names}) select ${names} from stage`)
        await client.query('truncate stage')
      }
      await client.query('drop table stage')
      return count.n
    },
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    end: () => client.end(),
  }
}
