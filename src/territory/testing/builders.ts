import { sql } from 'kysely'
import type { Actor, ActorFunction, ProfessionalCategory, ServiceKind, Volet } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Database, Tx } from '../../platform/server/db.ts'
import { actorOf } from '../server/actor.sql.ts'

/** Where a builder writes: the database of a test file, or a transaction that the test rolls back. */
export type Where = Database | Tx

/** Runs as the system: builders plant what a test starts from, without asking for a right. */
async function plant<T>(where: Where, work: (tx: Tx) => Promise<T>): Promise<T> {
  if ('kysely' in where) {
    return where.kysely.transaction().execute(async (tx) => {
      await sql`set local role jalon_system`.execute(tx)
      return work(tx)
    })
  }
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(where)
  await sql`set local role jalon_system`.execute(where)
  const result = await work(where)
  if (rows[0]?.role !== 'jalon_system') await sql`set local role none`.execute(where)
  return result
}

export interface BuiltService {
  readonly id: ServiceId
  readonly kind: ServiceKind
  readonly name: string
  readonly communeCode: string | null
}

/** A service: a DAC unless `kind` says otherwise. */
export async function aService(where: Where, given: Partial<BuiltService> & { readonly phone?: string; readonly finess?: string } = {}): Promise<BuiltService> {
  const service: BuiltService = {
    id: given.id ?? newId(),
    kind: given.kind ?? 'dac',
    name: given.name ?? 'DAC des Collines',
    communeCode: given.communeCode ?? null,
  }
  await plant(where, (tx) =>
    sql`insert into territory.service (id, kind, name, phone, finess, commune_code, source)
    values (${service.id}, ${service.kind}, ${service.name}, ${given.phone ?? null}, ${given.finess ?? null}, ${service.communeCode}, 'test')`.execute(tx),
  )
  return service
}

export interface BuiltUser {
  readonly id: UserId
  readonly givenName: string
  readonly familyName: string
  readonly category: ProfessionalCategory
  readonly functions: readonly ActorFunction[]
  readonly professionalId: PartyId | null
  readonly membershipId: string
  readonly service: BuiltService
}

export interface UserWish {
  readonly id?: UserId
  readonly givenName?: string
  readonly familyName?: string
  readonly functions?: readonly ActorFunction[]
  readonly category?: ProfessionalCategory
  readonly service?: BuiltService
  readonly professionalId?: PartyId | null
  readonly nationalId?: string
  readonly jobTitle?: string
  readonly startsOn?: string
  readonly endsOn?: string
}

/** The category that usually goes with a function: the staff of a DAC is (j) of R.1110-2, the others are health professionals. */
function usualCategory(functions: readonly ActorFunction[]): ProfessionalCategory {
  if (functions.includes('doctor') || functions.includes('outside_professional') || functions.includes('expert_team')) return 'health'
  return functions.some((f) => f === 'regional_admin' || f === 'governance_member') ? 'administrative' : 'coordination'
}

/** A user with one membership: Julie Marchal, référente of a new DAC, unless told otherwise. */
export async function aUser(where: Where, wish: UserWish = {}): Promise<BuiltUser> {
  const functions = wish.functions ?? ['referent']
  const user: BuiltUser = {
    id: wish.id ?? newId(),
    givenName: wish.givenName ?? 'Julie',
    familyName: wish.familyName ?? 'Marchal',
    category: wish.category ?? usualCategory(functions),
    functions,
    professionalId: wish.professionalId ?? null,
    membershipId: newId(),
    service: wish.service ?? (await aService(where)),
  }
  await plant(where, async (tx) => {
    await sql`insert into territory.user_account (id, national_id, given_name, family_name, category, professional_id)
      values (${user.id}, ${wish.nationalId ?? null}, ${user.givenName}, ${user.familyName}, ${user.category}, ${user.professionalId})`.execute(tx)
    await sql`insert into territory.membership (id, user_id, service_id, functions, job_title, starts_on, ends_on)
      values (${user.membershipId}, ${user.id}, ${user.service.id}, ${functions}::text[], ${wish.jobTitle ?? null}, ${wish.startsOn ?? '2020-01-01'}, ${wish.endsOn ?? null})`.execute(
      tx,
    )
  })
  return user
}

/** A user, and who she is for the gate: parties and volets as a login would give them. */
export async function anActor(where: Where, wish: UserWish = {}): Promise<Actor> {
  return actorFor(where, await aUser(where, wish))
}

/** Who an existing user is for the gate. */
export async function actorFor(where: Where, user: BuiltUser): Promise<Actor> {
  const volets = await plant(where, async (tx) =>
    (await sql<{ volet: Volet }>`select volet from territory.category_volet where category = ${user.category} order by volet`.execute(tx)).rows.map(
      (row) => row.volet,
    ),
  )
  return actorOf({
    user_id: user.id,
    given_name: user.givenName,
    family_name: user.familyName,
    category: user.category,
    professional_id: user.professionalId,
    functions: user.functions,
    service_id: user.service.id,
    service_kind: user.service.kind,
    service_name: user.service.name,
    volets,
  })
}

/** A commune that no geography had to be loaded for. */
export async function aCommune(
  where: Where,
  given: { readonly code: string; readonly name: string; readonly parentCode?: string; readonly postalCodes?: readonly string[] },
): Promise<string> {
  await plant(where, (tx) =>
    sql`insert into territory.commune (code, name, search_key, kind, parent_code, postal_codes)
    values (${given.code}, ${given.name}, lower(unaccent(replace(${given.name}, '-', ' '))), ${given.parentCode === undefined ? 'commune' : 'arrondissement'}, ${given.parentCode ?? null}, ${given.postalCodes ?? []}::text[])
    on conflict (code) do nothing`.execute(tx),
  )
  return given.code
}

/** The communes of a service from a day on; makes the communes that are missing. Exclusive for a DAC, as the rule wants. */
export async function aPerimeter(
  where: Where,
  service: BuiltService,
  communeCodes: readonly string[],
  dates: { readonly startsOn?: string; readonly endsOn?: string } = {},
): Promise<void> {
  for (const code of communeCodes) await aCommune(where, { code, name: `Commune ${code}` })
  await plant(where, (tx) =>
    sql`insert into territory.perimeter (id, service_id, commune_code, starts_on, ends_on, exclusive)
    select gen_random_uuid(), ${service.id}, code, ${dates.startsOn ?? '2020-01-01'}::date, ${dates.endsOn ?? null}::date, ${service.kind === 'dac'} from unnest(${communeCodes}::text[]) as given(code)`.execute(
      tx,
    ),
  )
}

/** A list of values with its codes, labelled by themselves. */
export async function aValueSet(where: Where, code: string, codes: readonly string[]): Promise<void> {
  await plant(where, async (tx) => {
    await sql`insert into territory.value_set (code, title, version, origin) values (${code}, ${code}, '1', 'local') on conflict do nothing`.execute(tx)
    await sql`insert into territory.value (set_code, code, label, position, valid_from, origin)
      select ${code}, value, value, place, '2015-01-01', 'local' from unnest(${codes}::text[]) with ordinality as given(value, place) on conflict do nothing`.execute(
      tx,
    )
  })
}
