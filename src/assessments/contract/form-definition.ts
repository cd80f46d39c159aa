import { z } from 'zod'
import { volets } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'

/**
 * A form is data: a grid with a score, an evaluation, a screening. Once used, a version never changes;
 * answers are kept with the code and the version under which they were given.
 */

const code = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)
const text = z.string().min(1).max(1000)

/** Asked only if an earlier item has one of the answers (`true` and `false` for a boolean, option codes for a choice). */
export const conditionSchema = z.object({ item: code, in: z.array(z.union([z.string(), z.boolean()])).min(1) })

const commonItem = {
  code,
  label: text,
  hint: text.optional(),
  required: z.boolean().default(true),
  when: conditionSchema.optional(),
}

export const optionSchema = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_]{0,63}$/),
  label: text,
  hint: text.optional(),
  points: z.number().optional(),
  /** « Non concerné » : the item then counts neither in the score nor in its maximum. */
  notApplicable: z.literal(true).optional(),
})

export const itemSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('choice'), ...commonItem, options: z.array(optionSchema).min(2) }),
  z.object({ type: z.literal('multiple'), ...commonItem, options: z.array(optionSchema).min(2) }),
  z.object({ type: z.literal('boolean'), ...commonItem, points: z.object({ yes: z.number(), no: z.number() }).optional() }),
  z.object({
    type: z.literal('number'),
    ...commonItem,
    min: z.number(),
    max: z.number(),
    decimals: z.number().int().min(0).max(3),
    unit: z.string().max(20).optional(),
  }),
  z.object({ type: z.literal('text'), ...commonItem, max: z.number().int().min(1).max(20_000), lines: z.enum(['one', 'several']).default('several') }),
  /** The place of a grid inside an evaluation: answered in its own form, shown here with its result. */
  z.object({ type: z.literal('grid'), ...commonItem, grid: code }),
])

export const sectionSchema = z.object({
  code,
  title: text,
  /** The volet under which the answers of this section are shared. */
  volet: z.enum(volets),
  hint: text.optional(),
  items: z.array(itemSchema).min(1),
})

export const bandSchema = z.object({
  code,
  label: text,
  /** The band holds from this score on, up to the next one. */
  from: z.number(),
  /** 0 nothing to note, 1 to watch, 2 to take up, 3 serious. */
  severity: z.number().int().min(0).max(3),
})

const ages = z.object({ min: z.number().int().min(0).max(130).optional(), max: z.number().int().min(0).max(130).optional() })

/** Readings of the score. Among those that are not additional, the first whose ages fit is the main one; the additional ones that fit are given beside it. */
export const bandSetSchema = z.object({ code, title: text, ages: ages.optional(), additional: z.literal(true).optional(), bands: z.array(bandSchema).min(1) })

export const scoringSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('none') }),
  /** `base` plus the points of every answer, rounded to `decimals`. Without `max`, the highest score is that of the items that apply. */
  z.object({ method: z.literal('sum'), base: z.number().default(0), decimals: z.number().int().min(0).max(2).default(0), max: z.number().optional() }),
  /** The number typed in one item. */
  z.object({ method: z.literal('value'), item: code }),
  /** A computation of algorithms.ts. */
  z.object({ method: z.literal('algorithm'), name: z.enum(['aggir']) }),
])

export const licenceSchema = z.object({
  /** free: used as it is; regulatory: text of a code or a decree; own: written by the project; to_confirm: free to use in care, conditions of diffusion to confirm. */
  kind: z.enum(['free', 'regulatory', 'own', 'to_confirm']),
  text,
})

export const formDefinitionSchema = z.object({
  code,
  version: z.string().regex(/^\d{4}\.\d{1,3}$/),
  kind: z.enum(['grid', 'evaluation', 'screening']),
  title: text,
  shortTitle: z.string().min(1).max(30),
  purpose: text,
  source: text,
  licence: licenceSchema,
  minutes: z.number().int().min(1).max(240),
  ages: ages.optional(),
  contraindication: text.optional(),
  notice: text,
  /** How the score prints: « 14 / 26 » with 'over', « GIR 3 » with 'label', « 41,4 » with 'plain'. */
  display: z.enum(['over', 'label', 'plain', 'none']),
  sections: z.array(sectionSchema).min(1),
  scoring: scoringSchema,
  bandSets: z.array(bandSetSchema),
})

export type FormDefinition = z.output<typeof formDefinitionSchema>
export type FormDraft = z.input<typeof formDefinitionSchema>
export type FormSection = z.output<typeof sectionSchema>
export type FormItem = z.output<typeof itemSchema>
export type FormOption = z.output<typeof optionSchema>
export type Condition = z.output<typeof conditionSchema>
export type Band = z.output<typeof bandSchema>
export type BandSet = z.output<typeof bandSetSchema>

/** What is said under every result. */
export const decisionNotice = french('Aide à la décision : ne remplace ni l’avis d’un professionnel, ni une évaluation réglementaire.')

/** One answer; null and absence mean the same. */
export const answerSchema = z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(64)).max(100), z.null()])
export type Answer = z.output<typeof answerSchema>
export const answersSchema = z.record(z.string(), answerSchema)
export type Answers = Readonly<Record<string, Answer>>

/** All the items of a form, in order. */
export function itemsOf(definition: FormDefinition): readonly FormItem[] {
  return definition.sections.flatMap((section) => section.items)
}

/** Declares a form of ours: fills the defaults, sets the French typography, throws on a form that cannot work. */
export function defineForm(draft: FormDraft): FormDefinition {
  const definition = formDefinitionSchema.parse(withTypography(draft))
  const faults = definitionFaults(definition)
  if (faults.length > 0) throw new Error(`${definition.code}: ${faults.join('; ')}`)
  return definition
}

const typeset = new Set(['label', 'hint', 'title', 'shortTitle', 'purpose', 'source', 'contraindication', 'notice', 'text'])

/** The words of a form in French typography, its codes as they are. */
export function withTypography(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return typeset.has(key) ? french(value) : value
  if (Array.isArray(value)) return value.map((one) => withTypography(one, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTypography(one, name)]))
}

/** What would make a form unusable, in French for whoever loads one: double codes, conditions on what comes later or cannot be answered so, bands out of order. */
export function definitionFaults(definition: FormDefinition): readonly string[] {
  const faults: string[] = []
  const seen = new Map<string, FormItem>()
  for (const item of itemsOf(definition)) {
    if (seen.has(item.code)) faults.push(`${item.code} : ce code est employé deux fois.`)
    if (item.when !== undefined) faults.push(...conditionFaults(item.code, item.when, seen.get(item.when.item)))
    if ((item.type === 'choice' || item.type === 'multiple') && new Set(item.options.map((one) => one.code)).size !== item.options.length)
      faults.push(`${item.code} : deux réponses ont le même code.`)
    if (item.type === 'number' && item.min > item.max) faults.push(`${item.code} : le minimum dépasse le maximum.`)
    seen.set(item.code, item)
  }
  for (const set of definition.bandSets) {
    const starts = set.bands.map((band) => band.from)
    if (starts.some((from, index) => index > 0 && from <= (starts[index - 1] as number))) faults.push(`${set.code} : les seuils doivent aller en croissant.`)
  }
  if (definition.scoring.method === 'value' && seen.get(definition.scoring.item)?.type !== 'number')
    faults.push('scoring : le score est pris d’une question qui n’est pas un nombre.')
  return faults
}

function conditionFaults(of: string, condition: Condition, on: FormItem | undefined): readonly string[] {
  if (on === undefined) return [`${of} : dépend de ${condition.item}, qui ne vient pas avant.`]
  const possible: readonly (string | boolean)[] =
    on.type === 'boolean' ? [true, false] : on.type === 'choice' || on.type === 'multiple' ? on.options.map((one) => one.code) : []
  return condition.in.filter((value) => !possible.includes(value)).map((value) => `${of} : ${condition.item} ne vaut jamais ${String(value)}.`)
}
