import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type Access, defineAction } from '../../platform/contract/action.ts'
import { line, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { comparesIdentities, decidesAfterAnother } from './access.ts'
import { choicesSchema, type MergeId, type MergeTarget, type Pair, type PairId } from './pair.ts'

const pairId = idSchema<PairId>()
const mergeId = idSchema<MergeId>()
const ofPair = {
  persons: (_input: unknown, pair: Pair): PersonId[] => [pair.one.person.personId, pair.other.person.personId],
  volets: ['administrative'] as const,
}
const ofMerge = { persons: (_input: unknown, merge: MergeTarget): PersonId[] => [merge.keptId, merge.absorbedId] }

/** Somebody recognises, in two files that she sees, one person: the pair is then compared as one that was found. */
export const pointAt = defineAction({
  name: 'duplicates.pair.pointAt',
  title: 'Signaler que deux dossiers sont la même personne',
  input: z.object({ id: pairId, personId: idSchema<PersonId>(), otherId: idSchema<PersonId>() }),
  output: z.object({
    /** The pair to compare: one that was known already keeps its id, and what was decided of it. */
    id: pairId,
    known: z.boolean(),
  }),
  access: comparesIdentities as Access<PersonTarget, unknown>,
  audit: { persons: ({ otherId }: { otherId: PersonId }, person: PersonTarget) => [person.personId, otherId] },
})

export const setAside = defineAction({
  name: 'duplicates.pair.setAside',
  title: 'Dire que ce n’est pas un doublon',
  input: z.object({ id: pairId, reason: line(300) }),
  output: z.object({ id: pairId }),
  access: comparesIdentities as typeof comparesIdentities,
  audit: ofPair,
})

export const proposeMerge = defineAction({
  name: 'duplicates.merge.propose',
  title: 'Proposer une fusion',
  input: z.object({
    id: mergeId,
    pairId,
    /** Who stays; the other is brought into her. */
    keptId: idSchema<PersonId>(),
    choices: choicesSchema,
    /** What was compared on the screen. */
    keptVersion: seenVersion(),
    absorbedVersion: seenVersion(),
  }),
  output: z.object({ id: mergeId }),
  access: comparesIdentities,
  audit: ofPair,
})

export const validateMerge = defineAction({
  name: 'duplicates.merge.validate',
  title: 'Valider une fusion',
  input: z.object({ id: mergeId }),
  output: z.object({ id: mergeId, personId: z.string() }),
  access: decidesAfterAnother,
  audit: ofMerge,
})

export const declineMerge = defineAction({
  name: 'duplicates.merge.decline',
  title: 'Refuser ou retirer une proposition de fusion',
  input: z.object({ id: mergeId, reason: line(300) }),
  output: z.object({ id: mergeId }),
  access: comparesIdentities,
  audit: ofMerge,
})

export const undoMerge = defineAction({
  name: 'duplicates.merge.undo',
  title: 'Défaire une fusion',
  input: z.object({ id: mergeId, reason: line(300) }),
  output: z.object({
    id: mergeId,
    /** Changes of the merge that somebody changed since: they stay as they are now. */
    notRestored: z.number().int(),
    /** Rows written since that went back with what they hang on. */
    followed: z.number().int(),
  }),
  access: comparesIdentities,
  audit: ofMerge,
})
