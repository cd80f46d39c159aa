import type { PlanAction, PlanCriterion, PlanObjective, PlanProblem, PlanStatement } from '../../../care-plans/contract/plan.ts'
import { planDecisions } from '../../../care-plans/contract/value-sets.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { Bulk, Row } from './bulk.ts'
import type { Random } from './random.ts'
import type { SeededUser } from './staff.ts'
import type { Timeline } from './timeline.ts'

type Text = string | null
/** The same plan as the capability reads it; ids are made by the writer. */
export interface ActionDraft {
  readonly code: Text
  readonly title: string
  readonly actor: { readonly kind: PlanAction['actor']['kind']; readonly partyId: Text; readonly name: Text; readonly role: Text }
  readonly dueOn?: Text
  readonly dueKind?: PlanAction['dueKind']
  readonly dueWords?: Text
  readonly status: string
  readonly statusOn?: Text
  readonly statusWords?: Text
  readonly answer?: 'accepted' | 'refused' | null
  readonly answerOn?: Text
  readonly details?: Text
  /** Written since the last validated version: it is not in it. */
  readonly added?: boolean
}
export interface ObjectiveDraft {
  readonly code: Text
  readonly title: string
  readonly details?: Text
  readonly status: string
  readonly statusReason?: Text
  readonly statusWords?: Text
  readonly actions: readonly ActionDraft[]
  /** How the last validated version said it, when it was changed since. */
  readonly validatedAs?: Partial<Pick<ObjectiveDraft, 'title' | 'details'>>
}
export interface ProblemDraft {
  readonly code: Text
  readonly title: string
  readonly details?: Text
  readonly volet: PlanProblem['volet']
  readonly objectives: readonly ObjectiveDraft[]
}
export interface CriterionDraft {
  readonly code: string
  readonly words: string
  readonly volet: PlanProblem['volet']
  readonly reached?: { readonly at: Date; readonly on: string; readonly by: SeededUser; readonly words: Text }
}
export interface AgreementDraft {
  readonly number: number
  readonly party: string
  readonly partyId: Text
  readonly partyName: string
  readonly state: string
  readonly mode: Text
  readonly on: string
  readonly at: Date
}
export interface PlanDraft {
  readonly person: { readonly id: string }
  readonly episodeId: string
  readonly dac: { readonly id: string }
  readonly referent: SeededUser
  readonly decision: { readonly code: string; readonly withWhom: string; readonly on: string; readonly at: Date }
  readonly state: 'draft' | 'validated'
  readonly draftNumber: number | null
  readonly versions: readonly { readonly number: number; readonly at: Date; readonly on: string; readonly reviewOn: string; readonly dueOn: Text }[]
  readonly reviewOn: string
  readonly problems: readonly ProblemDraft[]
  readonly criteria: readonly CriterionDraft[]
  readonly wishes: { readonly words: string; readonly on: string }
  readonly alertPlan: Text
  readonly agreements: readonly AgreementDraft[]
}

export interface PlanTables {
  readonly plan: Row[]
  readonly decision: Row[]
  readonly statement: Row[]
  readonly criterion: Row[]
  readonly problem: Row[]
  readonly objective: Row[]
  readonly action: Row[]
  readonly agreement: Row[]
  readonly version: Row[]
  readonly version_problem: Row[]
  readonly version_part: Row[]
}
export const planTables = (): PlanTables => ({ plan: [], decision: [], statement: [], criterion: [], problem: [], objective: [], action: [], agreement: [], version: [], version_problem: [], version_part: [] })

export async function writePlanTables(bulk: Bulk, tables: PlanTables): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) await bulk.write(`care_plans.${table}`, rows)
}

/** A plan with its living rows, its validated versions and its agreements. */
export function writePlan(random: Random, draft: PlanDraft, tables: PlanTables, timeline: Timeline): void {
  const { person, dac, referent, decision, versions } = draft
  const id = random.idAt(decision.at)
  const of = { person_id: person.id, holder_org: dac.id }
  const last = versions.at(-1)
  const reached = draft.criteria.find((criterion) => criterion.reached !== undefined)?.reached
  tables.plan.push({
    id, ...of, episode_id: draft.episodeId, referent_id: referent.id, state: draft.state, draft_number: draft.draftNumber, validated_number: last?.number ?? null, validated_on: last?.on ?? null, review_on: draft.reviewOn, criterion_reached_at: reached?.at ?? null,
    content_version: 12, version: 4, created_at: decision.at, created_by: referent.id,
  })
  const decisionId = random.idAt(decision.at)
  tables.decision.push({ id: decisionId, ...of, episode_id: draft.episodeId, plan_id: id, code: decision.code, with_whom: decision.withWhom, decided_on: decision.on, decided_by: referent.id, decided_by_name: referent.name, recorded_at: decision.at })
  const line = (at: Date, title: string, summary: Text, sourceId: string, volet: 'administrative' | 'social' = 'administrative'): void => timeline.add({ personId: person.id, holderOrg: dac.id, at, kind: 'care_plan', title, summary, author: referent, source: 'care-plans', sourceId, volet })
  line(decision.at, `PPCS\u00a0: ${labelOf(planDecisions, decision.code).replace(/^./u, (first) => first.toLocaleLowerCase('fr-FR'))}`, null, decisionId, 'social')

  const problems = draft.problems.map((problem, position) => writeProblem(random, draft, id, problem, position + 1, tables))
  const statements: PlanStatement[] = [{ id: random.idAt(decision.at) as never, kind: 'wishes' as const, words: draft.wishes.words, saidOn: draft.wishes.on, volet: 'social' as const, version: 0, writtenByName: referent.name },
    ...(draft.alertPlan === null ? [] : [{ id: random.idAt(decision.at) as never, kind: 'alert_plan' as const, words: draft.alertPlan, saidOn: null, volet: 'social' as const, version: 0, writtenByName: referent.name }])]
  for (const one of statements) tables.statement.push({ id: one.id, plan_id: id, ...of, kind: one.kind, words: one.words, said_on: one.saidOn, written_at: decision.at, written_by: referent.id })
  const criteria: PlanCriterion[] = draft.criteria.map((one) => {
    const criterionId = random.idAt(decision.at)
    tables.criterion.push({
      id: criterionId, plan_id: id, ...of, code: one.code, words: one.words, volet: one.volet, reached_at: one.reached?.at ?? null, reached_on: one.reached?.on ?? null, reached_by: one.reached?.by.id ?? null, reached_by_name: one.reached?.by.name ?? null,
      reached_words: one.reached?.words ?? null, created_at: decision.at,
    })
    if (one.reached !== undefined) timeline.add({ personId: person.id, holderOrg: one.reached.by.serviceId, at: one.reached.at, kind: 'care_plan', title: `PPCS à réviser\u00a0: ${one.words}`, summary: one.reached.words, author: one.reached.by, source: 'care-plans', sourceId: criterionId, volet: one.volet })
    return { id: criterionId as never, code: one.code, words: one.words, volet: one.volet, reachedOn: null, reachedByName: null, reachedWords: null, version: 0 }
  })
  for (const version of versions) {
    tables.version.push({ plan_id: id, number: version.number, ...of, validated_on: version.on, validated_at: version.at, validated_by: referent.id, validated_by_name: referent.name, review_on: version.reviewOn, due_on: version.dueOn })
    for (const problem of problems) tables.version_problem.push({ plan_id: id, number: version.number, problem_id: problem.id, ...of, content: { json: problem }, volet: problem.volet })
    for (const { kind, ...part } of [...statements.map((one) => ({ ...one, kind: one.kind as string })), ...criteria.map((one) => ({ ...one, kind: 'criterion' }))])
      tables.version_part.push({ plan_id: id, number: version.number, part_id: part.id, kind, ...of, content: { json: kind === 'criterion' ? part : { ...part, kind } }, volet: part.volet })
    line(version.at, `PPCS, version ${version.number}, validé`, `À réviser le ${formatDay(version.reviewOn)}`, id)
  }
  for (const one of draft.agreements)
    tables.agreement.push({ id: random.idAt(one.at), plan_id: id, ...of, number: one.number, party: one.party, party_id: one.partyId, party_name: one.partyName, state: one.state, mode: one.mode, answered_on: one.on, noted_by: referent.id, noted_by_name: referent.name, recorded_at: one.at })
}

/** Writes the living rows of a problem; gives it as the last validated version keeps it. */
function writeProblem(random: Random, { person, dac, referent, decision }: PlanDraft, planId: string, problem: ProblemDraft, position: number, tables: PlanTables): PlanProblem {
  const id = random.idAt(decision.at)
  const of = { plan_id: planId, person_id: person.id, holder_org: dac.id, volet: problem.volet, created_at: decision.at, created_by: referent.id }
  tables.problem.push({ id, ...of, code: problem.code, title: problem.title, details: problem.details ?? null, position })
  const objectives = problem.objectives.map((objective, at): PlanObjective => {
    const objectiveId = random.idAt(decision.at)
    const { statusReason = null, statusWords = null, details = null } = objective
    tables.objective.push({ id: objectiveId, ...of, problem_id: id, code: objective.code, title: objective.title, details, status: objective.status, status_reason: statusReason, status_words: statusWords, status_on: objective.status === 'in_progress' ? null : decision.on, position: at + 1 })
    const actions = objective.actions.flatMap((action, place): readonly PlanAction[] => {
      const actionId = random.idAt(decision.at)
      const { dueOn = null, dueKind = 'before', dueWords = null, statusOn = null, answer = null, answerOn = null } = action
      tables.action.push({
        id: actionId, ...of, objective_id: objectiveId, code: action.code, title: action.title, details: action.details ?? null, actor_kind: action.actor.kind, actor_party_id: action.actor.partyId, actor_name: action.actor.name, actor_role: action.actor.role, due_on: dueOn, due_kind: dueKind,
        due_words: dueWords, status: action.status, status_on: statusOn, status_words: action.statusWords ?? null, answer, answer_on: answerOn, answer_mode: answer === null ? null : 'phone', answer_noted_by_name: answer === null ? null : referent.name, position: place + 1,
      })
      if (action.added) return []
      return [{
        id: actionId as never, code: action.code, title: action.title, details: action.details ?? null, actor: action.actor as PlanAction['actor'], dueOn, dueKind, dueWords, status: action.status === 'done' || action.status === 'not_feasible' ? 'accepted' : action.status, statusOn: null, statusWords: null,
        answer, answerOn, answerMode: answer === null ? null : 'phone', answerWords: null, answerNotedBy: answer === null ? null : referent.name, position: place + 1, version: 0,
      }]
    })
    return { id: objectiveId as never, code: objective.code, title: objective.validatedAs?.title ?? objective.title, details: objective.validatedAs === undefined ? details : (objective.validatedAs.details ?? null), status: objective.status === 'not_pursued' ? objective.status : 'in_progress', statusReason, statusWords, statusOn: null, position: at + 1, version: 0, actions }
  })
  return { id: id as never, code: problem.code, title: problem.title, details: problem.details ?? null, volet: problem.volet, position, version: 0, objectives }
}
