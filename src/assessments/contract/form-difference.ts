import { type FormDefinition, type FormItem, itemsOf } from './form-definition.ts'

/** What a new version of a form changes for those who answer it, in the words of the questions. */
export interface FormDifference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Same code, other words, other answers or another condition. */
  readonly changed: readonly string[]
  /** Points, thresholds or the way to count. */
  readonly scoring: boolean
}

/** Compares two versions of a form, question by question (by code). */
export function formDifference(before: FormDefinition, after: FormDefinition): FormDifference {
  const old = new Map(itemsOf(before).map((item) => [item.code, item]))
  const next = itemsOf(after)
  const codes = new Set(next.map(({ code }) => code))
  return {
    added: next.filter(({ code }) => !old.has(code)).map(({ label }) => label),
    removed: [...old.values()].filter(({ code }) => !codes.has(code)).map(({ label }) => label),
    changed: next.filter((item) => old.has(item.code) && worded(item) !== worded(old.get(item.code))).map(({ label }) => label),
    scoring: counted(before) !== counted(after),
  }
}

/** A question without its points: what the one who answers reads. */
const worded = (item: FormItem | undefined): string => JSON.stringify(item, (key, value: unknown) => (key === 'points' ? undefined : value))

const counted = (form: FormDefinition): string =>
  JSON.stringify([
    form.scoring,
    form.bandSets,
    itemsOf(form).map((item) => [
      item.code,
      'points' in item ? item.points : 'options' in item ? item.options.map(({ code, points }) => [code, points]) : null,
    ]),
  ])
