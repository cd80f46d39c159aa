import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { VersionedRecord } from '../../platform/server/versions.ts'
import type { AccessId, Member, MemberId, MemberKind, RoleId, Slot } from '../contract/member.ts'

export interface MemberFields {
  readonly name: string
  readonly place: string | null
  readonly relation: string | null
  readonly phone: string | null
  readonly otherPhone: string | null
  readonly email: string | null
  readonly does: string | null
  readonly hours: string | null
  readonly callFor: string | null
  readonly callOrder: number | null
  readonly week: readonly Slot[]
}

const columns: Readonly<Record<keyof MemberFields, string>> = {
  name: 'name',
  place: 'place',
  relation: 'relation',
  phone: 'phone',
  otherPhone: 'other_phone',
  email: 'email',
  does: 'does',
  hours: 'hours',
  callFor: 'call_for',
  callOrder: 'call_order',
  week: 'week',
}

/** A member as the database holds her; what depends on the person's wishes today is added by the reader. */
export type MemberRow = Omit<Member, 'current' | 'suspended' | 'sees'>

const roleJson = sql`jsonb_build_object('id', r.id, 'role', r.role, 'startsOn', r.starts_on, 'endsOn', r.ends_on, 'endReason', r.end_reason, 'documentSeen', r.document_seen)`
/** Her consent is past its last day: the right has ended by its date. */
const lapsed = sql`coalesce(a.consent_until < platform.today(), false)`
const accessJson = sql`jsonb_build_object('id', a.id, 'basis', a.basis, 'sharingCategory', a.sharing_category, 'ground', a.ground, 'volets', a.volets, 'informedOn', a.informed_on,
  'informedByName', a.informed_by_name, 'consentOn', a.consent_on, 'consentMode', a.consent_mode, 'consentFor', a.consent_for, 'consentUntil', a.consent_until, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'endReason', a.end_reason)`

/** Everyone who is or was in the circle, with her roles and the grounds of her sight, in one statement. */
export async function selectMembers(tx: Tx, personId: PersonId): Promise<readonly MemberRow[]> {
  const { rows } =
    await sql<MemberRow>`select m.id, m.version, m.kind, m.party_id as "partyId", m.name, m.place, m.relation, m.phone, m.other_phone as "otherPhone", m.email, m.does,
      m.hours, m.call_for as "callFor", m.call_order as "callOrder", m.week,
      coalesce((select jsonb_agg(${roleJson} order by r.ends_on is not null, r.ends_on desc, r.starts_on, r.id) from care_team.role r where r.member_id = m.id), '[]') as roles,
      (select ${accessJson} from care_team.access a where a.member_id = m.id and a.ends_at is null and not ${lapsed}) as access,
      coalesce((select jsonb_agg(${accessJson} order by a.ends_at desc) from care_team.access a where a.person_id = m.person_id and a.member_id = m.id and (a.ends_at is not null or ${lapsed})), '[]') as "formerAccess",
      exists (select 1 from territory.user_account u where (u.professional_id = m.party_id or u.id = m.party_id) and u.status = 'active') as "hasAccount",
      coalesce(m.party_id = any (platform.actor_parties()), false) as "isMe"
    from care_team.member m where m.person_id = ${personId} order by m.created_at, m.id`.execute(tx)
  return rows
}

export interface MemberAtHand {
  readonly id: MemberId
  readonly personId: PersonId
  readonly kind: MemberKind
  readonly partyId: string | null
  readonly name: string
  readonly holderOrg: string
  readonly roles: readonly { readonly id: RoleId; readonly role: string; readonly startsOn: string }[]
  readonly accessId: AccessId | null
  readonly record: VersionedRecord
}

const fieldsJson = sql.join(Object.entries(columns).map(([field, column]) => sql`${sql.lit(field)}, ${sql.ref(`m.${column}`)}`))
const atHand = sql`m.id, m.person_id as "personId", m.kind, m.party_id as "partyId", m.name, m.holder_org as "holderOrg",
  coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'role', r.role, 'startsOn', r.starts_on)) from care_team.role r where r.member_id = m.id and r.ends_on is null), '[]') as roles,
  (select a.id from care_team.access a where a.member_id = m.id and a.ends_at is null and not ${lapsed}) as "accessId",
  jsonb_build_object('id', m.id, 'version', m.version, 'personId', m.person_id, 'volet', m.volet, 'holderOrg', m.holder_org, 'protection', m.protection,
    'fields', jsonb_build_object(${fieldsJson})) as record`

/** A member with her roles and access of today, locked. */
export async function lockMember(tx: Tx, personId: PersonId, id: MemberId): Promise<MemberAtHand | undefined> {
  const { rows } = await sql<MemberAtHand>`select ${atHand} from care_team.member m where m.id = ${id} and m.person_id = ${personId} for update of m`.execute(
    tx,
  )
  return rows[0]
}

/** The member of this person that a card of the directory already has. */
export async function lockMemberOfParty(tx: Tx, personId: PersonId, partyId: string): Promise<MemberAtHand | undefined> {
  const { rows } =
    await sql<MemberAtHand>`select ${atHand} from care_team.member m where m.person_id = ${personId} and m.party_id = ${partyId} order by m.created_at limit 1 for update of m`.execute(
      tx,
    )
  return rows[0]
}

export async function lockMemberOfRole(tx: Tx, personId: PersonId, roleId: RoleId): Promise<MemberAtHand | undefined> {
  const { rows } = await sql<MemberAtHand>`select ${atHand} from care_team.member m where m.person_id = ${personId}
    and m.id = (select r.member_id from care_team.role r where r.id = ${roleId} and r.person_id = ${personId}) for update of m`.execute(tx)
  return rows[0]
}

export interface NewMember extends MemberFields {
  readonly id: MemberId
  readonly personId: PersonId
  readonly kind: MemberKind
  readonly partyId: string | null
  readonly holderOrg: string
  readonly at: Date
  readonly by: string
}

export async function insertMember(tx: Tx, m: NewMember): Promise<void> {
  await sql`insert into care_team.member (id, person_id, kind, party_id, name, place, relation, phone, other_phone, email, does, hours, call_for, call_order, week, holder_org, created_at, created_by)
    values (${m.id}, ${m.personId}, ${m.kind}, ${m.partyId}, ${m.name}, ${m.place}, ${m.relation}, ${m.phone}, ${m.otherPhone}, ${m.email}, ${m.does}, ${m.hours}, ${m.callFor},
      ${m.callOrder}, ${JSON.stringify(m.week)}::jsonb, ${m.holderOrg}, ${m.at}, ${m.by})`.execute(tx)
}

export async function updateMember(tx: Tx, id: MemberId, changes: Readonly<Record<string, unknown>>, version: number): Promise<void> {
  const set = Object.entries(changes).map(
    ([field, value]) => sql`${sql.id(columns[field as keyof MemberFields])} = ${field === 'week' ? sql`${JSON.stringify(value)}::jsonb` : value}`,
  )
  await sql`update care_team.member set ${sql.join([...set, sql`version = ${version}`])} where id = ${id}`.execute(tx)
}

export interface NewRole {
  readonly id: RoleId
  readonly memberId: MemberId
  readonly personId: PersonId
  readonly role: string
  readonly startsOn: string
  readonly documentSeen: string | null
  readonly holderOrg: string
  readonly at: Date | string
  readonly by: string | null
  readonly sourceId?: string | null
}

export async function insertRole(tx: Tx, r: NewRole): Promise<void> {
  await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, document_seen, source_id, holder_org, recorded_at, recorded_by)
    values (${r.id}, ${r.memberId}, ${r.personId}, ${r.role}, ${r.startsOn}, ${r.documentSeen}, ${r.sourceId ?? null}, ${r.holderOrg}, ${r.at}, ${r.by})`.execute(
    tx,
  )
}

/** Ends roles of a member; one that began later than the day given never happened: it ends the day it began. */
export async function endRoles(tx: Tx, ids: readonly RoleId[], endsOn: string, reason: string): Promise<void> {
  if (ids.length === 0) return
  await sql`update care_team.role set ends_on = greatest(starts_on, ${endsOn}::date), end_reason = ${reason} where id = any (${`{${ids.join(',')}}`}::uuid[]) and ends_on is null`.execute(
    tx,
  )
}

export interface NewAccess {
  readonly id: AccessId
  readonly memberId: MemberId
  readonly personId: PersonId
  readonly partyId: string
  readonly basis: 'care_team' | 'consent'
  readonly sharingCategory: string
  readonly ground: string | null
  readonly volets: readonly string[]
  readonly informedOn: string | null
  readonly informedByName: string | null
  readonly consentOn: string | null
  readonly consentMode: string | null
  readonly consentFor: string | null
  readonly consentUntil: string | null
  readonly at: Date
  readonly by: string
  readonly holderOrg: string
}

/** A consent that lapsed is ended the day after its last one: it leaves its place to a new access. */
export async function insertAccess(tx: Tx, a: NewAccess): Promise<void> {
  await sql`update care_team.access set ends_at = greatest(starts_at, (consent_until + 1)::timestamp at time zone coalesce(nullif(current_setting('jalon.time_zone', true), ''), 'Europe/Paris')), end_reason = 'mission_ended' where member_id = ${a.memberId} and ends_at is null
    and consent_until < platform.today()`.execute(tx)
  await sql`insert into care_team.access (id, member_id, person_id, party_id, basis, sharing_category, ground, volets, informed_on, informed_by_name, consent_on, consent_mode, consent_for,
      consent_until, starts_at, opened_by, holder_org)
    values (${a.id}, ${a.memberId}, ${a.personId}, ${a.partyId}, ${a.basis}, ${a.sharingCategory}, ${a.ground}, ${`{${a.volets.join(',')}}`}::text[], ${a.informedOn}, ${a.informedByName},
      ${a.consentOn}, ${a.consentMode}, ${a.consentFor}, ${a.consentUntil}, ${a.at}, ${a.by}, ${a.holderOrg})`.execute(tx)
}

export async function endAccessRow(tx: Tx, id: AccessId, at: Date, by: string, reason: string): Promise<void> {
  await sql`update care_team.access set ends_at = ${at}, ended_by = ${by}, end_reason = ${reason} where id = ${id} and ends_at is null`.execute(tx)
}

/** The services that accompany the person today, with how to call them. */
export async function selectServicesInCharge(
  tx: Tx,
  personId: PersonId,
): Promise<readonly { id: string; name: string; phone: string | null; opening: string | null }[]> {
  const { rows } = await sql<{
    id: string
    name: string
    phone: string | null
    opening: string | null
  }>`select s.id, s.name, s.phone, s.opening ->> 'text' as opening
    from unnest(persons.in_charge_of(${personId})) p(id) join territory.service s on s.id = p.id order by s.name`.execute(tx)
  return rows
}

/** The instant at which a day is over, where the installation is. */
export async function endOfDay(tx: Tx, day: string, timeZone: string): Promise<Date> {
  const { rows } = await sql<{ at: string }>`select (${day}::date + 1)::timestamp at time zone ${timeZone} as at`.execute(tx)
  return new Date(rows[0]?.at ?? day)
}

export async function withdrawSensitiveNames(tx: Tx, personId: PersonId | null): Promise<void> {
  await sql`select care_team.withdraw_sensitive_names(${personId})`.execute(tx)
}
