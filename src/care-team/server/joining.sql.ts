import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { JoinRequestId, joinRequests } from '../contract/joining.ts'

/** Whom it reached, with the services to tell; undefined where it reached nobody. */
export async function leaveJoinRequest(
  tx: Tx,
  request: {
    readonly id: JoinRequestId
    readonly words: readonly string[]
    readonly sounds: readonly string[]
    readonly born: string
    readonly role: string
    readonly why: string
  },
): Promise<{ readonly personId: PersonId; readonly services: readonly string[] } | undefined> {
  return (
    await sql<{
      personId: PersonId
      services: string[]
    }>`select person as "personId", services from care_team.ask_to_join(${request.id}, ${[...request.words]}::text[],
      ${[...request.sounds]}::text[], ${request.born}::date, ${request.role}, ${request.why})`.execute(tx)
  ).rows[0]
}

export interface JoinRequestRow {
  readonly id: JoinRequestId
  readonly userId: string
  readonly partyId: string
  readonly name: string
  readonly place: string | null
  readonly role: string
  readonly state: 'asked' | 'accepted' | 'refused'
  readonly holderOrg: string
}

export async function lockJoinRequest(tx: Tx, id: JoinRequestId, personId: PersonId): Promise<JoinRequestRow | undefined> {
  return (
    await sql<JoinRequestRow>`select id, user_id as "userId", party_id as "partyId", name, place, role, state, holder_org as "holderOrg" from care_team.join_request
      where id = ${id} and person_id = ${personId} for update`.execute(tx)
  ).rows[0]
}

export async function settleJoinRequest(
  tx: Tx,
  id: JoinRequestId,
  state: 'accepted' | 'refused',
  at: Date,
  byName: string,
  words: string | null,
): Promise<void> {
  await sql`update care_team.join_request set state = ${state}, answered_at = ${at}, answered_by_name = ${byName}, answer_words = ${words} where id = ${id}`.execute(
    tx,
  )
}

export async function selectJoinRequests(tx: Tx, personId: PersonId): Promise<OutputOf<typeof joinRequests>['rows']> {
  return (
    await sql<OutputOf<typeof joinRequests>['rows'][number]>`select id, name, profession, place, role, words, asked_at as "askedAt" from care_team.join_request
      where person_id = any (persons.identity_set(${personId})) and state = 'asked' order by asked_at`.execute(tx)
  ).rows
}

/** Her right, given by the médecin traitant; the database checks that it is she. */
export async function openByFamilyDoctor(
  tx: Tx,
  right: {
    readonly requestId: JoinRequestId
    readonly accessId: string
    readonly sightId: string
    readonly volets: readonly string[]
    readonly reason: string
  },
): Promise<void> {
  await sql`select care_team.open_by_family_doctor(${right.requestId}, ${right.accessId}, ${right.sightId}, ${`{${right.volets.join(',')}}`}::text[], ${right.reason})`.execute(
    tx,
  )
}
