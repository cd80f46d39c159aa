import { sql } from 'kysely'
import { type ErrorParams, errorText } from '../../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../../platform/server/keyset.ts'
import { directoryImports, type ImportRow, rejectedLines } from '../../contract/queries.ts'

type StoredRow = Omit<ImportRow, 'failure'> & { readonly code: string | null; readonly params: ErrorParams | null }

export const importReadings: readonly Implementation[] = [
  implement(directoryImports, {
    load: noTarget,
    run: async ({ tx }, { limit, cursor }) => {
      const after = decodeCursor(cursor, 2)
      const { rows } = await sql<StoredRow>`
        select i.id, i.source, i.file_name as "fileName", i.byte_length as "byteLength", i.state, i.requested_by_name as "requestedByName", i.created_at as "createdAt", i.ended_at as "endedAt", i.done, i.total,
          coalesce((i.report ->> 'lines')::int, 0) as lines, coalesce((i.report ->> 'added')::int, 0) as added, coalesce((i.report ->> 'changed')::int, 0) as changed, coalesce((i.report ->> 'removed')::int, 0) as removed,
          coalesce((i.report ->> 'rejected')::int, (select count(*)::int from directory.rejected_line l where l.import_id = i.id)) as rejected, i.report ->> 'code' as code, i.report -> 'params' as params
        from directory.import i where ${after === null ? sql`true` : sql`(i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
        order by i.created_at desc, i.id desc limit ${limit + 1}`.execute(tx)
      const page = rows.slice(0, limit)
      const last = page[page.length - 1]
      return {
        rows: page.map(({ code, params, ...row }) => ({ ...row, failure: code === null ? null : errorText(code, params ?? {}) })),
        next: rows.length > limit && last !== undefined ? encodeCursor([last.createdAt, last.id]) : null,
      }
    },
  }),
  implement(rejectedLines, {
    load: noTarget,
    run: async ({ tx }, { importId, limit, cursor }) => {
      const after = decodeCursor(cursor, 1)
      const { rows } = await sql<{ line: number; reason: string; excerpt: string }>`
        select line, reason, excerpt from directory.rejected_line where import_id = ${importId} and line > ${after === null ? 0 : Number(after[0])} order by line limit ${limit + 1}`.execute(
        tx,
      )
      const page = rows.slice(0, limit)
      return { rows: page, next: rows.length > limit ? encodeCursor([page[page.length - 1]?.line ?? 0]) : null }
    },
  }),
]
