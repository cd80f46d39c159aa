import { sql } from 'kysely'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Ends every access of today in the circle of a person; gives how many. */
export async function endAccessRows(tx: Tx, personId: PersonId, at: Date, by: string, reason: string): Promise<number> {
  const { rows } =
    await sql`update care_team.access set ends_at = ${at}, end_reason = ${reason}, ended_by = ${by} where person_id = ${personId} and ends_at is null returning id`.execute(
      tx,
    )
  return rows.length
}

/** Withdraws the invitations of a service that nobody answered yet, into the circle of a person; their letters go with them (carry-invitations.ts). Gives how many. */
export async function revokeWaitingInvitations(tx: Tx, personId: PersonId, holderOrg: ServiceId, at: Date): Promise<number> {
  const { rows } = await sql`update care_team.invitation set state = 'revoked', settled_at = ${at}
    where person_id = any (persons.identity_set(${personId})) and holder_org = ${holderOrg} and state = 'waiting' returning id`.execute(tx)
  return rows.length
}
