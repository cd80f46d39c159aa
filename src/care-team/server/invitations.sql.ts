import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { CircleInvitation, CircleInvitationId } from '../contract/invitations.ts'
import type { MemberId } from '../contract/member.ts'

export interface NewInvitation {
  readonly id: CircleInvitationId
  readonly personId: PersonId
  readonly partyId: string | null
  readonly familyName: string
  readonly givenName: string
  readonly nameWords: readonly string[]
  readonly role: string
  readonly sharingCategory: string
  readonly basis: 'care_team' | 'consent'
  readonly wish: Readonly<Record<string, string | null>>
  readonly volets: readonly Volet[]
  readonly way: 'mail' | 'link'
  readonly address: string | null
  readonly secretHash: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  readonly expiresAt: Date
  readonly holderOrg: string
}

const textArray = (words: readonly string[]) => sql`${[...words]}::text[]`

export async function insertInvitation(tx: Tx, i: NewInvitation): Promise<void> {
  await sql`insert into care_team.invitation (id, person_id, party_id, family_name, given_name, name_words, role, sharing_category, basis, wish, volets, way, address, mail,
      secret_hash, invited_at, invited_by, invited_by_name, expires_at, holder_org)
    values (${i.id}, ${i.personId}, ${i.partyId}, ${i.familyName}, ${i.givenName}, ${textArray(i.nameWords)}, ${i.role}, ${i.sharingCategory}, ${i.basis},
      ${JSON.stringify(i.wish)}::jsonb, ${textArray(i.volets)}, ${i.way}, ${i.address}, ${i.way === 'mail' ? 'to_send' : null}, ${i.secretHash}, ${i.at}, ${i.by}, ${i.byName},
      ${i.expiresAt}, ${i.holderOrg})`.execute(tx)
}

export async function leaveMail(tx: Tx, id: CircleInvitationId, address: string, secret: string, at: Date): Promise<void> {
  await sql`insert into care_team.invitation_mail (invitation_id, address, secret, next_attempt_at) values (${id}, ${address}, ${secret}, ${at})`.execute(tx)
}

export async function invitationHours(tx: Tx): Promise<number> {
  const { rows } = await sql<{ hours: number }>`select (value #>> '{}')::int as hours from platform.setting where key = 'care_team.invitation_hours'`.execute(
    tx,
  )
  return rows[0]?.hours ?? 72
}

export async function lockInvitation(tx: Tx, id: CircleInvitationId, personId: PersonId): Promise<{ readonly state: string } | undefined> {
  return (
    await sql<{
      state: string
    }>`select state from care_team.invitation where id = ${id} and person_id = any (persons.identity_set(${personId})) for update`.execute(tx)
  ).rows[0]
}

export async function setRevoked(tx: Tx, id: CircleInvitationId, at: Date): Promise<void> {
  await sql`update care_team.invitation set state = 'revoked', settled_at = ${at} where id = ${id}`.execute(tx)
}

export async function selectInvitations(tx: Tx, personId: PersonId, now: Date): Promise<readonly CircleInvitation[]> {
  return (
    await sql<CircleInvitation>`select id, given_name || ' ' || family_name as name, party_id is not null as known, role, volets, way, address, mail,
        case when state = 'waiting' and expires_at <= ${now} then 'expired' else state end as state, invited_at as "invitedAt", invited_by_name as "invitedByName",
        expires_at as "expiresAt"
      from care_team.invitation where person_id = any (persons.identity_set(${personId})) and state in ('waiting', 'declined')
        and invited_at > ${now}::timestamptz - interval '30 days' order by invited_at desc, id limit 30`.execute(tx)
  ).rows
}

export interface AtHand {
  readonly state: 'waiting' | 'expired' | 'accepted' | 'declined' | 'revoked'
  readonly serviceName: string
  readonly invitedByName: string
  readonly role: string
  readonly volets: Volet[]
  readonly expiresAt: string
  readonly hers: boolean
  readonly personId: PersonId | null
}

export async function selectAtHand(tx: Tx, id: CircleInvitationId, hash: string, ownWords: readonly string[]): Promise<AtHand | undefined> {
  return (
    await sql<AtHand>`select state, service_name as "serviceName", invited_by_name as "invitedByName", role, volets, expires_at as "expiresAt", hers, person as "personId"
      from care_team.invitation_at_hand(${id}, ${hash}, ${textArray(ownWords)})`.execute(tx)
  ).rows[0]
}

export interface Accepted {
  readonly refusal: 'unusable' | 'another' | 'closed' | null
  readonly personId: PersonId | null
  readonly memberId: MemberId | null
  readonly partyId: string | null
  readonly name: string | null
  readonly services: readonly string[]
}

export async function accept(
  tx: Tx,
  i: {
    readonly id: CircleInvitationId
    readonly hash: string
    readonly ownWords: readonly string[]
    readonly memberId: string
    readonly roleId: string
    readonly accessId: string
    readonly sightId: string
    readonly reason: string
  },
): Promise<Accepted> {
  const { rows } = await sql<Accepted>`select refusal, person as "personId", member as "memberId", party as "partyId", name, services
    from care_team.accept_invitation(${i.id}, ${i.hash}, ${textArray(i.ownWords)}, ${i.memberId}, ${i.roleId}, ${i.accessId}, ${i.sightId}, ${i.reason})`.execute(
    tx,
  )
  return rows[0] as Accepted
}

export async function decline(
  tx: Tx,
  id: CircleInvitationId,
  hash: string,
  ownWords: readonly string[],
): Promise<{ readonly personId: PersonId; readonly service: string } | undefined> {
  return (
    await sql<{
      personId: PersonId
      service: string
    }>`select person as "personId", service from care_team.decline_invitation(${id}, ${hash}, ${textArray(ownWords)})`.execute(tx)
  ).rows[0]
}

/** Her names as her account holds them, told by Pro Santé Connect at her login. */
export async function namesOfUser(tx: Tx, userId: string): Promise<string> {
  return (
    (await sql<{ name: string }>`select given_name || ' ' || family_name as name from territory.user_account where id = ${userId}`.execute(tx)).rows[0]?.name ??
    ''
  )
}

export interface DueMail {
  readonly id: CircleInvitationId
  readonly address: string
  readonly secret: string
  readonly attempts: number
  readonly serviceName: string
  readonly invitedByName: string
  readonly invitedAt: string
  readonly expiresAt: string
}

/** The next letter to carry, held for the transaction; those of links that serve no more are burnt. */
export async function holdMail(tx: Tx, now: Date): Promise<DueMail | undefined> {
  await sql`delete from care_team.invitation_mail o using care_team.invitation i where i.id = o.invitation_id and (i.state <> 'waiting' or i.expires_at <= ${now})`.execute(
    tx,
  )
  return (
    await sql<DueMail>`select o.invitation_id as id, o.address, o.secret, o.attempts, s.name as "serviceName", i.invited_by_name as "invitedByName", i.invited_at as "invitedAt",
        i.expires_at as "expiresAt"
      from care_team.invitation_mail o join care_team.invitation i on i.id = o.invitation_id join territory.service s on s.id = i.holder_org
      where o.next_attempt_at <= ${now} order by o.next_attempt_at limit 1 for update of o skip locked`.execute(tx)
  ).rows[0]
}

/** The letter left, or never will: its secret goes. */
export async function concludeMail(tx: Tx, id: CircleInvitationId, mail: 'sent' | 'refused' | 'no_way', at: Date): Promise<void> {
  await sql`delete from care_team.invitation_mail where invitation_id = ${id}`.execute(tx)
  await sql`update care_team.invitation set mail = ${mail}, mail_at = ${at} where id = ${id}`.execute(tx)
}

export async function retryMail(tx: Tx, id: CircleInvitationId, at: Date): Promise<void> {
  await sql`update care_team.invitation_mail set attempts = attempts + 1, next_attempt_at = ${at} where invitation_id = ${id}`.execute(tx)
}
