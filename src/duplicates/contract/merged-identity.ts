import { type IdentityFacts, type IdentityStatus, identityStatus, strictTraits } from '../../persons/contract/identity-status.ts'
import { nameKeys } from '../../persons/contract/names.ts'
import type { IdentityAttribute } from '../../persons/contract/value-sets.ts'

/** Which of the two a trait comes from. */
export type Side = 'kept' | 'absorbed'

/** The traits that are chosen one by one; `identity` says whose status, document and INS are taken. */
export const chosenTraits = [
  'identity',
  'birthName',
  'birthGivenNames',
  'birthDate',
  'sex',
  'birthPlace',
  'usedName',
  'usedGivenName',
  'address',
  'callerInstruction',
  'language',
] as const
export type ChosenTrait = (typeof chosenTraits)[number]
export type Choices = Readonly<Record<ChosenTrait, Side>>

/** What is needed to choose: a trait that nobody said is empty. */
export type TraitsToChoose = Readonly<Record<Exclude<ChosenTrait, 'identity'>, unknown>> & { readonly identityStatus: IdentityStatus }

const rank: Readonly<Record<IdentityStatus, number>> = { QUAL: 3, RECUP: 2, VALI: 1, PROV: 0 }
const strict: readonly ChosenTrait[] = ['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlace']
const empty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** By default the better status wins, with its strict traits; of the others, what is said wins over what is not. */
export function defaultChoices(kept: TraitsToChoose, absorbed: TraitsToChoose): Choices {
  const identity: Side = rank[absorbed.identityStatus] > rank[kept.identityStatus] ? 'absorbed' : 'kept'
  const said = (trait: Exclude<ChosenTrait, 'identity'>, first: Side): Side => {
    const [preferred, other] = first === 'kept' ? [kept, absorbed] : [absorbed, kept]
    return empty(preferred[trait]) && !empty(other[trait]) ? (first === 'kept' ? 'absorbed' : 'kept') : first
  }
  return Object.fromEntries(
    chosenTraits.map((trait) => [trait, trait === 'identity' ? identity : said(trait, strict.includes(trait) ? identity : 'kept')]),
  ) as unknown as Choices
}

/** A row of persons.person as the database writes it in JSON. */
export type PersonColumns = Readonly<Record<string, unknown>>

const columnsOf: Readonly<Record<Exclude<ChosenTrait, 'identity'>, readonly string[]>> = {
  birthName: ['birth_name'],
  birthGivenNames: ['birth_given_names'],
  birthDate: ['birth_date', 'birth_date_approximate'],
  sex: ['sex'],
  birthPlace: ['birth_place_code', 'birth_place_name'],
  usedName: ['used_name'],
  usedGivenName: ['used_given_name'],
  address: ['address', 'commune_code'],
  callerInstruction: ['caller_instruction'],
  language: ['language'],
}
const ofIdentity = [
  'ins_matricule',
  'ins_oid',
  'ins_retrieved_at',
  'ins_verified_at',
  'ins_contested_at',
  'identity_checked_at',
  'identity_checked_by',
  'identity_document',
  'identity_status',
] as const
const ofDeath = ['deceased_on', 'death_recorded_at', 'death_recorded_by', 'death_source'] as const

/**
 * The columns that the one who stays takes, and only those that change. Precautions of both stay (doubtful, fictitious, homonym), a death and an interpreter
 * too. A strict trait that differs from those of the identity whose status is taken drops the status and the matricule, as any correction does (RNIV).
 */
export function mergedColumns(kept: PersonColumns, absorbed: PersonColumns, choices: Choices): Readonly<Record<string, unknown>> {
  const from = (side: Side): PersonColumns => (side === 'kept' ? kept : absorbed)
  const identity = from(choices.identity)
  const merged: Record<string, unknown> = {}
  for (const [trait, columns] of Object.entries(columnsOf)) for (const column of columns) merged[column] = from(choices[trait as ChosenTrait])[column]
  for (const column of ofIdentity) merged[column] = identity[column]
  const attributes = [...new Set([...list(kept['identity_attributes']), ...list(absorbed['identity_attributes'])])].sort() as IdentityAttribute[]
  merged['identity_attributes'] = attributes
  const asChecked = strictTraits.every((trait) => same(merged[snake(trait)], identity[snake(trait)]))
  if (!asChecked) for (const column of ofIdentity) merged[column] = null
  const facts: IdentityFacts = {
    insRetrieved: merged['ins_retrieved_at'] !== null,
    identityChecked: merged['identity_checked_at'] !== null,
    insContested: (merged['ins_contested_at'] ?? null) !== null,
    attributes,
  }
  merged['identity_status'] = identityStatus(facts)
  const dead = kept['deceased_on'] === null && absorbed['deceased_on'] !== null ? absorbed : kept
  for (const column of ofDeath) merged[column] = dead[column]
  for (const flag of ['needs_interpreter', 'is_military']) merged[flag] = Boolean(kept[flag]) || Boolean(absorbed[flag])
  const text = (column: string): string | null => (merged[column] as string | null) ?? null
  const keys = nameKeys([text('birth_name'), text('used_name'), ...list(merged['birth_given_names']), text('used_given_name')])
  merged['search_key'] = keys.searchKey
  merged['sound_key'] = keys.soundKey
  const changes = Object.fromEntries(Object.entries(merged).filter(([column, value]) => !same(kept[column], value)))
  return Object.keys(changes).length === 0 ? {} : { ...changes, version: Number(kept['version']) + 1 }
}

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const snake = (trait: string): string => trait.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
