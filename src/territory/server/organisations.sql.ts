import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { ServiceKind } from '../../platform/contract/actor.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { legalPersons, serviceDetail } from '../contract/queries.ts'
import { searchKey } from '../contract/search-key.ts'

export interface LegalPersonFields {
  readonly name: string
  readonly legalForm: string | null
  readonly siren: string | null
  readonly finessLegal: string | null
}
export interface ServiceFields {
  readonly name: string
  readonly shortName: string | null
  readonly legalPersonId: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly finess: string | null
  readonly cptsStatus: string | null
  readonly openToPublic: boolean
}
export interface SiteFields {
  readonly kind: string
  readonly name: string
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly phone: string | null
  readonly endsOn: string | null
}
export interface Stored<Fields> {
  readonly version: number
  readonly fields: Fields
}

type LegalPersonRow = OutputOf<typeof legalPersons>['rows'][number]
type Detail = OutputOf<typeof serviceDetail>

export async function insertLegalPerson(tx: Tx, id: string, fields: LegalPersonFields): Promise<void> {
  await sql`insert into territory.legal_person (id, name, legal_form, siren, finess_legal) values (${id}, ${fields.name}, ${fields.legalForm}, ${fields.siren}, ${fields.finessLegal})`.execute(
    tx,
  )
}

export async function lockLegalPerson(tx: Tx, id: string): Promise<Stored<LegalPersonFields> | null> {
  const { rows } = await sql<
    LegalPersonFields & { version: number }
  >`select name, legal_form as "legalForm", siren, finess_legal as "finessLegal", version from territory.legal_person where id = ${id} for update`.execute(tx)
  return stored(rows[0])
}

export async function updateLegalPerson(tx: Tx, id: string, fields: LegalPersonFields, version: number): Promise<void> {
  await sql`update territory.legal_person set name = ${fields.name}, legal_form = ${fields.legalForm}, siren = ${fields.siren}, finess_legal = ${fields.finessLegal}, version = ${version} where id = ${id}`.execute(
    tx,
  )
}

/** True if another legal person has this SIREN. */
export async function sirenTaken(tx: Tx, siren: string, except: string): Promise<boolean> {
  return (await sql`select from territory.legal_person where siren = ${siren} and id <> ${except}`.execute(tx)).rows.length > 0
}

export async function insertService(tx: Tx, id: string, kind: ServiceKind, fields: ServiceFields, startsOn: string | null): Promise<void> {
  await sql`insert into territory.service (id, kind, legal_person_id, name, short_name, phone, email, address, postal_code, commune_code, finess, cpts_status, open_to_public, starts_on)
    values (${id}, ${kind}, ${fields.legalPersonId}, ${fields.name}, ${fields.shortName}, ${fields.phone}, ${fields.email}, ${fields.address}, ${fields.postalCode}, ${fields.communeCode}, ${fields.finess},
      ${fields.cptsStatus}, ${fields.openToPublic}, ${startsOn}::date)`.execute(tx)
}

export async function lockService(
  tx: Tx,
  id: string,
): Promise<(Stored<ServiceFields> & { readonly kind: ServiceKind; readonly endsOn: string | null }) | null> {
  const { rows } = await sql<ServiceFields & { version: number; kind: ServiceKind; endsOn: string | null }>`
    select legal_person_id as "legalPersonId", name, short_name as "shortName", phone, email, address, postal_code as "postalCode", commune_code as "communeCode", finess, cpts_status as "cptsStatus",
      open_to_public as "openToPublic", version, kind, ends_on as "endsOn" from territory.service where id = ${id} for update`.execute(tx)
  if (rows[0] === undefined) return null
  const { version, kind, endsOn, ...fields } = rows[0]
  return { version, kind, endsOn, fields }
}

export async function updateService(tx: Tx, id: string, fields: ServiceFields, version: number): Promise<void> {
  await sql`update territory.service set legal_person_id = ${fields.legalPersonId}, name = ${fields.name}, short_name = ${fields.shortName}, phone = ${fields.phone}, email = ${fields.email}, address = ${fields.address},
    postal_code = ${fields.postalCode}, commune_code = ${fields.communeCode}, finess = ${fields.finess}, cpts_status = ${fields.cptsStatus}, open_to_public = ${fields.openToPublic}, version = ${version} where id = ${id}`.execute(
    tx,
  )
}

export async function endService(tx: Tx, id: string, endsOn: string, version: number): Promise<void> {
  await sql`update territory.service set ends_on = ${endsOn}::date, version = ${version} where id = ${id}`.execute(tx)
}

/** What still depends on a service after a day: communes and users. */
export async function dependentsAfter(tx: Tx, id: string, day: string): Promise<{ communes: number; members: number }> {
  const { rows } = await sql<{ communes: number; members: number }>`select
    (select count(*)::int from territory.perimeter where service_id = ${id} and (ends_on is null or ends_on > ${day}::date + 1)) as communes,
    (select count(*)::int from territory.membership m join territory.user_account u on u.id = m.user_id where m.service_id = ${id} and u.status = 'active' and (m.ends_on is null or m.ends_on > ${day}::date)) as members`.execute(
    tx,
  )
  return rows[0] ?? { communes: 0, members: 0 }
}

export async function insertSite(tx: Tx, id: string, serviceId: string, fields: SiteFields): Promise<void> {
  await sql`insert into territory.site (id, service_id, kind, name, address, postal_code, commune_code, phone)
    values (${id}, ${serviceId}, ${fields.kind}, ${fields.name}, ${fields.address}, ${fields.postalCode}, ${fields.communeCode}, ${fields.phone})`.execute(tx)
}

export async function lockSite(tx: Tx, id: string): Promise<Stored<SiteFields> | null> {
  const { rows } = await sql<
    SiteFields & { version: number }
  >`select kind, name, address, postal_code as "postalCode", commune_code as "communeCode", phone, ends_on as "endsOn", version from territory.site where id = ${id} for update`.execute(
    tx,
  )
  return stored(rows[0])
}

export async function updateSite(tx: Tx, id: string, fields: SiteFields, version: number): Promise<void> {
  await sql`update territory.site set kind = ${fields.kind}, name = ${fields.name}, address = ${fields.address}, postal_code = ${fields.postalCode}, commune_code = ${fields.communeCode}, phone = ${fields.phone},
    ends_on = ${fields.endsOn}::date, version = ${version} where id = ${id}`.execute(tx)
}

function stored<Fields>(row: (Fields & { version: number }) | undefined): Stored<Fields> | null {
  if (row === undefined) return null
  const { version, ...fields } = row
  return { version, fields: fields as unknown as Fields }
}

const legalColumns = sql`l.id, l.name, l.legal_form as "legalForm", l.siren, l.finess_legal as "finessLegal", l.version, (select count(*)::int from territory.service s where s.legal_person_id = l.id) as services`

/** Organismes by name; one row more than asked tells that there is a next page. */
export async function listLegalPersons(tx: Tx, text: string, limit: number, after: readonly [string, string] | null): Promise<readonly LegalPersonRow[]> {
  const words = searchKey(text).split(' ').filter(Boolean).slice(0, 6)
  const conditions = [
    after === null ? sql`true` : sql`(l.name, l.id) > (${after[0]}, ${after[1]}::uuid)`,
    ...words.map((word) => sql`lower(unaccent(concat_ws(' ', l.name, l.siren, l.finess_legal))) like ${`%${word}%`}`),
  ]
  return (
    await sql<LegalPersonRow>`select ${legalColumns} from territory.legal_person l where ${sql.join(conditions, sql` and `)} order by l.name, l.id limit ${limit + 1}`.execute(
      tx,
    )
  ).rows
}

/** A service with everything that its administration shows; counts are those of `day`. */
export async function readServiceDetail(tx: Tx, id: string, day: string): Promise<Detail | null> {
  const { rows } = await sql<Detail['service']>`
    select s.id, s.kind, s.name, s.short_name as "shortName", s.phone, s.email, s.address, s.postal_code as "postalCode", s.commune_code as "communeCode", c.name as "communeName", s.cpts_status as "cptsStatus",
      s.open_to_public as "openToPublic", s.legal_person_id as "legalPersonId", s.finess, s.starts_on as "startsOn", s.ends_on as "endsOn", s.announced_departments as "announcedDepartments", s.version
    from territory.service s left join territory.commune c on c.code = s.commune_code where s.id = ${id}`.execute(tx)
  const [service] = rows
  if (service === undefined) return null
  const legal = await sql<LegalPersonRow>`select ${legalColumns} from territory.legal_person l where l.id = ${service.legalPersonId}`.execute(tx)
  const sites = await sql<Detail['sites'][number]>`
    select t.id, t.kind, t.name, t.address, t.postal_code as "postalCode", t.commune_code as "communeCode", c.name as "communeName", t.phone, t.ends_on as "endsOn", t.version
    from territory.site t left join territory.commune c on c.code = t.commune_code where t.service_id = ${id} order by t.ends_on nulls first, t.name, t.id`.execute(
    tx,
  )
  const counts = await sql<{ communes: number; members: number }>`select
    (select count(*)::int from territory.perimeter where service_id = ${id} and daterange(starts_on, ends_on, '[)') @> ${day}::date) as communes,
    (select count(distinct m.user_id)::int from territory.membership m join territory.user_account u on u.id = m.user_id and u.status = 'active'
      where m.service_id = ${id} and m.starts_on <= ${day}::date and (m.ends_on is null or m.ends_on >= ${day}::date)) as members`.execute(tx)
  return { service, legalPerson: legal.rows[0] ?? null, sites: sites.rows, communes: counts.rows[0]?.communes ?? 0, members: counts.rows[0]?.members ?? 0 }
}
