import type { Tx } from '../../platform/server/db.ts'
import { type ComparableIdentity, compareIdentities } from '../contract/matching.ts'
import { nameWords } from '../contract/names.ts'
import type { Candidate } from '../contract/queries.ts'
import { identify } from './search.sql.ts'

export interface TypedIdentity extends ComparableIdentity {
  /** Words whose place is not known (the free line of the desk): compared as names and as given names. */
  readonly anyWords: readonly string[]
  readonly phone: string | null
  readonly matricule: string | null
  readonly except: string | null
}

const shown = 8

/** A free line says names in any order: the reading that looks most like the person is kept. */
function readings(typed: TypedIdentity): readonly ComparableIdentity[] {
  const [first, ...rest] = typed.anyWords
  if (first === undefined) return [typed]
  const last = rest[rest.length - 1]
  if (last === undefined) return [{ ...typed, usedName: first }]
  return [
    { ...typed, usedName: first, givenNames: rest },
    { ...typed, usedName: last, givenNames: [first, ...rest.slice(0, -1)] },
  ]
}

/** True when enough is known to look beyond the actor's own perimeter: a name alone would list the region. */
export function searchesEverywhere(typed: TypedIdentity): boolean {
  return typed.birthDate !== null || typed.phone !== null || typed.matricule !== null
}

/** Look-alikes of what is being typed, the likeliest first; « autre » ones are left out unless a telephone or a matricule is the same. */
export async function findCandidates(tx: Tx, typed: TypedIdentity): Promise<Candidate[]> {
  const lastWords = [typed.birthName, typed.usedName].flatMap((name) => nameWords(name ?? '')).concat(typed.anyWords)
  const firstWords = typed.givenNames.flatMap((name) => nameWords(name)).concat(typed.anyWords)
  if (lastWords.join('').length < 2 && typed.phone === null && typed.matricule === null) return []
  const found = await identify(
    tx,
    { lastWords, firstWords, birthDate: typed.birthDate, phone: typed.phone, matricule: typed.matricule, everywhere: searchesEverywhere(typed) },
    30,
  )
  return found
    .filter((row) => row.person.personId !== typed.except)
    .flatMap(({ samePhone, sameMatricule, statedBirthName, ...row }): Candidate[] => {
      const given = [row.person.firstName, row.person.usedFirstName].filter((name): name is string => Boolean(name))
      const known: ComparableIdentity = {
        birthName: statedBirthName,
        usedName: row.person.usedName,
        givenNames: given,
        birthDate: row.person.birthDay,
        sex: row.person.sex,
        birthPlaceCode: null,
      }
      const match = readings(typed)
        .map((reading) => compareIdentities(reading, known))
        .reduce((best, one) => (one.score > best.score ? one : best))
      const certain = [...(sameMatricule ? ['même matricule'] : []), ...(samePhone ? ['même téléphone'] : [])]
      if (match.level === 'different' && certain.length === 0) return []
      const level = sameMatricule ? 'same' : match.level === 'different' ? 'possible' : match.level
      return [{ ...row, organisations: [...row.organisations], level, score: sameMatricule ? 100 : match.score, reasons: [...certain, ...match.reasons] }]
    })
    .sort((a, b) => b.score - a.score || Number(b.inScope) - Number(a.inScope))
    .slice(0, shown)
}
