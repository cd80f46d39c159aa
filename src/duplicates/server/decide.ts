import { compareIdentities } from '../../persons/contract/matching.ts'
import { fileFacts, insiCallJob, loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { newId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { declineMerge, pointAt, proposeMerge, setAside, undoMerge, validateMerge } from '../contract/actions.ts'
import '../contract/errors.ts'
import { mergedColumns } from '../contract/merged-identity.ts'
import { choicesSchema, type MergeId, type MergeTarget, type Pair, type PairId } from '../contract/pair.ts'
import { comparable } from './compared.sql.ts'
import {
  applyMerge,
  declineProposal,
  insertPairByHand,
  insertProposal,
  selectBoth,
  selectMerge,
  selectPair,
  setPairAside,
  undoMergeRows,
  writeKeysAgain,
} from './pair.sql.ts'

export async function loadPair({ tx }: Pick<Context, 'tx'>, id: PairId): Promise<Pair> {
  const pair = await selectPair(tx, id)
  if (pair === null) throw notFound('pair')
  return pair
}

async function loadMerge({ tx }: Pick<Context, 'tx'>, id: MergeId): Promise<MergeTarget> {
  const merge = await selectMerge(tx, id)
  if (merge === null) throw notFound('merge')
  const { kept: _kept, absorbed: _absorbed, choices: _choices, ...target } = merge
  return target
}

/** Both files, to whoever sees either: their work lists and their open pages read again. */
function tell(context: Context, type: string, persons: readonly PersonId[], pairId: PairId): void {
  for (const personId of persons) context.emit({ type, personId, volet: 'administrative', payload: { personId, pairId } })
}

/** Who is in danger, and who died, may be another since: what hides a shelter's name, and what stops at a death, follows (care-team, case-conferences, agenda, episodes). */
function tellWhatFollows(
  context: Context,
  persons: readonly PersonId[],
  deaths: { readonly died?: readonly PersonId[]; readonly alive?: readonly PersonId[] },
): void {
  const emit = (type: string, personId: PersonId): void => context.emit({ type, personId, volet: 'administrative', payload: { personId } })
  for (const personId of persons) emit('persons.silence.changed', personId)
  for (const personId of deaths.died ?? []) emit('persons.person.died', personId)
  for (const personId of deaths.alive ?? []) emit('persons.person.deathWithdrawn', personId)
}

const isDead = (row: { readonly [column: string]: unknown } | null): boolean => typeof row?.['deceased_on'] === 'string'

export const pointAtImplementation = implement(pointAt, {
  load: async (context, { personId, otherId }) => {
    const person = await loadPerson(context, personId)
    await loadPerson(context, otherId)
    return person
  },
  run: async (context, { id, personId, otherId }) => {
    const [one, other] = await selectBoth(context.tx, [personId, otherId])
    if (one === undefined || other === undefined) throw conflict('duplicates.one_file')
    const match = compareIdentities(comparable(one), comparable(other), await fileFacts(context.tx))
    const pair = await insertPairByHand(context.tx, id, [personId, otherId], {
      score: match.score,
      level: match.level === 'same' ? 'same' : 'probable',
      reasons: [`signalé par ${context.actor.displayName}`, ...match.reasons],
    })
    if (pair === null) throw notFound('pair')
    if (!pair.known) tell(context, 'duplicates.pair.pointedAt', [personId, otherId], pair.id)
    return pair
  },
})

export const setAsideImplementation = implement(setAside, {
  load: (context, { id }) => loadPair(context, id),
  run: async (context, { id, reason }, pair) => {
    if (!(await setPairAside(context.tx, id, reason, context.actor.displayName))) throw conflict('duplicates.not_to_review')
    tell(context, 'duplicates.pair.setAside', [pair.one.person.personId, pair.other.person.personId], id)
    return { id }
  },
})

export const proposeMergeImplementation = implement(proposeMerge, {
  load: (context, { pairId }) => loadPair(context, pairId),
  run: async (context, input, pair) => {
    const obstacle = await insertProposal(context.tx, input, context.actor.displayName)
    if (obstacle !== null) throw conflict(`duplicates.${obstacle}`)
    tell(context, 'duplicates.merge.proposed', [pair.one.person.personId, pair.other.person.personId], pair.id)
    return { id: input.id }
  },
})

export const validateMergeImplementation = implement(validateMerge, {
  load: (context, { id }) => loadMerge(context, id),
  run: async (context, { id }) => {
    const merge = await selectMerge(context.tx, id)
    if (merge === null) throw notFound('merge')
    if (merge.state !== 'proposed') throw conflict('duplicates.not_proposed')
    // One of them may be gone since the proposal: archived, erased.
    if (merge.kept === null || merge.absorbed === null) throw notFound('merge')
    const columns = mergedColumns(merge.kept, merge.absorbed, choicesSchema.parse(merge.choices))
    const obstacle = await applyMerge(context.tx, id, columns, [newId(), newId(), newId()], context.actor.displayName).catch(whereTwice)
    if (obstacle !== null) throw conflict(`duplicates.${obstacle}`)
    context.note({ mergeId: id, changed: Object.keys(columns) })
    await recordTimelineItem(context, {
      personId: merge.keptId,
      kind: 'identity',
      title: 'Deux dossiers de la personne réunis',
      summary: french('Un doublon a été fusionné : tout ce qui était dans l’autre dossier se lit ici.'),
      source: 'duplicates',
      sourceId: id,
      volet: 'administrative',
    })
    tell(context, 'duplicates.merge.done', [merge.keptId], merge.pairId)
    context.emit({ type: 'persons.identity.changed', personId: merge.keptId, volet: 'administrative', payload: { personId: merge.keptId } })
    // What the living twin had planned is now in the file of somebody dead, whichever of the two was kept.
    tellWhatFollows(context, [merge.keptId], { died: isDead(merge.kept) === isDead(merge.absorbed) ? [] : [merge.keptId] })
    return { id, personId: merge.keptId }
  },
})

/** A unique index that no rule of the merge foresees: refused, with everything rolled back. */
function whereTwice(error: unknown): never {
  if ((error as { code?: string }).code === '23505') throw conflict('duplicates.twice')
  throw error
}

export const declineMergeImplementation = implement(declineMerge, {
  load: (context, { id }) => loadMerge(context, id),
  run: async (context, { id, reason }, merge) => {
    if (!(await declineProposal(context.tx, id, reason, context.actor.displayName))) throw conflict('duplicates.not_proposed')
    tell(context, 'duplicates.merge.declined', [merge.keptId, merge.absorbedId], merge.pairId)
    return { id }
  },
})

export const undoMergeImplementation = implement(undoMerge, {
  load: (context, { id }) => loadMerge(context, id),
  run: async (context, { id, reason }, merge) => {
    // Before: whoever kept the other file alone does not see this one any more afterwards.
    await recordTimelineItem(context, {
      personId: merge.keptId,
      kind: 'identity',
      title: 'Fusion de deux dossiers défaite',
      summary: french(
        'L’autre dossier est rétabli. Ce qui a été écrit depuis la fusion, et qui ne tient à rien de l’autre dossier, reste ici : à trier. Les souhaits notés depuis protègent les deux.',
      ),
      source: 'duplicates',
      sourceId: id,
      volet: 'administrative',
    })
    const both = [merge.keptId, merge.absorbedId]
    const wasDead = isDead((await selectMerge(context.tx, id))?.kept ?? null)
    const { obstacle, notRestored, followed, wishes, waiting } = await undoMergeRows(context.tx, id, reason, context.actor.displayName).catch(whereTwice)
    if (obstacle !== undefined) throw conflict(`duplicates.${obstacle}`)
    await writeKeysAgain(context.tx, id)
    for (const callId of waiting) await context.enqueue(insiCallJob, { callId }, { jobKey: `insi:${callId}` })
    context.note({ mergeId: id, notRestored, followed, wishes })
    tell(context, 'duplicates.merge.undone', both, merge.pairId)
    const after = wasDead ? await selectMerge(context.tx, id) : null
    tellWhatFollows(context, both, { alive: both.filter((_, of) => wasDead && after !== null && !isDead(of === 0 ? after.kept : after.absorbed)) })
    return { id, notRestored, followed }
  },
})
