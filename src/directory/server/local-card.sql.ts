import { sql } from 'kysely'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** What an author may change of a card, as it is kept. */
export interface LocalCardFields {
  readonly kind: string
  readonly name: string
  readonly role: string | null
  readonly structureName: string | null
  readonly phone: string | null
  readonly otherPhone: string | null
  readonly email: string | null
  readonly address: string | null
  readonly communeCode: string | null
  readonly note: string | null
  readonly category: string | null
}

export interface LocalCard extends LocalCardFields {
  readonly serviceId: ServiceId | null
  readonly version: number
}

export async function insertLocalCard(
  tx: Tx,
  id: string,
  card: LocalCardFields,
  by: { readonly userId: string; readonly serviceId: string | null },
  now: Date,
  today: string,
): Promise<void> {
  await sql`insert into directory.local_card (party_id, kind, name, role, structure_name, phone, other_phone, email, address, commune_code, note, category, created_by, created_by_service, created_at, confirmed_on)
    values (${id}, ${card.kind}, ${card.name}, ${card.role}, ${card.structureName}, ${card.phone}, ${card.otherPhone}, ${card.email}, ${card.address}, ${card.communeCode}, ${card.note}, ${card.category},
      ${by.userId}, ${by.serviceId}, ${now}, ${today}::date)`.execute(tx)
}

/** A live card, locked for the transaction; null when there is none. */
export async function lockLocalCard(tx: Tx, id: string): Promise<LocalCard | null> {
  const { rows } =
    await sql<LocalCard>`select kind, name, role, structure_name as "structureName", phone, other_phone as "otherPhone", email, address, commune_code as "communeCode", note, category,
      created_by_service as "serviceId", version from directory.local_card where party_id = ${id} and ended_at is null for update`.execute(tx)
  return rows[0] ?? null
}

export async function updateLocalCard(tx: Tx, id: string, card: LocalCardFields, version: number, today: string): Promise<void> {
  await sql`update directory.local_card set kind = ${card.kind}, name = ${card.name}, role = ${card.role}, structure_name = ${card.structureName}, phone = ${card.phone}, other_phone = ${card.otherPhone},
    email = ${card.email}, address = ${card.address}, commune_code = ${card.communeCode}, note = ${card.note}, category = ${card.category}, version = ${version}, confirmed_on = ${today}::date where party_id = ${id}`.execute(
    tx,
  )
}

export async function confirmCard(tx: Tx, id: string, today: string): Promise<void> {
  await sql`update directory.local_card set confirmed_on = ${today}::date where party_id = ${id}`.execute(tx)
}

export async function endLocalCard(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update directory.local_card set ended_at = ${now} where party_id = ${id}`.execute(tx)
}
