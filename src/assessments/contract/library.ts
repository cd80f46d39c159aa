import type { Volet } from '../../platform/contract/actor.ts'
import type { FormDefinition } from './form-definition.ts'
import { starterForms } from './forms.ts'

/** Every version of every form: a version that was used stays here for ever. Those of Jalon, then those that the region loaded. */
const forms: FormDefinition[] = [...starterForms]

/** '2026.2' comes before '2026.10'. Negative when the first is the older. */
export function compareVersions(a: string, b: string): number {
  const [yearA = 0, numberA = 0] = a.split('.').map(Number)
  const [yearB = 0, numberB = 0] = b.split('.').map(Number)
  return yearA - yearB || numberA - numberB
}

/** Adds forms that the region loaded; those that are known already stay as they are, since a version never changes. */
export function addForms(regional: readonly FormDefinition[]): void {
  for (const form of regional) if (formVersion(form.code, form.version) === undefined) forms.push(form)
}

/** The form under which answers were given; undefined when this installation never had it. */
export function formVersion(code: string, version: string): FormDefinition | undefined {
  return forms.find((form) => form.code === code && form.version === version)
}

/** The version that a new assessment uses. */
export function currentForm(code: string): FormDefinition | undefined {
  return forms.filter((form) => form.code === code).reduce<FormDefinition | undefined>(newest, undefined)
}

const newest = (best: FormDefinition | undefined, form: FormDefinition): FormDefinition =>
  best === undefined || compareVersions(form.version, best.version) > 0 ? form : best

/** The forms that may be begun, each in its current version: those of the region first among those of their kind, then in the order of the library. */
export function currentForms(): readonly FormDefinition[] {
  const codes = [...new Set(forms.map((form) => form.code))]
  const regional = (form: FormDefinition): boolean => !starterForms.some((one) => one.code === form.code)
  const current = codes.flatMap((code) => currentForm(code) ?? [])
  return [...current.filter(regional), ...current.filter((form) => !regional(form))]
}

const guard: readonly Volet[] = ['administrative', 'social', 'health']

/** The volets of the sections, from the least guarded to the most. */
export function voletsOf(form: FormDefinition): readonly Volet[] {
  return guard.filter((volet) => form.sections.some((section) => section.volet === volet))
}

/** The volet under which it is known that the assessment exists: the least guarded of its sections. */
export function headerVolet(form: FormDefinition): Volet {
  return voletsOf(form)[0] ?? 'health'
}

/** The volet of what comes out of it (score, opinion): the most guarded of its sections, since the score is made from all of them. */
export function resultVolet(form: FormDefinition): Volet {
  return voletsOf(form).at(-1) ?? 'health'
}
