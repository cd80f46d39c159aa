import { z } from 'zod'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'

export const birthPlaceSchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['commune', 'country']),
  departmentName: z.string().nullable(),
  /** Null: as far back as identities go. */
  startsOn: z.string().nullable(),
  /** The first day when it no longer held; null while it holds. */
  endsOn: z.string().nullable(),
})
export type BirthPlace = z.output<typeof birthPlaceSchema>

/** Birthplaces by name, former name or code; with `day`, only those whose code held on that day (RNIV: the code of the birthplace on the day of birth). */
export const birthPlaces = defineQuery({
  name: 'territory.birthPlaces',
  title: 'Lieux de naissance',
  input: z.object({ text: z.string().max(80), day: z.iso.date().nullish(), limit: z.number().int().min(1).max(30).default(8) }),
  output: z.object({
    rows: z.array(birthPlaceSchema),
    /** A code was typed that did not hold on that day: the rows are what may be meant. */
    notThen: z.string().nullable(),
  }),
  access: signedIn('official geographic code'),
  audit: { none: 'public reference data' },
})

/** Départements whose number meant another one before 1968 and 1976: the commune was born in this one. */
const formerDepartments: Readonly<Record<string, string>> = { '75': 'Seine', '78': 'Seine-et-Oise', '20': 'Corse' }
const reformOfParis = '1968-01-01'
const reformOfCorsica = '1976-01-01'

/** The département of that time, where its number has changed its meaning; null otherwise. */
export function formerDepartment(place: Pick<BirthPlace, 'code' | 'kind' | 'endsOn'>): string | null {
  const number = place.code.slice(0, 2)
  if (place.kind === 'country' || place.endsOn === null || place.code === '75056') return null
  if (place.endsOn > (number === '20' ? reformOfCorsica : reformOfParis)) return null
  return formerDepartments[number] ?? null
}

/** « Seine-et-Oise, jusqu’au 1er janvier 1968 » : what tells two places of one name apart. */
export function birthPlaceDetail(place: BirthPlace): string {
  const where = place.kind === 'country' ? 'pays' : (formerDepartment(place) ?? place.departmentName)
  const period = [
    place.startsOn === null ? null : `depuis le ${formatDay(place.startsOn)}`,
    place.endsOn === null ? null : `jusqu’au ${formatDay(place.endsOn)}`,
  ]
  return [where, ...period].filter(Boolean).join(', ')
}

/** A code that did not hold on the day of birth, in words, with what may be meant. */
export function notThenText(name: string, day: string, proposals: readonly Pick<BirthPlace, 'code' | 'name'>[]): string {
  const said = `${name}\u00a0: ce code n’existait pas le ${formatDay(day)}.`
  if (proposals.length === 0) return `${said} Cherchez le lieu par son nom de l’époque. Votre saisie est gardée.`
  return `${said} Ce jour-là\u00a0: ${proposals.map((one) => `${one.name} (${one.code})`).join(', ')}. Votre saisie est gardée.`
}
