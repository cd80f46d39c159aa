import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { LegalHoldId } from '../contract/treatment.ts'

export interface ArchivedHoldRow {
  readonly id: LegalHoldId
  readonly personId: PersonId
  readonly reason: string
  readonly since: string
  readonly setByName: string
  readonly archivedOn: string
  readonly liftedAt: string | null
}

const holdOfArchive = sql`h.id, h.person_id as "personId", h.reason, h.since, h.set_by_name as "setByName", a.archived_on as "archivedOn", h.lifted_at as "liftedAt"
  from privacy.legal_hold h join privacy.archived_file a on a.person_id = any (persons.identity_set(h.person_id))`

/** Holds of the service on files in the archive. Run as the system: an archived file is in nobody's sight. */
export async function selectArchivedHolds(tx: Tx, service: ServiceId): Promise<readonly ArchivedHoldRow[]> {
  return (await sql<ArchivedHoldRow>`select ${holdOfArchive} where h.holder_org = ${service} and h.lifted_at is null order by h.since, h.id`.execute(tx)).rows
}

export async function findArchivedHold(tx: Tx, id: LegalHoldId, service: ServiceId): Promise<ArchivedHoldRow | undefined> {
  return (await sql<ArchivedHoldRow>`select ${holdOfArchive} where h.id = ${id} and h.holder_org = ${service} for update of h`.execute(tx)).rows[0]
}

/** The right by which the service finds again the file of somebody who comes back: that of a request; the one that the same gesture gave before stands. */
export async function insertReturnedSight(
  tx: Tx,
  row: { readonly id: string; readonly personId: PersonId; readonly service: ServiceId; readonly sourceId: string; readonly at: Date; readonly by: UserId },
): Promise<void> {
  await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, granted_by)
    values (${row.id}, ${row.personId}, ${row.service}, 'request', '{administrative}', 'Dossier ramené de l’archive', ${row.sourceId}, ${row.at}, ${row.by})
    on conflict (person_id, party_id, source_id) where ends_at is null do nothing`.execute(tx)
}
