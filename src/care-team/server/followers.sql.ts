import { sql } from 'kysely'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { MemberId } from '../contract/member.ts'

export type HeldRole = 'referent' | 'co_referent'

export interface FollowerCard {
  readonly userId: string
  readonly name: string
  readonly phone: string | null
  readonly place: string
}

/** Who she is, with the line of her DAC when she has none of her own. */
export async function followerCard(tx: Tx, userId: string, serviceId: string): Promise<FollowerCard | undefined> {
  const { rows } =
    await sql<FollowerCard>`select u.id as "userId", u.given_name || ' ' || u.family_name as name, coalesce(u.phone, s.phone) as phone, s.name as place
    from territory.user_account u, territory.service s where u.id = ${userId} and s.id = ${serviceId}`.execute(tx)
  return rows[0]
}

/** Her line in the circle of this person; the one of an earlier period if there is one. */
export async function memberForFollower(
  tx: Tx,
  given: { readonly personId: PersonId; readonly card: FollowerCard; readonly holderOrg: string; readonly at: string },
): Promise<MemberId> {
  const { personId, card } = given
  const { rows } = await sql<{
    id: MemberId
  }>`select id from care_team.member where person_id = ${personId} and party_id = ${card.userId} order by created_at limit 1`.execute(tx)
  if (rows[0] !== undefined) return rows[0].id
  const id = newId<MemberId>()
  await sql`insert into care_team.member (id, person_id, kind, party_id, name, place, phone, holder_org, created_at)
    values (${id}, ${personId}, 'professional', ${card.userId}, ${card.name}, ${card.place}, ${card.phone}, ${given.holderOrg}, ${given.at})`.execute(tx)
  return id
}

/** The calendar day of an instant where the installation is, which is not always that of UTC. */
export async function dayOf(tx: Tx, instant: string): Promise<string> {
  const { rows } = await sql<{ day: string }>`select platform.day_of(${instant}::timestamptz) as day`.execute(tx)
  return (rows[0] as { day: string }).day
}

/** The DAC of an accompaniment, as its earlier roles say it. */
export async function holderOfEpisode(tx: Tx, episodeId: string): Promise<string | null> {
  const { rows } = await sql<{ holderOrg: string }>`select holder_org as "holderOrg" from care_team.role where source_id = ${episodeId} limit 1`.execute(tx)
  return rows[0]?.holderOrg ?? null
}

/** Ends the roles that an accompaniment made, the day of the event. */
export async function endEpisodeRoles(tx: Tx, episodeId: string, roles: readonly HeldRole[], at: string, reason: string): Promise<void> {
  await sql`update care_team.role set ends_on = greatest(starts_on, platform.day_of(${at}::timestamptz)), end_reason = ${reason}
    where source_id = ${episodeId} and role = any (${[...roles]}::text[]) and ends_on is null`.execute(tx)
}

/** Open pages of the circle read it again. */
export async function tellCircleChanged(tx: Tx, personId: PersonId): Promise<void> {
  await sql`insert into platform.event_inbox (id, type, person_id, volet, payload) values (${newId()}, 'careTeam.circle.changed', ${personId}, 'administrative', ${JSON.stringify({ personId })}::jsonb)`.execute(
    tx,
  )
}
