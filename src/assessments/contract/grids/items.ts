import type { FormDraft } from '../form-definition.ts'

export type DraftItem = FormDraft['sections'][number]['items'][number]
export type DraftCondition = NonNullable<DraftItem['when']>
type Options = Extract<DraftItem, { type: 'choice' }>['options']

export interface ItemExtras {
  readonly hint?: string
  readonly required?: boolean
  readonly when?: DraftCondition
}

/** Oui or non, with the points of each. */
export function scoredYesNo(code: string, label: string, yes: number, no: number, extras: ItemExtras = {}): DraftItem {
  return { type: 'boolean', code, label, points: { yes, no }, ...extras }
}

/** A choice whose options are worth the points given, in order: [points, label, hint]. Their codes are `o1`, `o2`… */
export function scoredChoice(
  code: string,
  label: string,
  options: readonly (readonly [points: number, label: string, hint?: string])[],
  extras: ItemExtras = {},
): DraftItem {
  return {
    type: 'choice',
    code,
    label,
    options: options.map(([points, text, hint], index) => ({ code: `o${index + 1}`, label: text, points, ...(hint === undefined ? {} : { hint }) })),
    ...extras,
  }
}

/** A choice without points: codes and labels. Not required unless said. */
export function choice(code: string, label: string, options: Readonly<Record<string, string>>, extras: ItemExtras = {}): DraftItem {
  return { type: 'choice', code, label, options: asOptions(options), required: false, ...extras }
}

/** Several of a list. Not required unless said. */
export function several(code: string, label: string, options: Readonly<Record<string, string>>, extras: ItemExtras = {}): DraftItem {
  return { type: 'multiple', code, label, options: asOptions(options), required: false, ...extras }
}

export function yesNo(code: string, label: string, extras: ItemExtras = {}): DraftItem {
  return { type: 'boolean', code, label, required: false, ...extras }
}

export function text(code: string, label: string, extras: ItemExtras = {}, max = 4000): DraftItem {
  return { type: 'text', code, label, max, required: false, ...extras }
}

export function number(
  code: string,
  label: string,
  limits: { readonly min: number; readonly max: number; readonly decimals: number; readonly unit?: string },
  extras: ItemExtras = {},
): DraftItem {
  return { type: 'number', code, label, required: false, ...limits, ...extras }
}

/** The place of another form, with its result. */
export function grid(code: string, label: string, extras: ItemExtras = {}): DraftItem {
  return { type: 'grid', code: `grid_${code}`, label, grid: code, required: false, ...extras }
}

function asOptions(options: Readonly<Record<string, string>>): Options {
  return Object.entries(options).map(([code, label]) => ({ code, label }))
}
