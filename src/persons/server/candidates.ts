import type { Tx } from '../../platform/server/db.ts'
import type { ComparableIdentity } from '../contract/agreement.ts'
import { compareIdentities } from '../contract/matching.ts'
import { nameKeys, nameWords } from '../contract/names.ts'
import type { Candidate } from '../contract/queries.ts'
import { fileFacts } from './file-facts.sql.ts'
import { identify } from './search.sql.ts'

export interface TypedIdentity extends ComparableIdentity {
  /** Words whose place is not known (the free line of the desk): compared as names and as given names. */
  readonly anyWords: readonly string[]
  readonly phone: string | null
  readonly matricule: string | null
  readonly except: string | null
}

const shown = 8
/** How many the database hands over to be weighed. */
const compared = 40

/** A free line says names in any order: the reading that looks most like the person is kept. */
function readings(typed: TypedIdentity): readonly ComparableIdentity[] {
  const withPhone = { ...typed, phones: typed.phone === null ? [] : [typed.phone], matricule: null }
  const [first, ...rest] = typed.anyWords
  if (first === undefined) return [withPhone]
  const last = rest[rest.length - 1]
  if (last === undefined) return [{ ...withPhone, usedName: first }]
  return [
    { ...withPhone, usedName: first, givenNames: rest },
    { ...withPhone, usedName: last, givenNames: [first, ...rest.slice(0, -1)] },
  ]
}

/** True when enough is known to look beyond the actor's own perimeter: a name alone would list the region. */
export function searchesEverywhere(typed: TypedIdentity): boolean {
  return typed.birthDate !== null || typed.phone !== null || typed.matricule !== null
}

/** Look-alikes of what is being typed, the likeliest first; « autre » ones are left out unless a telephone or a matricule is the same. */
export async function findCandidates(tx: Tx, typed: TypedIdentity): Promise<Candidate[]> {
  const names = [typed.birthName, typed.usedName, ...typed.givenNames, ...typed.anyWords]
  const words = names.flatMap((name) => nameWords(name ?? ''))
  if (words.join('').length < 2 && typed.phone === null && typed.matricule === null) return []
  const found = await identify(
    tx,
    { words, names: nameKeys(names), birthDate: typed.birthDate, phone: typed.phone, matricule: typed.matricule, everywhere: searchesEverywhere(typed) },
    compared,
  )
  const file = await fileFacts(tx)
  return found
    .filter((row) => row.person.personId !== typed.except)
    .flatMap(({ samePhone, sameMatricule, statedBirthName, givenNames, birthPlaceCode, ...row }): Candidate[] => {
      const known: ComparableIdentity = {
        birthName: statedBirthName,
        usedName: row.person.usedName,
        givenNames: [...givenNames, ...(row.person.usedFirstName === null ? [] : [row.person.usedFirstName])],
        birthDate: row.person.birthDay,
        sex: row.person.sex,
        birthPlaceCode,
        phones: samePhone && typed.phone !== null ? [typed.phone] : [],
      }
      const match = readings(typed)
        .map((reading) => compareIdentities(reading, known, file))
        .reduce((best, one) => (one.score > best.score ? one : best))
      if (match.level === 'different' && !samePhone && !sameMatricule) return []
      const level = sameMatricule ? 'same' : match.level === 'different' ? 'possible' : match.level
      const reasons = sameMatricule ? ['même matricule', ...match.reasons] : [...match.reasons]
      return [{ ...row, organisations: [...row.organisations], level, score: sameMatricule ? 100 : match.score, reasons }]
    })
    .sort((a, b) => b.score - a.score || Number(b.inScope) - Number(a.inScope))
    .slice(0, shown)
}
