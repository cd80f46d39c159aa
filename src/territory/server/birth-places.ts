import { invalid } from '../../platform/contract/errors.ts'
import { asSystem, type Database, type Tx } from '../../platform/server/db.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { type BirthPlace, birthPlaces, notThenText } from '../contract/birth-places.ts'
import { arrondissements, birthPlacesLike, periodsOfBirthPlace, replaceBirthPlaces, searchBirthPlaces } from './birth-places.sql.ts'
import { CogFault, readCog } from './read-cog.ts'

export interface BirthPlaceFound {
  /** As it was called on that day, or last. */
  readonly name: string
  readonly valid: boolean
  /** What may be meant, when it did not hold. */
  readonly proposals: readonly BirthPlace[]
}

/**
 * A code as a birthplace on a day ('YYYY-MM-DD', null: any day); null for a code that never was. A country is refused only after its end (births before an
 * independence are registered under today's country); communes overseas are known since they became those of a département, and never refused before.
 */
export async function birthPlaceOn(tx: Tx, code: string, day: string | null): Promise<BirthPlaceFound | null> {
  const periods = await periodsOfBirthPlace(tx, code)
  const last = periods[0]
  if (last === undefined) return null
  const held = day === null ? last : periods.find((one) => (one.startsOn ?? '') <= day && (one.endsOn === null || one.endsOn > day))
  if (held !== undefined || day === null) return { name: (held ?? last).name, valid: true, proposals: [] }
  const notBegun = [...periods].reverse().find((one) => (one.startsOn ?? '') > day)
  if (notBegun !== undefined && (last.kind === 'country' || /^9[78]/.test(code))) return { name: notBegun.name, valid: true, proposals: [] }
  const names = [...new Set(periods.map((one) => one.name))]
  return { name: (notBegun ?? last).name, valid: false, proposals: last.kind === 'country' ? [] : await birthPlacesLike(tx, code, names, day) }
}

/**
 * Refuses a birthplace whose code never was, or did not hold on the day of birth, on the field that holds it (`field`: its path in the input), with what may
 * be meant. Gives its name of that day.
 */
export async function assertBirthPlace(tx: Tx, code: string, day: string | null, field: string): Promise<string> {
  const found = await birthPlaceOn(tx, code, day)
  if (found?.valid) return found.name
  const said = found === null || day === null ? 'Ce lieu de naissance est inconnu. Votre saisie est gardée.' : notThenText(found.name, day, found.proposals)
  throw invalid('input_invalid', { count: 1 }, { fields: { [field]: said } })
}

const aCode = /^(\d{5}|2[AB]\d{3})$/i

export const birthPlacesHandler = implement(birthPlaces, {
  load: noTarget,
  run: async ({ tx }, { text, day, limit }) => {
    const rows = await searchBirthPlaces(tx, text, day ?? null, limit)
    const code = text.trim().toUpperCase()
    if (rows.length > 0 || !aCode.test(code) || day == null) return { rows: [...rows], notThen: null }
    const found = await birthPlaceOn(tx, code, day)
    return found === null ? { rows: [], notThen: null } : { rows: [...found.proposals], notThen: found.name }
  },
})

export type CogOutcome = { readonly ok: true; readonly communes: number; readonly countries: number } | { readonly ok: false; readonly fault: string }

/**
 * Replaces the birthplaces by those of the two histories of INSEE (their texts, in any order), in one transaction; arrondissements of Paris, Lyon and
 * Marseille, which INSEE does not list there, stay. A fault in either file changes nothing.
 */
export async function importCog(db: Database, texts: readonly string[], edition: string): Promise<CogOutcome> {
  try {
    const files = texts.map(readCog)
    const of = (kind: 'commune' | 'country') => files.filter((file) => file.kind === kind).flatMap((file) => file.periods)
    const [communes, countries] = [of('commune'), of('country')]
    if (communes.length === 0 || countries.length === 0) return { ok: false, fault: 'Il faut les deux fichiers, communes et pays : rien n’est changé.' }
    await asSystem(db, 'import of birthplaces', async (tx) => {
      const known = new Set(communes.map((one) => one.code))
      const districts = (await arrondissements(tx)).filter((one) => !known.has(one.code))
      await replaceBirthPlaces(tx, [...communes, ...districts, ...countries], edition, true)
    })
    return { ok: true, communes: communes.length, countries: countries.length }
  } catch (error) {
    if (error instanceof CogFault) return { ok: false, fault: error.message }
    throw error
  }
}
