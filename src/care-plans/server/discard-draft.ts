import { recordTimelineItem } from '../../persons/server/api.ts'
import { conflict } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { discardDraft } from '../contract/actions.ts'
import { type PlanAction, type PlanContent, type PlanCriterion, type PlanObjective, type PlanProblem, statementKinds } from '../contract/plan.ts'
import { selectContent, selectVersionContent } from './content.sql.ts'
import { partlyHidden } from './discard.sql.ts'
import { merge } from './edit-lines.ts'
import { findAction, findLine, findObjective, type LineChange, type LineKind, type LineRow, updateLine } from './line.sql.ts'
import { loadPlan, todayOf, writing } from './load.ts'
import { findCriterion, findStatement, updateCriterion, writeStatementRow } from './part.sql.ts'
import { type PlanRow, selectVersions, updatePlan } from './plan.sql.ts'
import { changed } from './write-lines.ts'

/**
 * Gives up the version being written. The plan is again what its last validated version says; where each action and objective stands is a fact,
 * and stays. Every line that goes back keeps the difference in its history. A first version has nothing to go back to: the plan ends.
 */
export const discardDraftImplementation = implement(discardDraft, {
  load: (context, { id }) => loadPlan(context, id),
  run: async (context, { id, contentVersion }) => {
    const { tx } = context
    const plan = await writing(context, id)
    if (plan.contentVersion !== contentVersion) throw conflict('carePlans.changed_meanwhile')
    const number = plan.draftNumber ?? 1
    const version = plan.version + 1
    if (plan.validatedNumber === null) {
      await updatePlan(tx, id, version, { state: 'closed', draft_number: null, discarded_number: number, closed_on: todayOf(context) })
    } else {
      await goBack(context, plan, await selectVersionContent(tx, id, plan.validatedNumber))
      const last = (await selectVersions(tx, id)).at(-1)
      await updatePlan(tx, id, version, {
        state: 'validated',
        draft_number: null,
        discarded_number: number,
        ...(last === undefined ? {} : { review_on: last.reviewOn }),
      })
    }
    await changed(context, plan, 'administrative')
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS, version ${number}, abandonnée pendant sa rédaction`,
      summary: plan.validatedNumber === null ? 'Aucune version n’avait été validée.' : `La version ${plan.validatedNumber} reste en vigueur.`,
      source: 'care-plans',
      sourceId: id,
      volet: 'administrative',
    })
    context.emit({ type: 'carePlans.plan.discarded', personId: plan.personId, volet: 'administrative', payload: { planId: id, number } })
    return { id, version, number }
  },
})

async function goBack(context: Context, plan: PlanRow, kept: PlanContent): Promise<void> {
  const living = await selectContent(context.tx, plan.id)
  const added = living.problems.filter((problem) => !kept.problems.some((one) => one.id === problem.id))
  if (
    await partlyHidden(
      context.tx,
      plan.id,
      plan.validatedNumber ?? 0,
      added.map((problem) => problem.id),
    )
  )
    throw conflict('carePlans.draft_partly_hidden')

  const lines = { problem: kept.problems, objective: objectivesOf(kept), action: actionsOf(kept) }
  const now = { problem: living.problems, objective: objectivesOf(living), action: actionsOf(living) }
  for (const kind of ['problem', 'objective', 'action'] as const)
    for (const line of now[kind]) if (!lines[kind].some((one) => one.id === line.id)) await takeAway(context, kind, line.id)
  for (const problem of lines.problem) await putBackProblem(context, problem)
  for (const objective of lines.objective) await putBackObjective(context, objective)
  for (const action of lines.action) await putBackAction(context, action)
  await goBackOnParts(context, plan, kept, living)
}

const objectivesOf = (content: PlanContent): readonly PlanObjective[] => content.problems.flatMap((problem) => problem.objectives)
const actionsOf = (content: PlanContent): readonly PlanAction[] => objectivesOf(content).flatMap((objective) => objective.actions)

/** A line under the volet that it has now, with what must differ; nothing is written where nothing does. */
async function write(context: Context, kind: LineKind, row: LineRow, fields: object, wanted: object, change: LineChange): Promise<void> {
  const before = { removed: row.removed, title: row.title, details: row.details, position: row.position, ...fields }
  const merged = await merge(context, kind, row, before, row.version, { removed: false, ...wanted })
  if (merged.version === row.version) return
  await updateLine(context.tx, kind, row.id, merged.version, { removed_at: null, ...change })
}

async function takeAway(context: Context, kind: LineKind, id: string): Promise<void> {
  const row = await findLine(context.tx, kind, id, { lock: true })
  if (row === undefined || row.removed) return
  const { version } = await merge(context, kind, row, { removed: false }, row.version, { removed: true })
  await updateLine(context.tx, kind, id, version, { removed_at: context.now })
}

async function putBackProblem(context: Context, { id, title, details, volet, position }: PlanProblem): Promise<void> {
  const row = await findLine(context.tx, 'problem', id, { lock: true })
  if (row !== undefined) await write(context, 'problem', row, { volet: row.volet }, { title, details, volet, position }, { title, details, volet, position })
}

async function putBackObjective(context: Context, { id, title, details, position }: PlanObjective): Promise<void> {
  const row = await findObjective(context.tx, id, { lock: true })
  if (row !== undefined) await write(context, 'objective', row, {}, { title, details, position }, { title, details, position })
}

async function putBackAction(context: Context, action: PlanAction): Promise<void> {
  const row = await findAction(context.tx, action.id, { lock: true })
  if (row === undefined) return
  const { id: _, title, details, position, dueOn, dueKind, dueWords, actor } = action
  const before = {
    actor: { actorKind: row.actorKind, actorPartyId: row.actorPartyId, actorName: row.actorName, actorRole: row.actorRole },
    term: { dueOn: row.dueOn, dueKind: row.dueKind, dueWords: row.dueWords },
  }
  const wanted = {
    title,
    details,
    position,
    actor: { actorKind: actor.kind, actorPartyId: actor.partyId, actorName: actor.name, actorRole: actor.role },
    term: { dueOn, dueKind, dueWords },
  }
  const sameActor = row.actorPartyId === actor.partyId && row.actorName === actor.name
  await write(context, 'action', row, before, wanted, {
    title,
    details,
    position,
    actor_kind: actor.kind,
    actor_party_id: actor.partyId,
    actor_name: actor.name,
    actor_role: actor.role,
    due_on: dueOn,
    due_kind: dueKind,
    due_words: dueWords,
    // An answer is somebody's: it comes back with the one who gave it.
    ...(sameActor
      ? {}
      : {
          answer: action.answer,
          answer_on: action.answerOn,
          answer_mode: action.answerMode,
          answer_words: action.answerWords,
          answer_noted_by_name: action.answerNotedBy,
        }),
  })
}

async function goBackOnParts(context: Context, plan: PlanRow, kept: PlanContent, living: PlanContent): Promise<void> {
  const { tx, actor, now } = context
  const record = (row: { readonly id: string; readonly version: number; readonly volet: PlanCriterion['volet'] }, fields: Record<string, unknown>) => ({
    ...row,
    personId: plan.personId,
    holderOrg: plan.holderOrg,
    protection: 'shared',
    fields,
  })
  for (const kind of statementKinds) {
    const row = await findStatement(tx, plan.id, kind)
    if (row === undefined) continue
    const before = { words: row.words, saidOn: row.saidOn, volet: row.volet }
    const said = kept.statements.find((one) => one.kind === kind)
    const wanted = { words: said?.words ?? null, saidOn: said?.saidOn ?? null, volet: said?.volet ?? row.volet }
    const { version } = await mergeEdit(context, record(row, before), 'care_plans.statement', row.version, wanted)
    if (version === row.version) continue
    await writeStatementRow(tx, {
      id: row.id,
      planId: plan.id,
      personId: plan.personId,
      kind,
      ...wanted,
      holderOrg: plan.holderOrg,
      version,
      writtenAt: now,
      writtenBy: actor.userId,
    })
  }
  for (const { id } of [...kept.criteria, ...living.criteria]) {
    const row = await findCriterion(tx, id)
    const removed = !kept.criteria.some((one) => one.id === id)
    if (row === undefined || row.removed === removed) continue
    const { version } = await mergeEdit(context, record(row, { removed: row.removed }), 'care_plans.criterion', row.version, { removed })
    await updateCriterion(tx, id, version, { removed_at: removed ? now : null })
  }
}
