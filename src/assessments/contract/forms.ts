import { multidimensionalEvaluation } from './evaluation.ts'
import { type FormDefinition, itemsOf } from './form-definition.ts'
import { aggirForm } from './grids/aggir.ts'
import { katzForm, lawtonForm, nortonForm, tugForm } from './grids/autonomy.ts'
import { caregiverForm } from './grids/caregiver.ts'
import { epicesForm } from './grids/epices.ts'
import { gds15Form, miniGdsForm } from './grids/mood.ts'
import { pallia10Form } from './grids/pallia-10.ts'
import { segaAForm } from './grids/sega-a.ts'
import { screeningForm } from './screening.ts'

/**
 * The forms that come with Jalon. Not among them, for want of a licence: MNA, MMSE, MoCA, interRAI, Zarit and its short versions, Braden.
 * A region loads its own beside them.
 */
export const starterForms: readonly FormDefinition[] = [
  multidimensionalEvaluation,
  screeningForm,
  aggirForm,
  segaAForm,
  epicesForm,
  katzForm,
  lawtonForm,
  gds15Form,
  miniGdsForm,
  pallia10Form(),
  nortonForm,
  tugForm,
  caregiverForm,
]

/** The form of a code and a version among those given; without version, the latest. */
export function findForm(code: string, version: string | null, forms: readonly FormDefinition[] = starterForms): FormDefinition | undefined {
  const versions = forms.filter((form) => form.code === code)
  return version === null ? versions.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1) : versions.find((form) => form.version === version)
}

/** Orders '2026.2' before '2026.10'. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]]
  return (left[0] as number) - (right[0] as number) || (left[1] as number) - (right[1] as number)
}

/** The grids that an evaluation has a place for, in order. */
export function gridsOf(definition: FormDefinition): readonly string[] {
  return itemsOf(definition).flatMap((item) => (item.type === 'grid' ? [item.grid] : []))
}
