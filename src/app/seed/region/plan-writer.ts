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
  /** The version in which it came: it is in none before. */
  readonly since?: number
  /** How the validated versions said it, when it was changed since. */
  readonly validatedAs?: { readonly title?: string; readonly dueOn?: Text }
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
export const planTables = (): PlanTables => ({
  plan: [],
  decision: [],
  statement: [],
  criterion: [],
  problem: [],
  objective: [],
  action: [],
  agreement: [],
  version: [],
  version_problem: [],
  version_part: [],
})

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
    id,
    ...of,
    episode_id: draft.episodeId,
    referent_id: referent.id,
    state: draft.state,
    draft_number: draft.draftNumber,
    validated_number: last?.number ?? null,
    validated_on: last?.on ?? null,
    review_on: draft.reviewOn,
    criterion_reached_at: reached?.at ?? null,
    content_version: 12,
    version: 4,
    created_at: decision.at,
    created_by: referent.id,
  })
  const decisionId = random.idAt(decision.at)
  tables.decision.push({
    id: decisionId,
    ...of,
    episode_id: draft.episodeId,
    plan_id: id,
    code: decision.code,
    with_whom: decision.withWhom,
    decided_on: decision.on,
    decided_by: referent.id,
    decided_by_name: referent.name,
    recorded_at: decision.at,
  })
  const line = (at: Date, title: string, summary: Text, sourceId: string, volet: 'administrative' | 'social' = 'administrative'): void =>
    timeline.add({ personId: person.id, holderOrg: dac.id, at, kind: 'care_plan', title, summary, author: referent, source: 'care-plans', sourceId, volet })
  line(
    decision.at,
    `PPCS\u00a0: ${labelOf(planDecisions, decision.code).replace(/^./u, (first) => first.toLocaleLowerCase('fr-FR'))}`,
    null,
    decisionId,
    'social',
  )

  const problems = draft.problems.map((problem, position) => writeProblem(random, draft, id, problem, position + 1, tables))
  const statements: PlanStatement[] = [
    {
      id: random.idAt(decision.at) as never,
      kind: 'wishes' as const,
      words: draft.wishes.words,
      saidOn: draft.wishes.on,
      volet: 'social' as const,
      version: 0,
      writtenByName: referent.name,
    },
    ...(draft.alertPlan === null
      ? []
      : [
          {
            id: random.idAt(decision.at) as never,
            kind: 'alert_plan' as const,
            words: draft.alertPlan,
            saidOn: null,
            volet: 'social' as const,
            version: 0,
            writtenByName: referent.name,
          },
        ]),
  ]
  for (const one of statements)
    tables.statement.push({
      id: one.id,
      plan_id: id,
      ...of,
      kind: one.kind,
      words: one.words,
      said_on: one.saidOn,
      written_at: decision.at,
      written_by: referent.id,
    })
  const criteria: PlanCriterion[] = draft.criteria.map((one) => {
    const criterionId = random.idAt(decision.at)
    tables.criterion.push({
      id: criterionId,
      plan_id: id,
      ...of,
      code: one.code,
      words: one.words,
      volet: one.volet,
      reached_at: one.reached?.at ?? null,
      reached_on: one.reached?.on ?? null,
      reached_by: one.reached?.by.id ?? null,
      reached_by_name: one.reached?.by.name ?? null,
      reached_words: one.reached?.words ?? null,
      created_at: decision.at,
    })
    if (one.reached !== undefined)
      timeline.add({
        personId: person.id,
        holderOrg: one.reached.by.serviceId,
        at: one.reached.at,
        kind: 'care_plan',
        title: `PPCS à réviser\u00a0: ${one.words}`,
        summary: one.reached.words,
        author: one.reached.by,
        source: 'care-plans',
        sourceId: criterionId,
        volet: one.volet,
      })
    return {
      id: criterionId as never,
      code: one.code,
      words: one.words,
      volet: one.volet,
      reachedOn: null,
      reachedByName: null,
      reachedWords: null,
      version: 0,
    }
  })
  for (const version of versions) {
    tables.version.push({
      plan_id: id,
      number: version.number,
      ...of,
      validated_on: version.on,
      validated_at: version.at,
      validated_by: referent.id,
      validated_by_name: referent.name,
      review_on: version.reviewOn,
      due_on: version.dueOn,
    })
    for (const inVersion of problems) {
      const problem = inVersion(version.number)
      if (problem !== null)
        tables.version_problem.push({ plan_id: id, number: version.number, problem_id: problem.id, ...of, content: { json: problem }, volet: problem.volet })
    }
    for (const { kind, ...part } of [
      ...statements.map((one) => ({ ...one, kind: one.kind as string })),
      ...criteria.map((one) => ({ ...one, kind: 'criterion' })),
    ])
      tables.version_part.push({
        plan_id: id,
        number: version.number,
        part_id: part.id,
        kind,
        ...of,
        content: { json: kind === 'criterion' ? part : { ...part, kind } },
        volet: part.volet,
      })
    line(version.at, `PPCS, version ${version.number}, validé`, `À réviser le ${formatDay(version.reviewOn)}`, id)
  }
  for (const one of draft.agreements)
    tables.agreement.push({
      id: random.idAt(one.at),
      plan_id: id,
      ...of,
      number: one.number,
      party: one.party,
      party_id: one.partyId,
      party_name: one.partyName,
      state: one.state,
      mode: one.mode,
      answered_on: one.on,
      noted_by: referent.id,
      noted_by_name: referent.name,
      recorded_at: one.at,
    })
}

/** Writes the living rows of a problem; gives what each validated version keeps of it: null before its first action came. */
function writeProblem(
  random: Random,
  { person, dac, referent, decision, versions }: PlanDraft,
  planId: string,
  problem: ProblemDraft,
  position: number,
  tables: PlanTables,
): (version: number) => PlanProblem | null {
  const id = random.idAt(decision.at)
  const of = { plan_id: planId, person_id: person.id, holder_org: dac.id, volet: problem.volet, created_at: decision.at, created_by: referent.id }
  tables.problem.push({ id, ...of, code: problem.code, title: problem.title, details: problem.details ?? null, position })
  const objectives = problem.objectives.map((objective, at): ((version: number) => PlanObjective | null) => {
    const objectiveId = random.idAt(decision.at)
    const { statusReason = null, statusWords = null, details = null, validatedAs } = objective
    tables.objective.push({
      id: objectiveId,
      ...of,
      problem_id: id,
      code: objective.code,
      title: objective.title,
      details,
      status: objective.status,
      status_reason: statusReason,
      status_words: statusWords,
      status_on: objective.status === 'in_progress' ? null : decision.on,
      position: at + 1,
    })
    const actions = objective.actions.map((action, place) =>
      writeAction(random, referent, { objective_id: objectiveId, ...of }, action, place + 1, versions.at(-1)?.number ?? null, tables),
    )
    const kept: PlanObjective = {
      id: objectiveId as never,
      code: objective.code,
      title: validatedAs?.title ?? objective.title,
      details: validatedAs === undefined ? details : (validatedAs.details ?? null),
      status: objective.status === 'not_pursued' ? objective.status : 'in_progress',
      statusReason,
      statusWords,
      statusOn: null,
      position: at + 1,
      version: 0,
      actions: [],
    }
    return (version) => {
      const inVersion = actions.flatMap((action) => action(version) ?? [])
      return inVersion.length > 0 || objective.actions.length === 0 ? { ...kept, actions: inVersion } : null
    }
  })
  return (version) => {
    const inVersion = objectives.flatMap((objective) => objective(version) ?? [])
    return inVersion.length > 0
      ? {
          id: id as never,
          code: problem.code,
          title: problem.title,
          details: problem.details ?? null,
          volet: problem.volet,
          position,
          version: 0,
          objectives: inVersion,
        }
      : null
  }
}

/** What a validated version says of an action whose status went on since. */
const statusThen = (status: string): string => (['done', 'not_feasible', 'refused'].includes(status) ? 'accepted' : status)

function writeAction(
  random: Random,
  referent: SeededUser,
  of: Row,
  action: ActionDraft,
  position: number,
  lastValidated: number | null,
  tables: PlanTables,
): (version: number) => PlanAction | null {
  const id = random.idAt(of['created_at'] as Date)
  const {
    details = null,
    dueOn = null,
    dueKind = 'before',
    dueWords = null,
    statusOn = null,
    statusWords = null,
    answer = null,
    answerOn = null,
    since = 1,
    validatedAs,
  } = action
  const answerMode = answer === null ? null : 'phone'
  const answerNotedBy = answer === null ? null : referent.name
  tables.action.push({
    id,
    ...of,
    code: action.code,
    title: action.title,
    details,
    actor_kind: action.actor.kind,
    actor_party_id: action.actor.partyId,
    actor_name: action.actor.name,
    actor_role: action.actor.role,
    due_on: dueOn,
    due_kind: dueKind,
    due_words: dueWords,
    status: action.status,
    status_on: statusOn,
    status_words: statusWords,
    answer,
    answer_on: answerOn,
    answer_mode: answerMode,
    answer_noted_by_name: answerNotedBy,
    validated_in: lastValidated !== null && lastValidated >= since ? lastValidated : null,
    position,
  })
  const kept: PlanAction = {
    id: id as never,
    code: action.code,
    title: validatedAs?.title ?? action.title,
    details,
    actor: action.actor as PlanAction['actor'],
    dueOn: validatedAs?.dueOn === undefined ? dueOn : validatedAs.dueOn,
    dueKind,
    dueWords,
    status: statusThen(action.status),
    statusOn: null,
    statusWords: null,
    answer,
    answerOn,
    answerMode,
    answerWords: null,
    answerNotedBy,
    position,
    version: 0,
  }
  return (version) => (version >= since ? kept : null)
}
