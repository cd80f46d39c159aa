import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { type Branded, idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { type Choices, chosenTraits } from './merged-identity.ts'

export type PairId = Branded<'PairId'>
export type MergeId = Branded<'MergeId'>

export const pairStates = ['to_review', 'not_duplicate', 'to_merge', 'merged'] as const
export type PairState = (typeof pairStates)[number]
export const pairStateLabels: Readonly<Record<PairState, string>> = {
  to_review: 'À examiner',
  to_merge: 'À valider',
  merged: 'Fusionnés',
  not_duplicate: 'Pas un doublon',
}

/** Outside the reader's sight: what comparing needs, and neither address nor instruction nor number of lines. */
export const sideSchema = z.object({
  person: personNameSchema,
  inScope: z.boolean(),
  version: z.number().int(),
  organisations: z.array(z.string()),
  traits: z.object({
    birthName: z.string().nullable(),
    birthGivenNames: z.array(z.string()),
    birthDate: z.string().nullable(),
    sex: z.enum(['F', 'M', 'I']).nullable(),
    birthPlace: z.string().nullable(),
    usedName: z.string().nullable(),
    usedGivenName: z.string().nullable(),
    identityStatus: z.enum(['PROV', 'VALI', 'RECUP', 'QUAL']),
    address: z.string().nullable(),
    commune: z.string().nullable(),
    callerInstruction: z.string().nullable(),
    language: z.string().nullable(),
  }),
  /** Lines of her Fil. */
  items: z.number().int().nullable(),
})
export type PairSide = z.output<typeof sideSchema>

export const choicesSchema: z.ZodType<Choices> = z.object(
  Object.fromEntries(chosenTraits.map((trait) => [trait, z.enum(['kept', 'absorbed'], { error: 'À choisir.' })])) as Record<
    (typeof chosenTraits)[number],
    z.ZodEnum<{ kept: 'kept'; absorbed: 'absorbed' }>
  >,
)

const line = {
  id: idSchema<PairId>(),
  state: z.enum(pairStates),
  score: z.number().int(),
  level: z.enum(['same', 'probable']),
  reasons: z.array(z.string()),
  foundAt: z.string(),
  /** Why it is not a duplicate. */
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
  one: sideSchema,
  other: sideSchema,
  /** Its last merge was undone, and nobody has decided since: why it is to be looked at again. */
  undone: z
    .object({
      mergeId: idSchema<MergeId>(),
      keptId: idSchema<PersonId>(),
      at: z.string(),
      byName: z.string(),
      reason: z.string(),
      /** Lines of the Fil that stayed in the file kept; none said to whoever does not keep it. */
      toSort: z.number().int(),
    })
    .nullable(),
}
export const pairLineSchema = z.object({ ...line, proposedByName: z.string().nullable(), proposedByMe: z.boolean() })
export type PairLine = z.output<typeof pairLineSchema>

export const pairSchema = z.object({
  ...line,
  /** Code of what forbids a merge (errors.ts); null where nothing does. */
  obstacle: z.string().nullable(),
  merge: z
    .object({
      id: idSchema<MergeId>(),
      keptId: idSchema<PersonId>(),
      absorbedId: idSchema<PersonId>(),
      state: z.enum(['proposed', 'done']),
      choices: choicesSchema,
      proposedAt: z.string(),
      proposedBy: idSchema<UserId>(),
      proposedByName: z.string(),
      decidedAt: z.string().nullable(),
      decidedByName: z.string().nullable(),
    })
    .nullable(),
})
export type Pair = z.output<typeof pairSchema>

/** Lines of the Fil written while two files were one, in the file that was kept when they were separated. */
export const linesLeftSchema = z.object({
  personId: idSchema<PersonId>(),
  rows: z.array(z.object({ id: z.string(), at: z.string(), kind: z.string(), title: z.string(), authorName: z.string() })),
})
export type LinesLeft = z.output<typeof linesLeftSchema>

/** What rules look at. */
export interface MergeTarget {
  readonly id: MergeId
  readonly pairId: PairId
  readonly keptId: PersonId
  readonly absorbedId: PersonId
  readonly state: 'proposed' | 'declined' | 'done' | 'undone'
  readonly proposedBy: UserId
}

export const mergeSchema = z.object({
  id: idSchema<MergeId>(),
  state: z.enum(['done', 'undone']),
  keptId: idSchema<PersonId>(),
  absorbedId: idSchema<PersonId>(),
  absorbed: personNameSchema,
  proposedByName: z.string(),
  decidedByName: z.string(),
  decidedAt: z.string(),
  undoneAt: z.string().nullable(),
  undoneByName: z.string().nullable(),
  undoReason: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
})
export type Merge = z.output<typeof mergeSchema>
