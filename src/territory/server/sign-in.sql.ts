import { sql } from 'kysely'
import { v5 } from 'uuid'
import type { ProfessionalCategory, ServiceKind } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { properCase } from '../../platform/contract/proper-case.ts'
import type { Tx } from '../../platform/server/db.ts'

/** What a login must know of an account: may it enter, and where. */
export interface SignInAccount {
  readonly userId: UserId
  readonly disabled: boolean
  readonly memberships: readonly SignInMembership[]
}

export interface SignInMembership {
  readonly id: string
  readonly serviceId: ServiceId
  readonly serviceName: string
  readonly jobTitle: string | null
  readonly finess: string | null
  readonly finessLegal: string | null
  readonly siren: string | null
}

/** Someone whom nobody registered and whom a national identity provider vouches for. */
export interface OutsideProfessional {
  readonly nationalId: string
  readonly familyName: string
  readonly givenName: string
  readonly professionLabel: string
  readonly category: ProfessionalCategory
  /** Her card in the directory, if it is known. */
  readonly professionalId: PartyId | null
  readonly place: {
    readonly kind: ServiceKind
    readonly name: string
    readonly finess: string | null
    readonly communeCode: string | null
    /** What tells this place from another for ever: its technical identifier, or hers when she has no structure. */
    readonly key: string
  }
}

/** The account of a national identifier with its memberships of the day, or null. */
export async function signInAccount(tx: Tx, nationalId: string, today: string): Promise<SignInAccount | null> {
  const { rows } = await sql<{ user_id: UserId; disabled: boolean }>`
    select id as user_id, status <> 'active' as disabled from territory.user_account where national_id = ${nationalId}`.execute(tx)
  const [account] = rows
  if (account === undefined) return null
  const memberships = await sql<SignInMembership>`
    select m.id, s.id as "serviceId", s.name as "serviceName", m.job_title as "jobTitle", s.finess, l.finess_legal as "finessLegal", l.siren
    from territory.membership m
    join territory.service s on s.id = m.service_id
    left join territory.legal_person l on l.id = s.legal_person_id
    where m.user_id = ${account.user_id} and m.starts_on <= ${today}::date and (m.ends_on is null or m.ends_on >= ${today}::date)
      and (s.ends_on is null or s.ends_on >= ${today}::date)
    order by m.starts_on, m.id`.execute(tx)
  return { userId: account.user_id, disabled: account.disabled, memberships: memberships.rows }
}

/** Services that an outside professional may join by herself, where FINESS says that it is hers: none whose members work on files. */
const outsideKinds: readonly ServiceKind[] = ['hospital', 'had', 'ssiad', 'sad', 'ehpad', 'esms', 'practice', 'msp', 'cds', 'ccas']
const placeNamespace = '5b0c8e0e-6f0a-5e57-9d0e-6b1f4f6a7c21'

/**
 * Gives an outside professional her account and her membership, and makes the place if it is new. Twice at once gives one of each.
 * Pro Santé Connect writes names in capitals: they are kept as one reads them. Its only function is outside_professional: it opens no file by itself.
 */
export async function insertOutsideProfessional(tx: Tx, who: OutsideProfessional, today: string): Promise<{ userId: UserId; membershipId: string }> {
  await sql`insert into territory.user_account (id, national_id, given_name, family_name, profession_label, category, professional_id)
    values (${newId()}, ${who.nationalId}, ${properCase(who.givenName)}, ${properCase(who.familyName)}, ${who.professionLabel}, ${who.category}, ${who.professionalId})
    on conflict (national_id) do nothing`.execute(tx)
  // The lock makes a second login of the same moment wait, then find what the first one made.
  const account = await sql<{
    id: UserId
  }>`select id from territory.user_account where national_id = ${who.nationalId} and status = 'active' for update`.execute(tx)
  const userId = account.rows[0]?.id
  if (userId === undefined) throw new Error('account closed meanwhile')
  const serviceId = await placeOf(tx, who, today)
  const held = await sql<{ id: string }>`select id from territory.membership
    where user_id = ${userId} and service_id = ${serviceId} and starts_on <= ${today}::date and (ends_on is null or ends_on >= ${today}::date) limit 1`.execute(
    tx,
  )
  const membershipId = held.rows[0]?.id ?? newId()
  if (held.rows.length === 0) {
    await sql`insert into territory.membership (id, user_id, service_id, functions, job_title, starts_on)
      values (${membershipId}, ${userId}, ${serviceId}, '{outside_professional}', ${who.professionLabel}, ${today}::date)`.execute(tx)
  }
  return { userId, membershipId }
}

async function placeOf(tx: Tx, { place }: OutsideProfessional, today: string): Promise<ServiceId> {
  if (place.finess !== null) {
    const { rows } = await sql<{ id: ServiceId }>`select id from territory.service
      where finess = ${place.finess} and kind = any(${`{${outsideKinds.join(',')}}`}::text[]) and (ends_on is null or ends_on >= ${today}::date) order by id limit 1`.execute(
      tx,
    )
    if (rows[0] !== undefined) return rows[0].id
  }
  const id = v5(place.key, placeNamespace) as ServiceId
  await sql`insert into territory.service (id, kind, name, finess, commune_code, source)
    select ${id}, ${place.kind}, ${place.name}, ${place.finess}, (select code from territory.commune where code = ${place.communeCode}), 'psc'
    on conflict (id) do nothing`.execute(tx)
  return id
}
