import { type AnyQuery, type ExportedRows, exportedRowsType, type InputOf, type RawInputOf } from '../../contract/action.ts'
import { send } from '../api/client.ts'

/** A guard against an endless list, far above any list that one exports. */
const mostPages = 2_000

/** What the CSV of a list holds, cell by cell, for a spreadsheet that keeps numbers and days as such: the whole list, page after page. */
export async function exportedRows<C extends AnyQuery>(contract: C, input: RawInputOf<C> | InputOf<C>): Promise<ExportedRows> {
  const rows: ExportedRows['rows'][number][] = []
  let columns: readonly string[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const asked: object = cursor === null ? input : { ...(input as object), cursor }
    const response = await send(`/api/queries/${contract.name}.csv`, JSON.stringify(asked), { Accept: exportedRowsType })
    const answer = (await response.json()) as ExportedRows
    columns = answer.columns
    rows.push(...answer.rows)
    const next = response.headers.get('X-Next-Cursor')
    if (next === null || next === '') break
    cursor = decodeURIComponent(next)
  }
  return { columns, rows }
}
