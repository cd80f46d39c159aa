import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type CircleChange, type CircleGestureId, type FileOfParty, type filesOfParty, mostFiles } from '../contract/many-files.ts'

export interface PartyFile extends Omit<FileOfParty, 'why'> {
  readonly personId: PersonId
  readonly phone: string | null
  readonly access: { readonly basis: 'care_team' | 'consent'; readonly sharingCategory: string; readonly volets: readonly string[] } | null
  /** The actor's service accompanies her today. */
  readonly inCharge: boolean
  /** The use of her data is limited (art. 18 RGPD). */
  readonly limited: boolean
}

/** The circles where a card stands today: the table is keyed by the card, RLS keeps those that the actor sees. */
export async function selectFilesOfParty(tx: Tx, partyId: string): Promise<readonly PartyFile[]> {
  const { rows } = await sql<PartyFile>`with circles as materialized (
      select m.id, m.person_id, m.place, m.phone, array_agg(r.role order by r.starts_on, r.role) as roles, min(r.starts_on) as since
        from care_team.member m join care_team.role r on r.member_id = m.id and r.ends_on is null
       where m.party_id = ${partyId} group by m.id limit ${mostFiles * 2})
    select held.id as "memberId", held.person_id as "personId", ${personNameJson('held.person_id')} as person, held.roles, held.place, held.phone, held.since,
      a.basis is not null as opened,
      case when a.basis is not null then jsonb_build_object('basis', a.basis, 'sharingCategory', a.sharing_category, 'volets', a.volets) end as access,
      coalesce(platform.actor_service() = any (persons.in_charge_of(held.person_id)), false) as "inCharge",
      exists (select from privacy.frozen(array[held.person_id])) as limited
    from circles held
    left join care_team.access a on a.member_id = held.id and a.ends_at is null and not coalesce(a.consent_until < platform.today(), false)`.execute(tx)
  const seen = rows.filter(({ person }) => person !== null)
  const shown = ({ person }: PartyFile): string => `${person.usedName ?? person.birthName} ${person.usedFirstName ?? person.firstName ?? ''}`
  return seen.sort((a, b) => shown(a).localeCompare(shown(b), 'fr') || a.personId.localeCompare(b.personId))
}

export interface NewGesture {
  readonly id: CircleGestureId
  readonly serviceId: string
  readonly partyId: string
  readonly partyName: string
  readonly change: CircleChange
  readonly because: string
  readonly done: number
  readonly refused: number
  readonly at: Date
  readonly by: string
  readonly byName: string
}

export async function insertGesture(tx: Tx, g: NewGesture): Promise<void> {
  await sql`insert into care_team.circle_gesture (id, service_id, kind, party_id, party_name, change, because, done, refused, at, by_user, by_name)
    values (${g.id}, ${g.serviceId}, ${g.change.kind}, ${g.partyId}, ${g.partyName}, ${JSON.stringify(g.change)}::jsonb, ${g.because}, ${g.done}, ${g.refused}, ${g.at}, ${g.by},
      ${g.byName})`.execute(tx)
}

export async function selectGestures(tx: Tx, partyId: string): Promise<OutputOf<typeof filesOfParty>['gestures']> {
  return (
    await sql<
      OutputOf<typeof filesOfParty>['gestures'][number]
    >`select id, change, because, done, refused, at, by_name as "byName" from care_team.circle_gesture
      where service_id = platform.actor_service() and party_id = ${partyId} order by at desc limit 5`.execute(tx)
  ).rows
}
