import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { sensitiveStructures } from '../contract/access-queries.ts'

export async function selectSensitiveStructures(tx: Tx): Promise<OutputOf<typeof sensitiveStructures>['rows']> {
  const { rows } = await sql<
    OutputOf<typeof sensitiveStructures>['rows'][number]
  >`select m.party_id as "partyId", coalesce(e.label, 'Structure qui n’est plus dans l’annuaire') as name,
      e.city, m.reason, m.since, m.marked_by_name as "byName"
    from persons.sensitive_structure m left join directory.entry e on e.party_id = m.party_id where m.ended_at is null order by e.sort_key, m.since`.execute(tx)
  return rows
}

export async function markSensitive(tx: Tx, partyId: string, reason: string, at: Date, by: string, byName: string): Promise<void> {
  await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values (${partyId}, ${reason}, ${at}, ${by}, ${byName})
    on conflict (party_id) where ended_at is null do nothing`.execute(tx)
}

export async function unmarkSensitive(tx: Tx, partyId: string, reason: string, at: Date, by: string): Promise<void> {
  await sql`update persons.sensitive_structure set ended_at = ${at}, ended_by = ${by}, end_reason = ${reason} where party_id = ${partyId} and ended_at is null`.execute(
    tx,
  )
}
