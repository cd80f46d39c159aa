import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { VersionedRecord } from '../../platform/server/versions.ts'

export interface ContactRow {
  readonly id: string
  readonly personId: PersonId
  readonly kind: string
  readonly value: string
  readonly label: string | null
  readonly preferred: boolean
  readonly holderOrg: string
}

export async function insertContact(tx: Tx, row: ContactRow): Promise<void> {
  await sql`insert into persons.contact_point (id, person_id, kind, value, label, preferred, holder_org)
    values (${row.id}, ${row.personId}, ${row.kind}, ${row.value}, ${row.label}, ${row.preferred}, ${row.holderOrg})`.execute(tx)
}

const record = sql`id, version, person_id as "personId", volet, holder_org as "holderOrg", protection,
  jsonb_build_object('kind', kind, 'value', value, 'label', label, 'preferred', preferred, 'ended', ended_at is not null) as fields`

export async function lockContact(tx: Tx, personId: PersonId, id: string): Promise<VersionedRecord | undefined> {
  const { rows } = await sql<VersionedRecord>`select ${record} from persons.contact_point where id = ${id} and person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

/** The one that was preferred before `except`, if any. */
export async function lockPreferredContact(tx: Tx, personId: PersonId, except: string): Promise<VersionedRecord | undefined> {
  const { rows } = await sql<VersionedRecord>`select ${record} from persons.contact_point
    where person_id = ${personId} and preferred and ended_at is null and id <> ${except} limit 1 for update`.execute(tx)
  return rows[0]
}

export async function updateContact(tx: Tx, id: string, fields: Readonly<Record<string, unknown>>, version: number, now: Date): Promise<void> {
  await sql`update persons.contact_point set kind = coalesce(${fields.kind ?? null}, kind), value = coalesce(${fields.value ?? null}, value),
    label = ${'label' in fields ? fields.label : sql.ref('label')}, preferred = coalesce(${fields.preferred ?? null}, preferred),
    ended_at = ${fields.ended === true ? now : sql.ref('ended_at')}, version = ${version} where id = ${id}`.execute(tx)
}
