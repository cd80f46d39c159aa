import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type NameKeys, phoneticKey } from '../contract/names.ts'
import type { PersonName } from '../contract/person.ts'
import type { PersonQuery } from '../contract/query.ts'

const arrayOf = (words: readonly string[]): ReturnType<typeof sql> => sql`${[...words]}::text[]`
const soundsOf = (words: readonly string[]): ReturnType<typeof sql> => arrayOf(words.map(phoneticKey))

const name = sql`f.person_id as "personId", coalesce(f.birth_name, f.used_name) as "birthName", f.used_name as "usedName", coalesce(f.first_name, '') as "firstName",
  f.used_first_name as "usedFirstName", f.sex, f.birth_day as "birthDay", f.birth_day_approximate as "birthDayApproximate", f.commune, f.death_day as "deathDay",
  f.identity_status as "identityStatus"`

export type PersonHit = PersonName & { readonly inCharge: boolean }

/** Persons in the actor's sight for a line as typed, the best first; one more than asked tells that there are others. */
export async function searchInSight(tx: Tx, query: PersonQuery, most: number): Promise<readonly PersonHit[]> {
  const { rows } = await sql<PersonHit>`select ${name}, f.in_charge as "inCharge"
    from persons.search(${arrayOf(query.words)}, ${soundsOf(query.words)}, ${query.birthDate}::date, ${query.birthYear}::integer, ${query.phone}, ${query.matricule}, ${most + 1}) f
    order by f.score desc, f.birth_name, f.person_id`.execute(tx)
  return rows
}

export interface Wanted {
  /** Words as typed, in any order, for those that are still being typed. */
  readonly words: readonly string[]
  /** The keys of the names as they are understood (names.ts). */
  readonly names: NameKeys
  readonly birthDate: string | null
  readonly phone: string | null
  /** Thirteen characters. */
  readonly matricule: string | null
  readonly everywhere: boolean
}

export interface IdentifiedRow {
  readonly person: PersonName
  readonly statedBirthName: string | null
  readonly inScope: boolean
  readonly address: string | null
  readonly callerInstruction: string | null
  readonly organisations: readonly string[]
  readonly samePhone: boolean
  readonly sameMatricule: boolean
  /** To compare, never to show: they are not among the partial traits. */
  readonly givenNames: readonly string[]
  readonly birthPlaceCode: string | null
}

/** Look-alikes in the whole region, with little of those whom the actor does not see. Audited by the query that asks. */
export async function identify(tx: Tx, wanted: Wanted, most: number): Promise<readonly IdentifiedRow[]> {
  const { rows } = await sql<PersonName & Omit<IdentifiedRow, 'person'>>`select ${name}, f.birth_name as "statedBirthName", f.in_scope as "inScope", f.address,
      f.caller_instruction as "callerInstruction", f.organisations, f.same_phone as "samePhone", f.same_matricule as "sameMatricule", f.given_names as "givenNames",
      f.birth_place_code as "birthPlaceCode"
    from persons.identify(${arrayOf(wanted.words)}, ${soundsOf(wanted.words)}, ${wanted.names.searchKey}, ${wanted.names.soundKey}, ${wanted.birthDate}::date,
      ${wanted.phone}, ${wanted.matricule}, ${wanted.everywhere}, ${most}) f order by f.score desc, f.person_id`.execute(tx)
  return rows.map(
    ({ statedBirthName, inScope, address, callerInstruction, organisations, samePhone, sameMatricule, givenNames, birthPlaceCode, ...person }) => ({
      person,
      statedBirthName,
      inScope,
      address,
      callerInstruction,
      organisations,
      samePhone,
      sameMatricule,
      givenNames,
      birthPlaceCode,
    }),
  )
}

export async function recentlyOpened(tx: Tx, most: number): Promise<readonly { personId: PersonId; openedAt: string }[]> {
  const { rows } = await sql<{
    personId: PersonId
    openedAt: string
  }>`select person_id as "personId", opened_at as "openedAt" from persons.recently_opened(${most})`.execute(tx)
  return rows
}
