import { sql } from 'kysely'
import { type ComparableIdentity, compareIdentities } from '../../persons/contract/matching.ts'
import { nameKeys } from '../../persons/contract/names.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

interface Row {
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

const columns = sql`p.person_id as "personId", p.holder_org as "holderOrg", p.birth_name as "birthName", p.used_name as "usedName", p.birth_given_names as "givenNames",
  p.used_given_name as "usedGivenName", p.birth_date as "birthDate", p.sex, p.birth_place_code as "birthPlaceCode", p.ins_matricule as matricule,
  array(select c.value from persons.contact_point c where c.person_id = p.person_id and c.ended_at is null and c.kind not in ('email', 'mssante')) as phones`

const comparable = ({ givenNames, usedGivenName, ...row }: Row): ComparableIdentity => ({
  ...row,
  givenNames: [...givenNames, ...(usedGivenName === null ? [] : [usedGivenName])],
})

/** Identities that the database hands over to be weighed, for one. */
const compared = 40

/**
 * Looks for the duplicates of these persons and writes the pairs that are proposed; as the system, inside its transaction. What was decided of a pair stays:
 * « pas un doublon » is not proposed again. Gives how many pairs are new.
 */
export async function findPairsOf(tx: Tx, ids: readonly PersonId[], at: Date): Promise<number> {
  let found = 0
  const { rows } = await sql<Row>`select ${columns} from persons.person p where p.person_id = any (${[...ids]}::uuid[]) and p.protection = 'shared'
    and not privacy.archived(p.person_id)`.execute(tx)
  for (const person of rows) {
    const keys = nameKeys([person.birthName, person.usedName, ...person.givenNames, person.usedGivenName])
    const near =
      await sql<Row>`select ${columns} from persons.look_alikes(${keys.searchKey}, ${keys.soundKey}, ${person.birthDate}::date, ${[...person.phones]}::text[],
        ${person.matricule?.slice(0, 13) ?? null}, null, ${compared}) l join persons.person p on p.person_id = l.person_id where p.person_id <> ${person.personId}`.execute(
        tx,
      )
    for (const other of near.rows) {
      const match = compareIdentities(comparable(person), comparable(other))
      if (match.level !== 'same' && match.level !== 'probable') continue
      found += await writePair(tx, person, other, match, at)
    }
  }
  return found
}

async function writePair(tx: Tx, a: Row, b: Row, match: { score: number; level: string; reasons: readonly string[] }, at: Date): Promise<number> {
  const [first, second] = a.personId < b.personId ? [a, b] : [b, a]
  const { rows } = await sql<{ fresh: boolean }>`insert into duplicates.pair (id, person_id, other_person_id, score, level, reasons, found_at, holder_org)
    values (${newId()}, ${first.personId}, ${second.personId}, ${match.score}, ${match.level}, ${[...match.reasons]}::text[], ${at}, ${first.holderOrg})
    on conflict (person_id, other_person_id) do update set score = excluded.score, level = excluded.level, reasons = excluded.reasons where pair.state = 'to_review'
    returning xmax = 0 as fresh`.execute(tx)
  return rows[0]?.fresh === true ? 1 : 0
}

/** The next persons of the nightly look, in the order of their ids; none once it has come round. */
export async function nextToLookAt(tx: Tx, most: number): Promise<readonly PersonId[]> {
  await sql`insert into duplicates.progress (name) values ('night') on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ id: PersonId }>`select p.person_id as id from persons.person p, duplicates.progress g
    where g.name = 'night' and p.protection = 'shared' and (g.after_id is null or p.person_id > g.after_id) order by p.person_id limit ${most}`.execute(tx)
  await sql`update duplicates.progress set after_id = ${rows.at(-1)?.id ?? null} where name = 'night'`.execute(tx)
  return rows.map((row) => row.id)
}
