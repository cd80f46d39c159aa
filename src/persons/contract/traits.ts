import { z } from 'zod'
import { ageOn, type Day, dayOf } from '../../platform/contract/dates.ts'
import { day, optional } from '../../platform/contract/fields.ts'
import { properCase } from '../../platform/contract/proper-case.ts'
import { type StrictTrait, strictTraits } from './identity-status.ts'
import { nameKey, officialSpelling } from './names.ts'

const earliestBirth = '1850-01-01'
const oldestAge = 125
const easternmostZone = 'Pacific/Kiritimati'

/** A name of the civil status: 1 to `max` characters, letters, spaces, hyphens, apostrophes and dots. « perrin » typed in haste is kept as « Perrin ». */
export function personName(max = 100): z.ZodType<string, string> {
  return z
    .string({ error: 'À remplir.' })
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, { error: 'À remplir.' })
        .max(max, { error: `Trop long\u00a0: ${max} caractères au plus.` })
        .regex(/^[\p{L}\p{M}'’ʼ .\-‐‑]+$/u, { error: 'Un nom s’écrit avec des lettres, des espaces, des tirets et des apostrophes.' })
        .regex(/\p{L}/u, { error: 'À remplir.' })
        .transform((name) => (name === name.toLocaleLowerCase('fr-FR') ? properCase(name) : name)),
    )
}

/**
 * What is wrong with a day of birth, in French; null when nothing is. `today` is the day where the installation is.
 * Refuses what lies before 1850, in the future, or makes more than 125 years.
 */
export function birthDateFault(date: string, today: string): string | null {
  if (date < earliestBirth) return 'Avant 1850\u00a0: vérifiez l’année. Votre saisie est gardée.'
  if (date > today) return 'Cette date de naissance est dans le futur. Votre saisie est gardée.'
  if (ageOn(date, today) > oldestAge) return `Plus de ${oldestAge}\u00a0ans\u00a0: vérifiez l’année. Votre saisie est gardée.`
  return null
}

/** A day of birth. The future is judged where the day comes first, so that no zone is refused its own today; the server checks again with its own day. */
export function birthDate(): z.ZodType<Day, string> {
  return day().superRefine((date, context) => {
    const fault = birthDateFault(date, dayOf(new Date(), easternmostZone))
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  }) as unknown as z.ZodType<Day, string>
}

/** Birthplace: INSEE code of a commune as it was at birth, or 99 and three digits for a country. */
export function birthPlaceCode(): z.ZodType<string, string> {
  return z.string({ error: 'Lieu de naissance à choisir.' }).regex(/^(?:0[1-9]|[1-9]\d|2[AB])\d{3}$/, { error: 'Commune ou pays de naissance inconnu.' })
}

/** True for a birthplace outside France: 99 and the code of the country. */
export function bornAbroad(code: string): boolean {
  return code.startsWith('99') && code !== '99100'
}

export const sexSchema = z.enum(['F', 'M', 'I'], { error: 'À choisir.' })

/** Given names of the birth certificate, in order; a compound name is one of them (« Jean-Pierre »). */
export const birthGivenNamesSchema = z.array(personName(50)).min(1, { error: 'Au moins un prénom.' }).max(20, { error: '20 prénoms au plus.' })

const usedNames = { usedName: optional(personName()), usedGivenName: optional(personName(50)) }

/** The five strict traits, all of them: what qualification asks for. */
export const strictTraitsSchema = z.object({
  birthName: personName(),
  birthGivenNames: birthGivenNamesSchema,
  birthDate: birthDate(),
  sex: sexSchema,
  birthPlaceCode: birthPlaceCode(),
})
export type StrictTraits = z.output<typeof strictTraitsSchema>

/** All the names and traits of a known person. */
export const traitsSchema = strictTraitsSchema.extend(usedNames)
export type Traits = z.output<typeof traitsSchema>

/** What a call gives: at least one name; a trait that nobody said stays absent. */
export const provisionalTraitsSchema = z
  .object({
    birthName: optional(personName()),
    birthGivenNames: z.array(personName(50)).max(20, { error: '20 prénoms au plus.' }).default([]),
    birthDate: optional(birthDate()),
    birthDateApproximate: z.boolean().default(false),
    sex: optional(sexSchema),
    birthPlaceCode: optional(birthPlaceCode()),
    ...usedNames,
  })
  .superRefine((traits, context) => {
    if (traits.birthName === null && traits.usedName === null)
      context.addIssue({ code: 'custom', path: ['usedName'], message: 'Un nom au moins, de naissance ou utilisé.' })
  })
export type ProvisionalTraits = z.output<typeof provisionalTraitsSchema>

/** The strict traits still to be learnt before the teleservice can be asked, in the order of the form. */
export function missingTraits(traits: ProvisionalTraits): readonly StrictTrait[] {
  return strictTraits.filter((trait) => {
    const value = traits[trait]
    return (
      value === null ||
      (Array.isArray(value) && value.length === 0) ||
      (trait === 'sex' && value === 'I') ||
      (trait === 'birthDate' && traits.birthDateApproximate)
    )
  })
}

/** The strict traits that really differ: accents, capitals and kinds of apostrophe do not count. */
export function changedStrictTraits(before: ProvisionalTraits, after: ProvisionalTraits): readonly StrictTrait[] {
  const comparable = (traits: ProvisionalTraits, trait: StrictTrait): string => {
    const value = traits[trait]
    return value === null ? '' : Array.isArray(value) ? value.map(officialSpelling).join(' ') : officialSpelling(value)
  }
  return strictTraits.filter((trait) => comparable(before, trait) !== comparable(after, trait))
}

/** « née Kempf » is worth saying: the name of birth is not the one in use. */
export function hasOtherBirthName(traits: { readonly usedName: string | null; readonly birthName: string | null }): boolean {
  return traits.usedName !== null && traits.birthName !== null && nameKey(traits.usedName) !== nameKey(traits.birthName)
}
