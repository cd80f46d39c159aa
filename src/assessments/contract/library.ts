import type { Volet } from '../../platform/contract/actor.ts'
import type { FormDefinition } from './form-definition.ts'
import { starterForms } from './forms.ts'

/** Every version of every form: a version that was used stays here for ever, a new one is added before it. */
const forms: readonly FormDefinition[] = starterForms

/** The form under which answers were given; undefined when this installation never had it. */
export function formVersion(code: string, version: string): FormDefinition | undefined {
  return forms.find((form) => form.code === code && form.version === version)
}

/** The version that a new assessment uses. */
export function currentForm(code: string): FormDefinition | undefined {
  return forms.find((form) => form.code === code)
}

/** The forms that may be begun, each in its current version, in the order of the library. */
export const currentForms: readonly FormDefinition[] = forms.filter((form, index) => forms.findIndex((other) => other.code === form.code) === index)

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
