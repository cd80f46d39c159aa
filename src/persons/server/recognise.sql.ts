import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ComparableIdentity } from '../contract/agreement.ts'
import { insOidAllowed } from '../contract/ins.ts'
import { compareIdentities, type Match, proposedAmong } from '../contract/matching.ts'
import { compactKey, nameKeys } from '../contract/names.ts'
import { fileFacts } from './file-facts.sql.ts'
import { holdsRealIdentities } from './person.sql.ts'

/** Traits that another software tells of somebody. */
export interface TraitsToRecognise extends ComparableIdentity {
  readonly ins: { readonly oid: string; readonly matricule: string } | null
  /** The other software saw an identity document or asked INSi (VALI, QUAL). */
  readonly verified: boolean
}

export interface Recognised {
  /** One person, by rules that leave no doubt. */
  readonly certain: { readonly personId: PersonId; readonly by: 'ins' | 'traits' } | null
  /** Whom it may be, the likeliest first; the certain one too. */
  readonly candidates: readonly { readonly personId: PersonId; readonly score: number; readonly reasons: readonly string[] }[]
}

interface Row extends Omit<ComparableIdentity, 'givenNames'> {
  readonly personId: PersonId
  readonly givenNames: readonly string[]
  readonly usedGivenName: string | null
  readonly oid: string | null
  readonly qualified: boolean
  readonly approximate: boolean
  readonly precautions: boolean
}

const compared = 40
const mostCandidates = 5

/**
 * Who of the region bears the traits that another software tells; as the system. Certain: the same qualified matricule with a name, a birth date and a sex that
 * agree; or the five strict traits alike of an identity that the other software verified, when nobody else of the region resembles them. Everything else is
 * for somebody to decide (RNIV: a false link costs more than a missed one).
 */
export async function recognise(tx: Tx, traits: TraitsToRecognise): Promise<Recognised> {
  const ins = traits.ins !== null && insOidAllowed(traits.ins.oid, await holdsRealIdentities(tx)) ? traits.ins : null
  const said: ComparableIdentity = { ...traits, matricule: ins?.matricule ?? null }
  const keys = nameKeys([traits.birthName, traits.usedName, ...traits.givenNames])
  if (keys.searchKey === '' && ins === null) return { certain: null, candidates: [] }
  const { rows } = await sql<Row>`select p.person_id as "personId", p.birth_name as "birthName", p.used_name as "usedName", p.birth_given_names as "givenNames",
      p.used_given_name as "usedGivenName", p.birth_date as "birthDate", p.sex, p.birth_place_code as "birthPlaceCode", p.ins_matricule as matricule, p.ins_oid as oid,
      p.identity_status = 'QUAL' and p.ins_contested_at is null as qualified, p.birth_date_approximate as approximate, p.identity_attributes <> '{}' as precautions,
      array(select c.value from persons.contact_point c where c.person_id = p.person_id and c.ended_at is null and c.kind not in ('email', 'mssante')) as phones
    from persons.look_alikes(${keys.searchKey}, ${keys.soundKey}, ${traits.birthDate}::date, ${[...(traits.phones ?? [])]}::text[], ${ins?.matricule.slice(0, 13) ?? null}, null, ${compared}) l
    join persons.person p on p.person_id = l.person_id`.execute(tx)
  const file = await fileFacts(tx)
  const matches = rows.map((row) => ({
    row,
    match: compareIdentities(said, { ...row, givenNames: [...row.givenNames, ...(row.usedGivenName === null ? [] : [row.usedGivenName])] }, file),
    alike: compareIdentities(
      { ...said, matricule: null },
      { ...row, matricule: null, givenNames: [...row.givenNames, ...(row.usedGivenName === null ? [] : [row.usedGivenName])] },
      file,
    ),
  }))
  const proposed = proposedAmong(matches)
    .toSorted((a, b) => b.match.weight - a.match.weight || b.alike.weight - a.alike.weight)
    .slice(0, mostCandidates)
  const candidates = proposed.map(({ row, match, alike }) => ({ personId: row.personId, score: shownScore(match, alike), reasons: match.reasons }))
  const sameIns = ins === null ? [] : matches.filter(({ row }) => row.matricule?.slice(0, 13) === ins.matricule.slice(0, 13))
  const [byIns] = sameIns
  if (ins !== null && byIns !== undefined) {
    const { row, alike } = byIns
    const sure = sameIns.length === 1 && row.qualified && row.oid === ins.oid && !row.precautions && agrees(said, row) && alike.level !== 'different'
    return { certain: sure ? { personId: row.personId, by: 'ins' } : null, candidates }
  }
  const [only, ...others] = proposed
  const sure = only !== undefined && others.length === 0 && traits.verified && !only.row.approximate && !only.row.precautions && strictlyAlike(said, only.row)
  return { certain: sure ? { personId: only.row.personId, by: 'traits' } : null, candidates }
}

/** A matricule is no proof of how much the traits look alike: what is shown of a doubt is what one compares. */
const shownScore = (match: Match, alike: Match): number => (match.weight >= 100 ? Math.min(99, alike.score) : match.score)

/** What no slip of a desk explains: another birth date or another sex under the same matricule. */
function agrees(a: ComparableIdentity, b: ComparableIdentity): boolean {
  return a.birthDate !== null && a.birthDate === b.birthDate && a.sex !== null && a.sex === b.sex
}

/** Birth name, first given name, birth date, sex and birthplace: all known, all the same (the five strict traits of the RNIV). */
function strictlyAlike(a: ComparableIdentity, b: ComparableIdentity): boolean {
  const same = (one: string | null | undefined, other: string | null | undefined): boolean =>
    Boolean(one) && Boolean(other) && compactKey(one as string) === compactKey(other as string)
  return (
    same(a.birthName, b.birthName) &&
    same(a.givenNames[0], b.givenNames[0]) &&
    agrees(a, b) &&
    a.sex !== 'I' &&
    a.birthPlaceCode !== null &&
    a.birthPlaceCode === b.birthPlaceCode
  )
}
