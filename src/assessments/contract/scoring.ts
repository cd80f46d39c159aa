import { french } from '../../platform/contract/typography.ts'
import { aggir, aggirModalities } from './aggir.ts'
import { missingItems, relevantAnswers } from './answers.ts'
import { type Answers, type Band, type BandSet, type FormDefinition, type FormItem, itemsOf } from './form-definition.ts'

export interface Reading {
  /** Code of the set of bands, and of the band. */
  readonly set: string
  readonly band: string
  readonly label: string
  readonly severity: number
}

export interface Score {
  /** Null as long as an item that counts is missing. */
  readonly score: number | null
  /** Highest score that could be reached with the items that apply; null where it means nothing. */
  readonly max: number | null
  /** The main reading: code of the band, its French label, 0 to 3. */
  readonly band: string | null
  readonly label: string | null
  readonly severity: number | null
  /** The other readings of the same score (quintile…). */
  readonly readings: readonly Reading[]
  readonly complete: boolean
  /** Codes of the required items without an answer. */
  readonly missing: readonly string[]
  /** As it prints: « 14 / 26 », « GIR 3 », « 41,4 ». */
  readonly printed: string | null
  /** Figures behind the score (rank of AGGIR…). */
  readonly details: Readonly<Record<string, number>>
}

/** The age, in whole years, decides the reading of some grids; null when it is unknown. */
export interface ScoringContext {
  readonly age: number | null
}

interface Computed {
  readonly score: number
  readonly max: number | null
  readonly details: Readonly<Record<string, number>>
}

/**
 * Scores the answers of a form. Pure: the server computes and keeps the result with the version of the form, the browser
 * shows the same while typing. Answers out of limits are to be refused beforehand (`answerFaults`); answers to what is not asked are ignored.
 */
export function score(definition: FormDefinition, answers: Answers, context: ScoringContext = { age: null }): Score {
  const given = relevantAnswers(definition, answers)
  const missing = missingItems(definition, given)
  const computed = missing.length === 0 ? compute(definition, given) : null
  if (computed === null)
    return {
      score: null,
      max: null,
      band: null,
      label: null,
      severity: null,
      readings: [],
      complete: missing.length === 0,
      missing,
      printed: null,
      details: {},
    }
  const fitting = definition.bandSets.filter((set) => ageFits(set, context.age))
  const main = fitting.filter((set) => set.additional === undefined).flatMap((set) => reading(set, computed.score))[0]
  const others = fitting.filter((set) => set.additional).flatMap((set) => reading(set, computed.score))
  return {
    score: computed.score,
    max: computed.max,
    band: main?.band ?? null,
    label: main?.label ?? null,
    severity: main?.severity ?? null,
    readings: others,
    complete: true,
    missing,
    printed: print(definition, computed, main?.label ?? null),
    details: computed.details,
  }
}

function compute(definition: FormDefinition, answers: Answers): Computed | null {
  const { scoring } = definition
  switch (scoring.method) {
    case 'none':
      return null
    case 'value': {
      const value = answers[scoring.item]
      return typeof value === 'number' ? { score: value, max: null, details: {} } : null
    }
    case 'algorithm': {
      const modalities = aggirModalities(answers)
      if (modalities === null) return null
      const { rank, gir } = aggir(modalities)
      return { score: gir, max: 6, details: { rank } }
    }
    case 'sum': {
      const counted = itemsOf(definition).flatMap((item) => counts(item, answers))
      const total = scoring.base + counted.reduce((sum, one) => sum + one.points, 0)
      const highest = scoring.base + counted.reduce((sum, one) => sum + one.max, 0)
      return { score: round(total, scoring.decimals), max: scoring.max ?? round(highest, scoring.decimals), details: { counted: counted.length } }
    }
  }
}

function counts(item: FormItem, answers: Answers): readonly { readonly points: number; readonly max: number }[] {
  const answer = answers[item.code]
  if (item.type === 'boolean')
    return item.points === undefined || typeof answer !== 'boolean'
      ? []
      : [{ points: answer ? item.points.yes : item.points.no, max: Math.max(item.points.yes, item.points.no) }]
  if (item.type !== 'choice') return []
  const chosen = item.options.find((one) => one.code === answer)
  if (chosen?.points === undefined || chosen.notApplicable) return []
  return [{ points: chosen.points, max: Math.max(...item.options.map((one) => one.points ?? 0)) }]
}

function ageFits(set: BandSet, age: number | null): boolean {
  if (set.ages === undefined) return true
  return age !== null && age >= (set.ages.min ?? 0) && age <= (set.ages.max ?? Number.POSITIVE_INFINITY)
}

function reading(set: BandSet, value: number): readonly Reading[] {
  const band: Band | undefined = set.bands.findLast((one) => value >= one.from)
  return band === undefined ? [] : [{ set: set.code, band: band.code, label: band.label, severity: band.severity }]
}

function print(definition: FormDefinition, computed: Computed, label: string | null): string | null {
  const figure = computed.score.toLocaleString('fr-FR', { maximumFractionDigits: 2 })
  switch (definition.display) {
    case 'over':
      return french(`${figure} / ${(computed.max ?? 0).toLocaleString('fr-FR', { maximumFractionDigits: 2 })}`)
    case 'label':
      return label
    case 'plain':
      return figure
    case 'none':
      return null
  }
}

/** Rounds half away from zero; the products of weights in binary would else fall short of a threshold by 10⁻¹⁵. */
function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return (Math.sign(value) * Math.round(Math.abs(value) * scale + 1e-9)) / scale || 0
}
