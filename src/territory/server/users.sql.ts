import { sql } from 'kysely'
import type { ActorFunction, ServiceKind } from '../../platform/contract/actor.ts'
import type { PartyId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Account } from '../contract/queries.ts'
import { searchKey } from '../contract/search-key.ts'
import type { Stored } from './organisations.sql.ts'

export interface AccountFields {
  readonly givenName: string
  readonly familyName: string
  readonly nationalId: string | null
  readonly professionLabel: string | null
  readonly category: string
  readonly email: string | null
  readonly phone: string | null
}

export async function insertUser(tx: Tx, id: string, fields: AccountFields, professionalId: PartyId | null): Promise<void> {
  await sql`insert into territory.user_account (id, national_id, given_name, family_name, profession_label, category, email, phone, professional_id)
    values (${id}, ${fields.nationalId}, ${fields.givenName}, ${fields.familyName}, ${fields.professionLabel}, ${fields.category}, ${fields.email}, ${fields.phone}, ${professionalId})`.execute(
    tx,
  )
}

export async function lockUser(tx: Tx, id: string): Promise<(Stored<AccountFields> & { readonly status: 'active' | 'disabled' }) | null> {
  const { rows } = await sql<AccountFields & { version: number; status: 'active' | 'disabled' }>`
    select given_name as "givenName", family_name as "familyName", national_id as "nationalId", profession_label as "professionLabel", category, email, phone, version, status
    from territory.user_account where id = ${id} for update`.execute(tx)
  if (rows[0] === undefined) return null
  const { version, status, ...fields } = rows[0]
  return { version, status, fields }
}

export async function updateUser(tx: Tx, id: string, fields: AccountFields, professionalId: PartyId | null, version: number): Promise<void> {
  await sql`update territory.user_account set given_name = ${fields.givenName}, family_name = ${fields.familyName}, national_id = ${fields.nationalId}, profession_label = ${fields.professionLabel}, category = ${fields.category},
    email = ${fields.email}, phone = ${fields.phone}, professional_id = ${professionalId}, version = ${version} where id = ${id}`.execute(tx)
}

export async function setAccountStatus(tx: Tx, id: string, status: 'active' | 'disabled', version: number, now: Date): Promise<void> {
  await sql`update territory.user_account set status = ${status}, disabled_at = ${status === 'disabled' ? now : null}, version = ${version} where id = ${id}`.execute(
    tx,
  )
}

/** Ends her sessions, or those opened in one membership. Gives how many were open. */
export async function endSessionsOf(tx: Tx, userId: string, membershipId: string | null, reason: string): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select territory.end_sessions(${userId}, ${membershipId}, ${reason}) as ended`.execute(tx)
  return rows[0]?.ended ?? 0
}

export async function nationalIdTaken(tx: Tx, nationalId: string, except: string): Promise<boolean> {
  return (await sql`select from territory.user_account where national_id = ${nationalId} and id <> ${except}`.execute(tx)).rows.length > 0
}

export interface StoredMembership {
  readonly userId: UserId
  readonly serviceId: string
  readonly serviceKind: ServiceKind
  readonly functions: readonly ActorFunction[]
  readonly jobTitle: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly version: number
}

export async function lockMembership(tx: Tx, id: string): Promise<StoredMembership | null> {
  const { rows } =
    await sql<StoredMembership>`select m.user_id as "userId", m.service_id as "serviceId", s.kind as "serviceKind", m.functions, m.job_title as "jobTitle", m.starts_on as "startsOn", m.ends_on as "endsOn", m.version
    from territory.membership m join territory.service s on s.id = m.service_id where m.id = ${id} for update of m`.execute(tx)
  return rows[0] ?? null
}

/** True if she already works in the service on or after the day. */
export async function worksThere(tx: Tx, userId: string, serviceId: string, from: string): Promise<boolean> {
  return (
    (
      await sql`select from territory.membership where user_id = ${userId} and service_id = ${serviceId} and (ends_on is null or ends_on >= ${from}::date)`.execute(
        tx,
      )
    ).rows.length > 0
  )
}

export async function insertMembership(
  tx: Tx,
  id: string,
  userId: string,
  membership: { readonly serviceId: string; readonly functions: readonly ActorFunction[]; readonly jobTitle: string | null; readonly startsOn: string },
): Promise<void> {
  await sql`insert into territory.membership (id, user_id, service_id, functions, job_title, starts_on)
    values (${id}, ${userId}, ${membership.serviceId}, ${membership.functions}::text[], ${membership.jobTitle}, ${membership.startsOn}::date)`.execute(tx)
}

export async function updateMembership(
  tx: Tx,
  id: string,
  fields: { readonly functions: readonly ActorFunction[]; readonly jobTitle: string | null },
  version: number,
): Promise<void> {
  await sql`update territory.membership set functions = ${fields.functions}::text[], job_title = ${fields.jobTitle}, version = ${version} where id = ${id}`.execute(
    tx,
  )
}

export async function setMembershipEnd(tx: Tx, id: string, endsOn: string, version: number): Promise<void> {
  await sql`update territory.membership set ends_on = ${endsOn}::date, version = ${version} where id = ${id}`.execute(tx)
}

export interface UserFilter {
  readonly text: string
  readonly serviceId: string | null
  readonly status: 'active' | 'disabled' | null
  readonly function: ActorFunction | null
  readonly limit: number
  readonly after: readonly [string, string] | null
}

/** Accounts by family name with their memberships (the ended ones last), and how many the filter keeps. `day` decides who works where now. */
export async function listUsers(tx: Tx, filter: UserFilter, day: string): Promise<{ rows: readonly Account[]; total: number }> {
  const words = searchKey(filter.text).split(' ').filter(Boolean).slice(0, 6)
  const works = sql`m.starts_on <= ${day}::date and (m.ends_on is null or m.ends_on >= ${day}::date)`
  const kept = sql.join(
    [
      filter.status === null ? sql`true` : sql`u.status = ${filter.status}`,
      filter.serviceId === null
        ? sql`true`
        : sql`exists (select from territory.membership m where m.user_id = u.id and m.service_id = ${filter.serviceId} and ${works})`,
      filter.function === null
        ? sql`true`
        : sql`exists (select from territory.membership m where m.user_id = u.id and ${filter.function} = any(m.functions) and ${works})`,
      ...words.map((word) => sql`lower(unaccent(concat_ws(' ', u.family_name, u.given_name, u.national_id, u.profession_label))) like ${`%${word}%`}`),
    ],
    sql` and `,
  )
  const after = filter.after === null ? sql`true` : sql`(lower(u.family_name || ' ' || u.given_name), u.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`
  const { rows } = await sql<Account>`
    select u.id, u.given_name as "givenName", u.family_name as "familyName", u.national_id as "nationalId", u.profession_label as "professionLabel", u.category, u.email, u.phone, u.status, u.version,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'serviceId', s.id, 'serviceName', s.name, 'serviceKind', s.kind, 'functions', to_jsonb(m.functions), 'jobTitle', m.job_title, 'startsOn', m.starts_on,
        'endsOn', m.ends_on, 'version', m.version) order by m.ends_on desc nulls first, s.name) from territory.membership m join territory.service s on s.id = m.service_id where m.user_id = u.id), '[]') as memberships
    from territory.user_account u where ${kept} and ${after} order by lower(u.family_name || ' ' || u.given_name), u.id limit ${filter.limit + 1}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*)::int as total from territory.user_account u where ${kept}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
