import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { VersionedRecord } from '../../platform/server/versions.ts'
import type { FamilyDoctor, FamilyDoctorState, PersonName } from '../contract/person.ts'
import type { PersonFamilyDoctorData } from '../contract/queries.ts'
import { personNameJson } from './person.sql.ts'

const doctor = sql`d.id, d.version, d.state, d.professional_id as "professionalId", d.professional_name as name, d.professional_phone as phone,
  d.professional_commune as commune, d.concertation, d.concertation_at as "concertationAt", d.verified_on as "verifiedOn", d.starts_on as "startsOn",
  (select v.vanished_at from directory.vanished v where v.party_id = d.professional_id) as "vanishedAt"`

/** The JSON of the médecin traitant of today, for a statement that shows more; null when nothing was recorded. */
export const currentDoctorJson = (personId: PersonId): ReturnType<typeof sql<FamilyDoctor | null>> =>
  sql<FamilyDoctor | null>`(select to_jsonb(x) from (select ${doctor} from persons.family_doctor d where d.person_id = ${personId} and d.ends_on is null) x)`

/** The médecin traitant of today, or undefined when nothing was recorded yet. */
export async function selectFamilyDoctor(tx: Tx, personId: PersonId): Promise<FamilyDoctor | undefined> {
  const { rows } = await sql<FamilyDoctor>`select ${doctor} from persons.family_doctor d where d.person_id = ${personId} and d.ends_on is null`.execute(tx)
  return rows[0]
}

export interface NewFamilyDoctor {
  readonly id: string
  readonly personId: PersonId
  readonly state: FamilyDoctorState
  readonly professionalId: string | null
  readonly name: string | null
  readonly phone: string | null
  readonly commune: string | null
  readonly startsOn: string
  readonly verifiedOn: string
  readonly holderOrg: string
  readonly at: Date
  readonly by: string
}

/** The new one; the one before, if any, ends that day and becomes history. False when somebody wrote another at the same moment. */
export async function replaceFamilyDoctor(tx: Tx, row: NewFamilyDoctor): Promise<boolean> {
  await sql`update persons.family_doctor set ends_on = greatest(${row.startsOn}::date, starts_on), version = version + 1 where person_id = ${row.personId} and ends_on is null`.execute(
    tx,
  )
  const { numAffectedRows } =
    await sql`insert into persons.family_doctor (id, person_id, state, professional_id, professional_name, professional_phone, professional_commune, verified_on, starts_on,
      holder_org, recorded_at, recorded_by)
    values (${row.id}, ${row.personId}, ${row.state}, ${row.professionalId}, ${row.name}, ${row.phone}, ${row.commune}, ${row.verifiedOn}, ${row.startsOn}, ${row.holderOrg},
      ${row.at}, ${row.by}) on conflict (person_id) where ends_on is null do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export interface NewConcertation {
  readonly id: string
  readonly personId: PersonId
  readonly doctorId: string
  readonly outcome: string
  readonly opinion: string | null
  readonly phone: string | null
  readonly volet: 'health' | 'administrative'
  readonly protection: 'shared' | 'org_private'
  readonly holderOrg: string
  readonly at: Date
  readonly by: string
  readonly byName: string
}

export async function insertConcertation(tx: Tx, row: NewConcertation): Promise<void> {
  await sql`insert into persons.family_doctor_concertation (id, person_id, family_doctor_id, outcome, opinion, at, by_id, by_name, volet, protection, holder_org)
    values (${row.id}, ${row.personId}, ${row.doctorId}, ${row.outcome}, ${row.opinion}, ${row.at}, ${row.by}, ${row.byName}, ${row.volet}, ${row.protection}, ${row.holderOrg})`.execute(
    tx,
  )
  await sql`update persons.family_doctor set concertation = ${row.outcome}, concertation_at = ${row.at}, professional_phone = coalesce(${row.phone}, professional_phone),
    version = version + 1 where id = ${row.doctorId}`.execute(tx)
}

export async function hasOpenReferral(tx: Tx, personId: PersonId): Promise<boolean> {
  const { rows } = await sql`select 1 from persons.family_doctor_referral where person_id = ${personId} and outcome_at is null and not no_cpts limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

export async function insertReferral(
  tx: Tx,
  row: { id: string; personId: PersonId; cptsId: string | null; at: Date; remindOn: string | null; holderOrg: string; by: string },
): Promise<void> {
  await sql`insert into persons.family_doctor_referral (id, person_id, cpts_id, no_cpts, state, sent_at, remind_on, holder_org, created_by)
    values (${row.id}, ${row.personId}, ${row.cptsId}, ${row.cptsId === null}, ${row.cptsId === null ? 'no_cpts' : 'sent'}, ${row.at}, ${row.remindOn}, ${row.holderOrg}, ${row.by})`.execute(
    tx,
  )
}

export async function lockReferral(tx: Tx, personId: PersonId, id: string): Promise<VersionedRecord | undefined> {
  const { rows } = await sql<VersionedRecord>`select id, version, person_id as "personId", volet, holder_org as "holderOrg", protection,
      jsonb_build_object('state', state, 'remindOn', remind_on, 'outcome', outcome, 'ended', outcome_at is not null) as fields
    from persons.family_doctor_referral where id = ${id} and person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

export async function updateReferral(
  tx: Tx,
  id: string,
  row: { state: string; remindOn: string | null; outcome: string | null; outcomeAt: Date | null; version: number },
): Promise<void> {
  await sql`update persons.family_doctor_referral set state = ${row.state}, remind_on = ${row.remindOn}, outcome = ${row.outcome}, outcome_at = ${row.outcomeAt},
    version = ${row.version} where id = ${id}`.execute(tx)
}

/** Closes what « aucun » had opened: a médecin traitant was found. Gives how many were open. */
export async function closeReferrals(tx: Tx, personId: PersonId, at: Date): Promise<number> {
  const { rows } = await sql`update persons.family_doctor_referral set state = 'designated', remind_on = null, outcome_at = ${at}, version = version + 1
    where person_id = ${personId} and outcome_at is null and not no_cpts returning id`.execute(tx)
  return rows.length
}

type Pieces = Omit<PersonFamilyDoctorData, 'cptsThere'>

/** Today's, the former ones, the concertations and the referrals, in one statement. */
export async function selectFamilyDoctorPage(tx: Tx, personId: PersonId): Promise<Pieces> {
  const { rows } = await sql<Pieces>`select ${currentDoctorJson(personId)} as current,
    coalesce((select jsonb_agg(x order by x."endsOn" desc) from (select ${doctor}, d.ends_on as "endsOn" from persons.family_doctor d where d.person_id = ${personId} and d.ends_on is not null) x), '[]') as former,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'outcome', c.outcome, 'opinion', c.opinion, 'at', c.at, 'byName', c.by_name) order by c.at desc)
      from persons.family_doctor_concertation c where c.person_id = ${personId}), '[]') as concertations,
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'version', r.version, 'state', r.state, 'cptsName', s.name, 'sentAt', r.sent_at, 'remindOn', r.remind_on,
        'outcomeAt', r.outcome_at, 'outcome', r.outcome, 'answeredAt', r.answered_at, 'answeredByName', r.answered_by_name,
        'doctor', case when r.doctor_name is not null then jsonb_build_object('partyId', r.doctor_party_id, 'name', r.doctor_name, 'phone', r.doctor_phone, 'commune', r.doctor_commune) end) order by r.sent_at desc)
      from persons.family_doctor_referral r left join territory.service s on s.id = r.cpts_id where r.person_id = ${personId}), '[]') as referrals`.execute(tx)
  return rows[0] as Pieces
}

export interface DueReferral {
  readonly id: string
  readonly version: number
  readonly person: PersonName
  readonly state: string
  readonly cptsName: string | null
  readonly sentAt: string
  readonly remindOn: string | null
  readonly due: boolean
  readonly doctorName: string | null
  readonly answeredAt: string | null
}

/** The referrals that a service follows, those to remind first. Starts from the service's own index, not from the persons. */
export async function selectOpenReferrals(tx: Tx, serviceId: string, today: string, dueOnly: boolean): Promise<readonly DueReferral[]> {
  const { rows } =
    await sql<DueReferral>`select r.id, r.version, ${personNameJson('r.person_id')} as person, r.state, s.name as "cptsName", r.sent_at as "sentAt", r.remind_on as "remindOn", r.doctor_name as "doctorName", r.answered_at as "answeredAt",
      coalesce(r.remind_on <= ${today}::date, false) as due
    from persons.family_doctor_referral r left join territory.service s on s.id = r.cpts_id
    where r.holder_org = ${serviceId} and r.outcome_at is null and not r.no_cpts and (not ${dueOnly}::boolean or r.remind_on <= ${today}::date)
    order by r.remind_on, r.id limit 200`.execute(tx)
  return rows
}
