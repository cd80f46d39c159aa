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

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
const arrayItem = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function cell(value: Cell): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if ('json' in value) return escape(JSON.stringify(value.json))
  return escape(`{${value.map(arrayItem).join(',')}}`)
}

function* lines(columns: readonly string[], rows: Iterable<Row>, count: { n: number }): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    count.n += 1
    chunk += `${columns.map((column) => cell(row[column])).join('\t')}\n`
    if (chunk.length > 1 << 18) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk.length > 0) yield chunk
}

/**
 * Opens the way for large loads as jalon_system. COPY may not write a table under FORCED row-level security: rows are copied into a temporary
 * table of the same columns, then inserted from there, table by table.
 */
export async function openBulk(appUrl: string): Promise<Bulk> {
  const client = new pg.Client({ connectionString: appUrl, application_name: 'jalon-seed' })
  await client.connect()
  await client.query('set role jalon_system')
  await client.query(`set synchronous_commit = off; set work_mem = '128MB'; set temp_buffers = '64MB'`)
  return {
    write: async (table, rows) => {
      const iterator = rows[Symbol.iterator]()
      const first = iterator.next()
      if (first.done) return 0
      const columns = Object.keys(first.value)
      const names = columns.map((column) => `"${column}"`).join(', ')
      await client.query(`create temporary table stage as select ${names} from ${table} with no data`)
      const all = (function* (): Generator<Row> {
        yield first.value
        for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value
      })()
      const count = { n: 0 }
      await pipeline(Readable.from(lines(columns, all, count)), client.query(copyFrom(`copy stage (${names}) from stdin`)))
      await client.query(`insert into ${table} (${names}) select ${names} from stage`)
      await client.query('drop table stage')
      return count.n
    },
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    end: () => client.end(),
  }
}
