import { z } from 'zod'
import { keptByHerDac } from '../../persons/contract/access.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { defineQuery } from '../../platform/contract/action.ts'
import { cursor } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { comparesIdentities } from './access.ts'
import { type LinesLeft, linesLeftSchema, type MergeId, mergeSchema, type Pair, type PairId, pairLineSchema, pairSchema, pairStates } from './pair.ts'

export const duplicatePairs = defineQuery({
  name: 'duplicates.pairs',
  title: 'Doublons à examiner',
  input: z.object({
    states: z.array(z.enum(pairStates)).min(1).max(4).default(['to_review', 'to_merge']),
    pageSize: z.number().int().min(1).max(100).default(40),
    cursor,
  }),
  output: z.object({ rows: z.array(pairLineSchema), next: z.string().nullable() }),
  access: comparesIdentities,
  audit: {
    persons: (_input, _target, output) => output.rows.flatMap((row) => [row.one.person.personId, row.other.person.personId]),
    volets: ['administrative'],
  },
})

export const duplicatePair = defineQuery({
  name: 'duplicates.pair',
  title: 'Comparer deux identités',
  input: z.object({ id: idSchema<PairId>() }),
  output: pairSchema,
  access: comparesIdentities,
  audit: { persons: (_input: unknown, pair: Pair) => [pair.one.person.personId, pair.other.person.personId], volets: ['administrative'] },
})

export const mergesOfPerson = defineQuery({
  name: 'duplicates.merges',
  title: 'Fusions d’un dossier',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ rows: z.array(mergeSchema) }),
  access: keptByHerDac as typeof keptByHerDac,
  audit: {
    persons: (_input: unknown, target: PersonTarget, output) => [target.personId, ...output.rows.map((row) => row.absorbedId)],
    volets: ['administrative'],
  },
})

/** What an undoing left to be sorted: somebody who knows says of whom each line was. */
export const linesLeftToSort = defineQuery({
  name: 'duplicates.leftToSort',
  title: 'À trier après une fusion défaite',
  input: z.object({ id: idSchema<MergeId>() }),
  output: linesLeftSchema,
  access: comparesIdentities,
  audit: { persons: (_input: unknown, left: LinesLeft) => [left.personId] },
})
