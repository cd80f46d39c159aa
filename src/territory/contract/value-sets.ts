import { french } from '../../platform/contract/typography.ts'

/** Who keeps a list: the State or a national agency, the region, or the project itself for want of a public list. */
export type ValueSetOrigin = 'national' | 'regional' | 'local'

/** One entry of a list. The code is for machines and never shows on a screen. */
export interface CodedValue<Code extends string = string> {
  readonly code: Code
  readonly label: string
  /** What the entry covers, shown as a hint. */
  readonly definition?: string
  /** Code of the entry of the same list under which it is grouped. */
  readonly parent?: string
  /** Words, without accents, by which the entry is proposed or found. */
  readonly keywords?: readonly string[]
  /** Code of the national list, null while that list is not at hand. */
  readonly nationalMapping: string | null
  /** First day of use, 'YYYY-MM-DD'. */
  readonly validFrom: string
  /** Last day of use; an entry that was used is ended, never deleted. */
  readonly validTo?: string
}

/** A versioned list of the trade. A region may add, hide and map entries; it never deletes what was used. */
export interface ValueSetDefinition<Code extends string = string> {
  /** 'intake.channel': the capability, then the thing. */
  readonly code: string
  readonly title: string
  readonly version: string
  readonly origin: ValueSetOrigin
  readonly values: readonly CodedValue<Code>[]
}

/** The codes of a list, as a type: `CodeOf<typeof channels>`. */
export type CodeOf<Set extends ValueSetDefinition> = Set['values'][number]['code']

interface ValueDraft {
  readonly code: string
  readonly label: string
  readonly definition?: string
  readonly parent?: string
  readonly keywords?: readonly string[]
  readonly nationalMapping?: string | null
  readonly validFrom?: string
  readonly validTo?: string
}

interface ValueSetDraft<Values extends readonly ValueDraft[]> {
  readonly code: string
  readonly title: string
  readonly version?: string
  readonly origin?: ValueSetOrigin
  readonly values: Values
}

/** The starter lists are valid from before the oldest activity that a DAC may take over from its former tools. */
const starterValidFrom = '2015-01-01'
const starterVersion = '2026.1'

/**
 * Declares a starter list. Takes labels with plain spaces (they get French typography here);
 * gives every entry its validity and an empty national mapping unless it states its own.
 */
export function defineValueSet<const Values extends readonly ValueDraft[]>(draft: ValueSetDraft<Values>): ValueSetDefinition<Values[number]['code']> {
  const values = draft.values.map(
    (value): CodedValue<Values[number]['code']> => ({
      nationalMapping: null,
      validFrom: starterValidFrom,
      ...value,
      label: french(value.label),
      ...(value.definition === undefined ? {} : { definition: french(value.definition) }),
    }),
  )
  return { code: draft.code, title: french(draft.title), version: draft.version ?? starterVersion, origin: draft.origin ?? 'local', values }
}

/** The entry that has this code, whatever the day: what was recorded under an ended code stays readable. */
export function findValue<Code extends string>(set: ValueSetDefinition<Code>, code: string): CodedValue<Code> | undefined {
  return set.values.find((value) => value.code === code)
}

/** The French label of a code; a code unknown to the list says so in words, never as the code itself. */
export function labelOf(set: ValueSetDefinition, code: string): string {
  return findValue(set, code)?.label ?? 'Valeur hors liste'
}

/** The entries that may be chosen on a day ('YYYY-MM-DD'). */
export function valuesOn<Code extends string>(set: ValueSetDefinition<Code>, day: string): readonly CodedValue<Code>[] {
  return set.values.filter((value) => value.validFrom <= day && (value.validTo === undefined || day <= value.validTo))
}

/** The entries grouped under another one; with null, those at the top. */
export function childrenOf<Code extends string>(set: ValueSetDefinition<Code>, parent: string | null): readonly CodedValue<Code>[] {
  return set.values.filter((value) => (value.parent ?? null) === parent)
}

/** The entry at the top of the group that holds this code: the code itself when it has no parent. */
export function groupOf(set: ValueSetDefinition, code: string): string {
  const parent = findValue(set, code)?.parent
  return parent === undefined ? code : groupOf(set, parent)
}

/** What is wrong in a list, in words; empty when it can be loaded. Used by the tests and by the import of official lists. */
export function faultsOf(set: ValueSetDefinition): readonly string[] {
  const codes = set.values.map((value) => value.code)
  return set.values.flatMap((value, index) => [
    ...(/^[A-Za-z0-9_.-]{1,64}$/.test(value.code) ? [] : [`${value.code}: code of another form`]),
    ...(codes.indexOf(value.code) === index ? [] : [`${value.code}: twice`]),
    ...(value.label.trim() === '' || value.label.length > 200 ? [`${value.code}: label empty or too long`] : []),
    ...(set.values.findIndex((other) => other.label === value.label && other.parent === value.parent) === index
      ? []
      : [`${value.code}: label used twice in its group`]),
    ...(value.parent === undefined || codes.includes(value.parent) ? [] : [`${value.code}: unknown parent ${value.parent}`]),
    ...(isUnderItself(set, value) ? [`${value.code}: is its own ancestor`] : []),
    ...(value.validTo === undefined || value.validFrom <= value.validTo ? [] : [`${value.code}: ends before it begins`]),
  ])
}

function isUnderItself(set: ValueSetDefinition, value: CodedValue): boolean {
  const seen = new Set<string>()
  for (let at: CodedValue | undefined = value; at?.parent !== undefined; at = findValue(set, at.parent)) {
    if (seen.has(at.code)) return true
    seen.add(at.code)
  }
  return false
}
