import { sql } from 'kysely'
import { compareIdentities, type FileFacts, farBehind, type Match, proposedAmong } from '../../persons/contract/matching.ts'
import { nameKeys } from '../../persons/contract/names.ts'
import { fileFacts } from '../../persons/server/api.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type ComparedRow, comparable, comparedColumns } from './compared.sql.ts'

/** Identities that the database hands over to be weighed, for one. */
const compared = 40

/**
 * Looks for the duplicates of these persons and writes the pairs that are proposed; as the system, inside its transaction. What was decided of a pair stays:
 * « pas un doublon » is not proposed again, whoever was merged into one of the two since. A pair that nobody has looked at and that looks alike no more goes.
 * Gives how many pairs are new.
 */
export async function findPairsOf(tx: Tx, ids: readonly PersonId[], at: Date): Promise<number> {
  let found = 0
  const file = await fileFacts(tx)
  const { rows } =
    await sql<ComparedRow>`select ${comparedColumns} from persons.person p where p.person_id = any (${[...ids]}::uuid[]) and p.protection = 'shared'
    and not privacy.archived(p.person_id)`.execute(tx)
  for (const person of rows) {
    const keys = nameKeys([person.birthName, person.usedName, ...person.givenNames, person.usedGivenName])
    const near =
      await sql<ComparedRow>`select ${comparedColumns} from persons.look_alikes(${keys.searchKey}, ${keys.soundKey}, ${person.birthDate}::date, ${[...person.phones]}::text[],
        ${person.matricule?.slice(0, 13) ?? null}, null, ${compared}) l join persons.person p on p.person_id = l.person_id where p.person_id <> ${person.personId}`.execute(
        tx,
      )
    const matches = near.rows.map((other) => ({ other, match: compareIdentities(comparable(person), comparable(other), file) }))
    for (const { other, match } of proposedAmong(matches)) found += await writePair(tx, person, other, match, at)
    await dropOutdated(tx, person, file)
  }
  return found
}

const isProposed = (match: Match): boolean => match.level === 'same' || match.level === 'probable'

async function writePair(tx: Tx, a: ComparedRow, b: ComparedRow, match: Match, at: Date): Promise<number> {
  const [first, second] = a.personId < b.personId ? [a, b] : [b, a]
  const { rows } = await sql<{
    fresh: boolean
  }>`insert into duplicates.pair (id, person_id, other_person_id, score, weight, level, reasons, found_at, holder_org)
    select ${newId()}::uuid, ${first.personId}::uuid, ${second.personId}::uuid, ${match.score}::integer, ${match.weight}::real, ${match.level}, ${[...match.reasons]}::text[], ${at}::timestamptz, ${first.holderOrg}::uuid
     where not duplicates.said_apart(${first.personId}, ${second.personId})
       and not exists (select from duplicates.pair q where (q.person_id in (${first.personId}, ${second.personId}) or q.other_person_id in (${first.personId}, ${second.personId}))
         and (q.person_id, q.other_person_id) <> (${first.personId}::uuid, ${second.personId}::uuid) and q.state in ('to_review', 'to_merge') and q.weight >= ${match.weight + farBehind}::real)
    on conflict (person_id, other_person_id) do update set score = excluded.score, weight = excluded.weight, level = excluded.level, reasons = excluded.reasons
     where pair.state = 'to_review' and pair.pointed_by is null
    returning xmax = 0 as fresh`.execute(tx)
  return rows[0]?.fresh === true ? 1 : 0
}

/**
 * Pairs of a correction ago, or of a merge that was undone: still to be looked at, and alike no more; or far behind another pair of hers that was found since.
 * Those that somebody pointed at stay.
 */
async function dropOutdated(tx: Tx, person: ComparedRow, file: FileFacts): Promise<void> {
  const { rows } = await sql<ComparedRow & { pairId: string; behind: boolean }>`select d.id as "pairId", ${comparedColumns},
      exists (select from duplicates.pair q where ${person.personId} in (q.person_id, q.other_person_id) and q.state in ('to_review', 'to_merge') and q.weight >= d.weight + ${farBehind}) as behind from duplicates.pair d
    join persons.person p on p.person_id = case when d.person_id = ${person.personId} then d.other_person_id else d.person_id end
   where ${person.personId} in (d.person_id, d.other_person_id) and d.state = 'to_review' and d.pointed_by is null`.execute(tx)
  const outdated = rows.filter((other) => other.behind || !isProposed(compareIdentities(comparable(person), comparable(other), file)))
  if (outdated.length > 0)
    await sql`delete from duplicates.pair d where d.id = any (${outdated.map(({ pairId }) => pairId)}::uuid[]) and d.state = 'to_review'
      and not exists (select from duplicates.merge m where m.pair_id = d.id)`.execute(tx)
}

/** The next persons of the nightly look, in the order of their ids; none once it has come round. */
export async function nextToLookAt(tx: Tx, most: number): Promise<readonly PersonId[]> {
  await sql`insert into duplicates.progress (name) values ('night') on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ id: PersonId }>`select p.person_id as id from persons.person p, duplicates.progress g
    where g.name = 'night' and p.protection = 'shared' and (g.after_id is null or p.person_id > g.after_id) order by p.person_id limit ${most}`.execute(tx)
  await sql`update duplicates.progress set after_id = ${rows.at(-1)?.id ?? null} where name = 'night'`.execute(tx)
  return rows.map((row) => row.id)
}
