import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../../platform/server/implement.ts'
import { addImportPart, cancelImport, openImport, startImport } from '../../contract/actions.ts'
import type { ImportSource } from '../../contract/import-sources.ts'
import { announceImport } from './announce.sql.ts'

export const importJob = 'directory.import'

interface ImportState {
  readonly state: string
  readonly source: ImportSource
}

async function lockImport({ tx }: Context, id: string): Promise<ImportState> {
  const { rows } = await sql<ImportState>`select state, source from directory.import where id = ${id} for update`.execute(tx)
  if (rows[0] === undefined) throw notFound('import')
  return rows[0]
}

async function assertExists(context: Context, { id }: { readonly id: string }): Promise<null> {
  const { rows } = await sql`select from directory.import where id = ${id}`.execute(context.tx)
  if (rows.length === 0) throw notFound('import')
  return null
}

/** The file travels in parts through the gate, so that an upload is resumed, refused and audited like anything else. */
export const importOrders: readonly Implementation[] = [
  implement(openImport, {
    load: noTarget,
    run: async ({ tx, actor, now }, order) => {
      const running = await sql`select from directory.import where state in ('waiting', 'running')`.execute(tx)
      if (running.rows.length > 0) throw conflict('import_running')
      // One upload at a time: whatever was left unfinished is given up.
      await sql`update directory.import set state = 'cancelled', ended_at = ${now} where state = 'receiving'`.execute(tx)
      await sql`delete from directory.import_part`.execute(tx)
      await announceImport(tx, { ...order, state: 'receiving', requestedBy: actor.userId, requestedByName: actor.displayName, serviceId: actor.serviceId, now })
      return { id: order.id }
    },
  }),
  implement(addImportPart, {
    load: assertExists,
    run: async (context, { id, position, content }) => {
      const { state } = await lockImport(context, id)
      if (state !== 'receiving') throw conflict('import_not_receiving')
      await sql`insert into directory.import_part (import_id, position, content) values (${id}, ${position}, ${Buffer.from(content, 'base64')}) on conflict do nothing`.execute(
        context.tx,
      )
      return { position }
    },
  }),
  implement(startImport, {
    load: assertExists,
    run: async (context, { id, parts }) => {
      const { state } = await lockImport(context, id)
      if (state !== 'receiving') throw conflict('import_not_receiving')
      const { rows } = await sql<{ missing: number | null; bytes: number }>`select
          (select min(wanted) from generate_series(0, ${parts}::int - 1) wanted where not exists (select from directory.import_part p where p.import_id = ${id} and p.position = wanted)) as missing,
          (select coalesce(sum(octet_length(content)), 0)::float8 from directory.import_part where import_id = ${id}) as bytes`.execute(context.tx)
      if (rows[0]?.missing != null) throw invalid('import_part_missing', { missing: rows[0].missing })
      await sql`update directory.import set state = 'waiting', byte_length = ${rows[0]?.bytes ?? 0}, total = ${rows[0]?.bytes ?? 0} where id = ${id}`.execute(
        context.tx,
      )
      await context.enqueue(importJob, { importId: id }, { queue: importJob, jobKey: id })
      return { id }
    },
  }),
  implement(cancelImport, {
    load: assertExists,
    run: async (context, { id }) => {
      const { state } = await lockImport(context, id)
      if (state === 'running') await sql`update directory.import set cancel_requested = true where id = ${id}`.execute(context.tx)
      else if (state === 'receiving' || state === 'waiting') {
        await sql`update directory.import set state = 'cancelled', cancel_requested = true, ended_at = ${context.now} where id = ${id}`.execute(context.tx)
        await sql`delete from directory.import_part where import_id = ${id}`.execute(context.tx)
      } else throw conflict('import_ended')
      return { id }
    },
  }),
]
