import { sql } from 'kysely'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { MemberId, RoleId } from '../contract/member.ts'

export interface OverMandate {
  readonly roleId: RoleId
  /** The member. */
  readonly id: MemberId
  readonly partyId: string | null
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly name: string
  /** The last day of the measure. */
  readonly endsOn: Day
}

/** What every association of guardians calls itself, and says nothing of which one it is. */
const commonWords =
  'madame monsieur mme des les aux par pour association associations service services mandataire mandataires judiciaire judiciaires protection majeurs majeur tutelle tutelles tutelaire tutelaires curatelle curatelles union departementale departemental familiale familiales gestion'.split(
    ' ',
  )

/** The words that tell who exercises a measure: « UDAF des Vosges » is where Mme Colin works, and shares nothing with « ATV, Association tutélaire des Vosges ». */
const words = (text: ReturnType<typeof sql>) =>
  sql`array(select w from regexp_split_to_table(lower(unaccent(coalesce(${text}, ''))), '[^a-z0-9]+') w where length(w) > 2 and w <> all (${commonWords}::text[])
    and not exists (select from territory.department d where w = any (regexp_split_to_array(lower(unaccent(d.name)), '[^a-z0-9]+'))))`

const ofMember = words(sql`concat_ws(' ', m.name, m.place)`)
const named = words(sql`p.representative_name`)
const isHerCard = sql`p.representative_party_id is not distinct from m.party_id and p.representative_party_id is not null`

/** A measure that may have been exercised by the member `m`: it names her or where she works, or nobody. */
const wasHers = sql`(${isHerCard} or p.representative_party_id is null and (p.representative_name is null or ${named} && ${ofMember}))`

/** A measure that still is: it has her whole name, or says nothing of who exercises it that is not said of her. A town in common keeps no file open. */
const isHers = sql`(${isHerCard} or p.representative_party_id is null and (p.representative_name is null
  or cardinality(${named}) > 0 and (${named} <@ ${ofMember} or ${words(sql`m.name`)} <@ ${named} and cardinality(${words(sql`m.name`)}) > 0)))`

/**
 * The professional representatives who stand in the circle of this person (of anybody when null) for a measure whose last day has passed, while none that
 * may be theirs goes on. A measure that ended before she entered the circle says nothing of her.
 */
export async function selectOverMandates(tx: Tx, personId: PersonId | null, today: Day): Promise<readonly OverMandate[]> {
  const { rows } =
    await sql<OverMandate>`select r.id as "roleId", m.id, m.party_id as "partyId", m.person_id as "personId", m.holder_org as "holderOrg", m.name, max(p.ends_on)::text as "endsOn"
    from care_team.role r join care_team.member m on m.id = r.member_id join persons.protection_measure p on p.person_id = m.person_id
    where r.role = 'legal_representative_professional' and r.ends_on is null and (${personId}::uuid is null or m.person_id = ${personId})
      and p.ends_on < ${today} and p.ends_on >= r.starts_on and ${wasHers}
      and not exists (select from persons.protection_measure p where p.person_id = m.person_id and (p.ends_on is null or p.ends_on >= ${today}) and ${isHers})
    group by r.id, m.id`.execute(tx)
  return rows
}

/** Ends a role on the last day of its mandate and, when it was her last, her access and her sight from now on. Gives the parties who lose sight. */
export async function endMandate(tx: Tx, mandate: OverMandate, at: Date): Promise<readonly string[]> {
  await sql`update care_team.role set ends_on = greatest(starts_on, ${mandate.endsOn}::date), end_reason = 'mission_ended' where id = ${mandate.roleId}`.execute(
    tx,
  )
  const { rows } = await sql<{ party: string }>`with closed as (
      update care_team.access a set ends_at = ${at}, end_reason = 'mission_ended', ended_by = null
      where a.member_id = ${mandate.id} and a.ends_at is null and not exists (select from care_team.role r where r.member_id = a.member_id and r.ends_on is null) returning a.id)
    update persons.sight s set ends_at = ${at} from closed c where s.source_id = c.id and s.person_id = ${mandate.personId} and (s.ends_at is null or s.ends_at > ${at})
    returning s.party_id as party`.execute(tx)
  return rows.map(({ party }) => party)
}
