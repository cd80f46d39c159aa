import { sql } from 'kysely'
import type { ComparableIdentity } from '../../persons/contract/agreement.ts'
import type { PersonId } from '../../platform/contract/ids.ts'

/** What is compared of a person `p`, as the columns below read it. */
export interface ComparedRow {
  readonly personId: PersonId
  readonly holderOrg: string
  readonly birthName: string | null
  readonly usedName: string | null
  readonly givenNames: readonly string[]
  readonly usedGivenName: string | null
  readonly birthDate: string | null
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode: string | null
  readonly matricule: string | null
  readonly phones: readonly string[]
}

export const comparedColumns = sql`p.person_id as "personId", p.holder_org as "holderOrg", p.birth_name as "birthName", p.used_name as "usedName", p.birth_given_names as "givenNames",
  p.used_given_name as "usedGivenName", p.birth_date as "birthDate", p.sex, p.birth_place_code as "birthPlaceCode", p.ins_matricule as matricule,
  array(select c.value from persons.contact_point c where c.person_id = p.person_id and c.ended_at is null and c.kind not in ('email', 'mssante')) as phones`

export const comparable = ({ givenNames, usedGivenName, ...row }: ComparedRow): ComparableIdentity => ({
  ...row,
  givenNames: [...givenNames, ...(usedGivenName === null ? [] : [usedGivenName])],
})
