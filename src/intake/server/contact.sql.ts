import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ContactId, SollicitationId } from '../contract/sollicitation.ts'

export interface NewContact {
  readonly id: ContactId
  readonly firstKey: 'follow_up' | 'message' | 'mistake'
  readonly at: Date
  readonly outgoing: boolean
  readonly channel: string
  readonly callerName: string | null
  readonly callerQuality: string | null
  readonly callerPhone: string | null
  readonly partyId: string | null
  readonly personId: PersonId | null
  readonly sollicitationId: SollicitationId | null
  readonly forUserId: UserId | null
  readonly text: string | null
  readonly recordedBy: UserId
  readonly recordedByName: string
  readonly holderOrg: ServiceId
}

/** Adds a line of the contact log and what was said; false when the id is taken. */
export async function insertContact(tx: Tx, one: NewContact): Promise<boolean> {
  const { rows } =
    await sql`insert into intake.contact (id, first_key, at, outgoing, channel, caller_name, caller_quality, caller_phone, party_id, person_id, sollicitation_id, for_user_id,
      recorded_by, recorded_by_name, holder_org)
    values (${one.id}, ${one.firstKey}, ${one.at}, ${one.outgoing}, ${one.channel}, ${one.callerName}, ${one.callerQuality}, ${one.callerPhone}, ${one.partyId}, ${one.personId},
      ${one.sollicitationId}, ${one.forUserId}, ${one.recordedBy}, ${one.recordedByName}, ${one.holderOrg}) on conflict (id) do nothing returning id`.execute(
      tx,
    )
  if (rows.length === 0) return false
  if (one.text !== null) await sql`insert into intake.contact_text (contact_id, text) values (${one.id}, ${one.text})`.execute(tx)
  return true
}

export async function findContact(tx: Tx, id: ContactId): Promise<{ id: ContactId } | undefined> {
  return (await sql<{ id: ContactId }>`select id from intake.contact where id = ${id}`.execute(tx)).rows[0]
}

/** False when it was handled already. */
export async function markHandled(tx: Tx, id: ContactId, at: Date, by: UserId): Promise<boolean> {
  return (
    (await sql`update intake.contact set handled_at = ${at}, handled_by = ${by} where id = ${id} and handled_at is null returning id`.execute(tx)).rows.length >
    0
  )
}
