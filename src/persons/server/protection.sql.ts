import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { VersionedRecord } from '../../platform/server/versions.ts'

export interface ProtectionFields {
  readonly measure: string
  readonly scope: string | null
  readonly holderKind: string | null
  readonly representativeName: string | null
  readonly representativePartyId: string | null
  readonly representativePhone: string | null
  readonly documentSeen: string | null
  readonly startsOn: string | null
  readonly endsOn: string | null
}

const columns: Readonly<Record<keyof ProtectionFields, string>> = {
  measure: 'measure',
  scope: 'scope',
  holderKind: 'holder_kind',
  representativeName: 'representative_name',
  representativePartyId: 'representative_party_id',
  representativePhone: 'representative_phone',
  documentSeen: 'document_seen',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
}

export async function insertProtection(
  tx: Tx,
  row: ProtectionFields & { id: string; personId: PersonId; holderOrg: string; by: string; at: Date },
): Promise<void> {
  await sql`insert into persons.protection_measure (id, person_id, measure, scope, holder_kind, representative_name, representative_party_id, representative_phone, document_seen,
      starts_on, ends_on, holder_org, recorded_at, recorded_by)
    values (${row.id}, ${row.personId}, ${row.measure}, ${row.scope}, ${row.holderKind}, ${row.representativeName}, ${row.representativePartyId}, ${row.representativePhone},
      ${row.documentSeen}, ${row.startsOn}, ${row.endsOn}, ${row.holderOrg}, ${row.at}, ${row.by})`.execute(tx)
}

export async function lockProtection(tx: Tx, personId: PersonId, id: string): Promise<VersionedRecord | undefined> {
  const fields = sql.join(Object.entries(columns).map(([field, column]) => sql`${sql.lit(field)}, ${sql.ref(`m.${column}`)}`))
  const { rows } =
    await sql<VersionedRecord>`select m.id, m.version, m.person_id as "personId", m.volet, m.holder_org as "holderOrg", m.protection, jsonb_build_object(${fields}) as fields
    from persons.protection_measure m where m.id = ${id} and m.person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

export async function updateProtection(tx: Tx, id: string, changes: Readonly<Record<string, unknown>>, version: number): Promise<void> {
  const set = Object.entries(changes).map(([field, value]) => sql`${sql.id(columns[field as keyof ProtectionFields])} = ${value}`)
  await sql`update persons.protection_measure set ${sql.join([...set, sql`version = ${version}`])} where id = ${id}`.execute(tx)
}
