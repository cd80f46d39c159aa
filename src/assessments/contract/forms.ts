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

/** The grids that an evaluation has a place for, in order. */
export function gridsOf(definition: FormDefinition): readonly string[] {
  return itemsOf(definition).flatMap((item) => (item.type === 'grid' ? [item.grid] : []))
}
