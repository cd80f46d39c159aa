import { french } from '../../platform/contract/typography.ts'

/** A measure that anybody of the circle may note. Limits are those of what a body and a device can give: beyond, a key slipped. */
export interface MeasureKind {
  readonly code: string
  readonly label: string
  readonly unit: string
  /** UCUM, for FHIR. */
  readonly ucum: string
  /** LOINC, for FHIR. */
  readonly loinc: string
  readonly low: number
  readonly high: number
  readonly decimals: number
  /** A second figure noted with the first: the diastolic pressure. */
  readonly second?: { readonly label: string; readonly low: number; readonly high: number }
  /** What the ends of a scale mean. */
  readonly scale?: string
}

/** The starter measures; values as they are said in France (glycémie in g/L, tension in mmHg). Sources: usual limits of the devices sold for homes. */
export const measureKinds: readonly MeasureKind[] = [
  { code: 'weight', label: 'Poids', unit: 'kg', ucum: 'kg', loinc: '29463-7', low: 2, high: 350, decimals: 1 },
  {
    code: 'blood_pressure',
    label: 'Tension artérielle',
    unit: 'mmHg',
    ucum: 'mm[Hg]',
    loinc: '85354-9',
    low: 40,
    high: 280,
    decimals: 0,
    second: { label: 'Minimale', low: 20, high: 180 },
  },
  { code: 'pulse', label: 'Pouls', unit: 'par min', ucum: '/min', loinc: '8867-4', low: 20, high: 250, decimals: 0 },
  { code: 'temperature', label: 'Température', unit: '°C', ucum: 'Cel', loinc: '8310-5', low: 30, high: 43, decimals: 1 },
  { code: 'saturation', label: 'Saturation en oxygène', unit: '%', ucum: '%', loinc: '59408-5', low: 50, high: 100, decimals: 0 },
  { code: 'glucose', label: 'Glycémie capillaire', unit: 'g/L', ucum: 'g/L', loinc: '32016-8', low: 0.1, high: 6, decimals: 2 },
  { code: 'breathing', label: 'Respiration', unit: 'par min', ucum: '/min', loinc: '9279-1', low: 4, high: 70, decimals: 0 },
  { code: 'pain', label: 'Douleur', unit: 'sur 10', ucum: '{score}', loinc: '72514-3', low: 0, high: 10, decimals: 0, scale: '0 aucune, 10 la pire' },
  { code: 'mood', label: 'Moral', unit: 'sur 10', ucum: '{score}', loinc: '', low: 0, high: 10, decimals: 0, scale: '0 au plus bas, 10 au mieux' },
  { code: 'appetite', label: 'Appétit', unit: 'sur 10', ucum: '{score}', loinc: '', low: 0, high: 10, decimals: 0, scale: '0 ne mange rien, 10 mange tout' },
]

export type MeasureCode = string

export function measureKind(code: string): MeasureKind | undefined {
  return measureKinds.find((kind) => kind.code === code)
}

/** « Poids »; a code of no measure says so in words. */
export function measureName(code: string): string {
  return measureKind(code)?.label ?? 'Mesure hors liste'
}

const number = (value: number, decimals: number): string => value.toLocaleString('fr-FR', { minimumFractionDigits: 0, maximumFractionDigits: decimals })

/** « 52,4 kg », « 11/6 » as a nurse says it stays in mmHg: « 110/60 mmHg ». */
export function measureWords(code: string, value: number, second: number | null): string {
  const kind = measureKind(code)
  if (kind === undefined) return String(value)
  return french(`${number(value, kind.decimals)}${second === null ? '' : `/${number(second, 0)}`}\u00a0${kind.unit}`)
}

/** Why a figure cannot be: said with the limits, as a key slips easily (« 11 » for 110); null when it can. */
export function implausible(code: string, value: number, second: number | null): string | null {
  const kind = measureKind(code)
  if (kind === undefined) return 'Mesure à choisir dans la liste.'
  if (value < kind.low || value > kind.high)
    return french(`${kind.label} : entre ${number(kind.low, kind.decimals)} et ${number(kind.high, kind.decimals)} ${kind.unit}. Votre saisie est gardée.`)
  if (kind.second === undefined) return second === null ? null : french(`${kind.label} : un seul chiffre.`)
  if (second === null) return french(`${kind.label} : les deux chiffres, comme 130/80.`)
  if (second < kind.second.low || second > kind.second.high || second >= value)
    return french(`${kind.second.label} : entre ${kind.second.low} et ${kind.second.high} ${kind.unit}, et sous la première. Votre saisie est gardée.`)
  return null
}

/** « 52,4 », « 130/80 », « 13/8 » (in cmHg, as many say it) read as a measure; null when it is not one. */
export function readMeasure(code: string, typed: string): { readonly value: number; readonly second: number | null } | null {
  const kind = measureKind(code)
  const match = /^\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:[/-]\s*(\d{1,3}(?:[.,]\d)?))?\s*$/.exec(typed)
  if (kind === undefined || match === null) return null
  const [value, second] = [match[1], match[2]].map((text) => (text === undefined ? null : Number(text.replace(',', '.')))) as [number, number | null]
  if (code === 'blood_pressure' && value < 30 && second !== null && second < 20) return { value: Math.round(value * 10), second: Math.round(second * 10) }
  return { value, second }
}
