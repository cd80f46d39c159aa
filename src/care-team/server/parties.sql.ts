import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** A member of the circle who has a card in the directory, or an account. */
export interface CircleParty {
  readonly partyId: string
  readonly name: string
  readonly place: string | null
}

/** Those of today who have a card or an account, by name. */
export async function selectCircleParties(tx: Tx, personId: PersonId): Promise<readonly CircleParty[]> {
  return (
    await sql<CircleParty>`select distinct on (m.name, m.party_id) m.party_id as "partyId", m.name, m.place from care_team.member m
      where m.person_id = any (persons.identity_set(${personId}::uuid)) and m.party_id is not null and m.kind = 'professional'
        and exists (select from care_team.role r where r.member_id = m.id and r.starts_on <= platform.today() and (r.ends_on is null or r.ends_on >= platform.today()))
      order by m.name, m.party_id, m.created_at`.execute(tx)
  ).rows
}

export interface NamedMember {
  readonly personId: PersonId
  readonly name: string
  /** She has no access of today. */
  readonly closed: boolean
}

export async function selectNamedMember(tx: Tx, memberId: string): Promise<NamedMember | undefined> {
  return (
    await sql<NamedMember>`select m.person_id as "personId", m.name, not exists (select from care_team.access a where a.member_id = m.id and a.ends_at is null) as closed
      from care_team.member m where m.id = ${memberId}`.execute(tx)
  ).rows[0]
}
