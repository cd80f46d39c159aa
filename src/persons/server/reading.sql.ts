import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { HiddenWhy } from '../contract/hidden.ts'
import type { PersonAccessData, PersonHeaderData, PersonIdentityData } from '../contract/queries.ts'
import { currentDoctorJson } from './family-doctor.sql.ts'
import { personNameJson } from './person.sql.ts'
import { protectionsJson, type SharingRows, sharingJson } from './sharing.sql.ts'

export type HeaderRow = Omit<PersonHeaderData, 'sharing' | 'bases' | 'volets' | 'inCharge'> & { readonly sharing: SharingRows }

/** The header of a file, in one statement. */
export async function selectHeader(tx: Tx, personId: PersonId): Promise<HeaderRow> {
  const { rows } =
    await sql<HeaderRow>`select ${personNameJson('h.person_id')} as person, h.version, h.identity_attributes as attributes, h.caller_instruction as "callerInstruction",
      h.language, h.needs_interpreter as "needsInterpreter", h.is_military as "isMilitary",
      (select c.value from persons.contact_point c where c.person_id = h.person_id and c.ended_at is null and c.kind in ('mobile', 'home_phone', 'work_phone', 'institution_phone')
        order by c.preferred desc, c.kind = 'home_phone' desc, c.id limit 1) as phone,
      ${protectionsJson(personId)} as protections, ${currentDoctorJson(personId)} as "familyDoctor", ${sharingJson(personId)} as sharing
    from persons.person h where h.person_id = ${personId}`.execute(tx)
  return rows[0] as HeaderRow
}

export async function selectIdentity(tx: Tx, personId: PersonId): Promise<PersonIdentityData> {
  const { rows } =
    await sql<PersonIdentityData>`select p.person_id as "personId", p.version, p.birth_name as "birthName", p.used_name as "usedName", p.birth_given_names as "birthGivenNames",
      p.used_given_name as "usedGivenName", p.birth_date as "birthDate", p.birth_date_approximate as "birthDateApproximate", p.sex, p.birth_place_code as "birthPlaceCode",
      coalesce(p.birth_place_name, b.name) as "birthPlaceName", p.commune_code as "communeCode", c.name as commune, case when not hidden.address then p.address end as address, hidden.address as "addressHidden", p.caller_instruction as "callerInstruction", p.language,
      p.needs_interpreter as "needsInterpreter", p.is_military as "isMilitary", p.identity_status as "identityStatus", p.identity_attributes as attributes,
      p.ins_matricule as matricule, p.ins_retrieved_at as "insRetrievedAt", p.ins_contested_at as "insContestedAt", p.identity_document as "identityDocument", p.identity_checked_at as "identityCheckedAt",
      (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = p.identity_checked_by) as "identityCheckedBy",
      p.deceased_on as "deceasedOn", p.death_recorded_at as "deathRecordedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'version', k.version, 'kind', k.kind, 'value', k.value, 'label', k.label, 'preferred', k.preferred)
        order by k.preferred desc, k.id) from persons.contact_point k where k.person_id = p.person_id and k.ended_at is null), '[]') as contacts
    from persons.person p cross join lateral (select persons.address_hidden(p.person_id) as address) hidden
    left join territory.commune c on c.code = p.commune_code left join territory.commune b on b.code = p.birth_place_code
    where p.person_id = ${personId}`.execute(tx)
  return rows[0] as PersonIdentityData
}

export async function selectSights(tx: Tx, personId: PersonId): Promise<PersonAccessData['sights']> {
  const { rows } = await sql<
    PersonAccessData['sights'][number]
  >`select party_id as "partyId", coalesce(party_name, 'Professionnel de l’annuaire') as name, party_kind as kind, basis, volets, entrusted,
      reason, starts_at as "startsAt", ends_at as "endsAt", suspended_at as "suspendedAt", suspensions,
      starts_at <= platform.clock() and (ends_at is null or ends_at > platform.clock()) as live
    from persons.sights_of(${personId})`.execute(tx)
  return rows
}

export async function selectReaders(tx: Tx, personId: PersonId, since: Date, most: number): Promise<PersonAccessData['readers']> {
  const { rows } = await sql<
    PersonAccessData['readers'][number]
  >`select user_id as "userId", case when user_id is null or user_id = '00000000-0000-0000-0000-000000000000' then 'Jalon, tâche automatique' else coalesce(user_name, 'Utilisateur supprimé') end as name, service_name as service, times,
      first_at as "firstAt", last_at as "lastAt", names as what
    from persons.readers_of(${personId}, ${since}, ${most})`.execute(tx)
  return rows
}

export interface HistoryRow {
  readonly recordId: string
  readonly recordType: string
  readonly version: number
  readonly at: string
  readonly byName: string | null
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
}

/** Field by field, what changed in the records of persons about this person, the last first. */
export async function selectHistory(tx: Tx, personId: PersonId, types: readonly string[], most: number): Promise<readonly HistoryRow[]> {
  const { rows } =
    await sql<HistoryRow>`select h.record_id as "recordId", h.record_type as "recordType", h.version, h.changed_at as at, u.given_name || ' ' || u.family_name as "byName", h.changes
    from platform.field_history h left join territory.user_account u on u.id = h.changed_by
    where h.person_id = ${personId} and h.record_type = any (${[...types]}::text[]) order by h.changed_at desc, h.version desc limit ${most}`.execute(tx)
  return rows
}

/** How many shared lines of her Fil the actor does not see, by volet and reason. */
export async function selectHidden(tx: Tx, personId: PersonId, category: string): Promise<readonly { volet: Volet; count: number; why: HiddenWhy }[]> {
  const { rows } = await sql<{
    volet: Volet
    count: number
    why: HiddenWhy
  }>`select volet, count, why from persons.hidden_items(${personId}, ${category})`.execute(tx)
  return rows
}
