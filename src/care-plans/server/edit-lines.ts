import { conflict, notFound } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { editObjective, editPlanAction, editProblem, removeLine, restoreLine } from '../contract/actions.ts'
import { findLine, findObjective, type LineChange, type LineKind, type LineRow, updateLine } from './line.sql.ts'
import { actionOf, loadPlanOfAction, loadPlanOfLine, presentLine, writing } from './load.ts'
import { assertMayConfide, changed } from './write-lines.ts'

export const editProblemImplementation = implement(editProblem, {
  load: (context, { id }) => loadPlanOfLine(context, 'problem', id),
  run: async (context, { id, baseVersion, changes }, target) => {
    const plan = await writing(context, target.id)
    const row = await presentLine(findLine(context.tx, 'problem', id, { lock: true }))
    const { title, details, volet, position } = row
    const merged = await merge(context, 'problem', row, { title, details, volet, position }, baseVersion, changes)
    if (merged.version === row.version) return { id, version: row.version }
    await updateLine(context.tx, 'problem', id, merged.version, merged.changes as LineChange)
    await changed(context, plan, volet)
    return { id, version: merged.version }
  },
})

export const editObjectiveImplementation = implement(editObjective, {
  load: (context, { id }) => loadPlanOfLine(context, 'objective', id),
  run: async (context, { id, baseVersion, changes }, target) => {
    const plan = await writing(context, target.id)
    const row = await presentLine(findObjective(context.tx, id, { lock: true }))
    const { title, details, position } = row
    const merged = await merge(context, 'objective', row, { title, details, position }, baseVersion, changes)
    if (merged.version === row.version) return { id, version: row.version }
    await updateLine(context.tx, 'objective', id, merged.version, merged.changes as LineChange)
    await changed(context, plan, row.volet)
    return { id, version: merged.version }
  },
})

export const editPlanActionImplementation = implement(editPlanAction, {
  load: (context, { id }) => loadPlanOfAction(context, id),
  run: async (context, { id, baseVersion, changes }, target) => {
    const plan = await writing(context, target.id)
    const row = await actionOf(context, id)
    const { title, details, position, actorKind, actorPartyId, actorName, actorRole, dueOn, dueKind, dueWords } = row
    const fields = { title, details, position, actor: { actorKind, actorPartyId, actorName, actorRole }, term: { dueOn, dueKind, dueWords } }
    const merged = await merge(context, 'action', row, fields, baseVersion, changes)
    if (merged.version === row.version) return { id, version: row.version }
    const { actor, term, ...words } = merged.changes as typeof changes
    if (actor !== undefined && actor.actorPartyId !== actorPartyId) await assertMayConfide(context, plan.personId, actor.actorPartyId)
    // An answer is somebody's: given to another, the action has none.
    const sameActor = actor === undefined || (actor.actorPartyId === actorPartyId && actor.actorName === actorName)
    await updateLine(context.tx, 'action', id, merged.version, {
      ...(words as LineChange),
      ...(actor === undefined
        ? {}
        : { actor_kind: actor.actorKind, actor_party_id: actor.actorPartyId, actor_name: actor.actorName, actor_role: actor.actorRole }),
      ...(term === undefined ? {} : { due_on: term.dueOn, due_kind: term.dueKind, due_words: term.dueWords }),
      ...(sameActor ? {} : { answer: null, answer_on: null, answer_mode: null, answer_words: null, answer_noted_by_name: null }),
    })
    await changed(context, plan, row.volet)
    return { id, version: merged.version }
  },
})

export const removeLineImplementation = implement(removeLine, {
  load: (context, { kind, id }) => loadPlanOfLine(context, kind, id),
  run: (context, input, target) => takeOut(context, input, target.id, true),
})

export const restoreLineImplementation = implement(restoreLine, {
  load: (context, { kind, id }) => loadPlanOfLine(context, kind, id),
  run: (context, input, target) => takeOut(context, input, target.id, false),
})

async function takeOut<Id extends string>(
  context: Context,
  { kind, id, baseVersion }: { readonly kind: LineKind; readonly id: Id; readonly baseVersion: number },
  planId: Parameters<typeof writing>[1],
  out: boolean,
): Promise<{ id: Id; version: number }> {
  const plan = await writing(context, planId)
  const row = await findLine(context.tx, kind, id, { lock: true })
  if (row === undefined) throw notFound(kind)
  if (row.removed === out) throw conflict(out ? 'carePlans.removed' : 'carePlans.not_removed')
  const { version } = await merge(context, kind, row, { removed: row.removed }, baseVersion, { removed: out })
  await updateLine(context.tx, kind, id, version, { removed_at: out ? context.now : null })
  await changed(context, plan, row.volet)
  return { id, version }
}

/** Merges an edit of a line; the difference goes to the history under the volet that the line has now. */
export function merge(
  context: Context,
  kind: LineKind,
  row: LineRow,
  fields: Readonly<Record<string, unknown>>,
  baseVersion: number,
  wanted: Readonly<Record<string, unknown>>,
): ReturnType<typeof mergeEdit> {
  return mergeEdit(
    context,
    { id: row.id, version: row.version, personId: row.personId, volet: row.volet, holderOrg: row.holderOrg, protection: row.protection, fields },
    `care_plans.${kind}`,
    baseVersion,
    wanted,
  )
}
