import type { PlanAction, PlanContent, PlanCriterion, PlanObjective, PlanProblem, PlanStatement } from './plan.ts'
import { actionStatusWords, objectiveStatusWords, termWords, whoWords } from './words.ts'

export type Mark = 'added' | 'modified' | 'removed'
const markStems: Readonly<Record<Mark, string>> = { added: 'Ajouté', modified: 'Modifié', removed: 'Retiré' }

/** « Ajoutée » for an action, « Ajouté » for a problem, an objective or a criterion. */
export function markWord(mark: Mark, what: 'action' | 'problem' | 'objective' | 'criterion' | 'statement'): string {
  return what === 'action' ? `${markStems[mark]}e` : markStems[mark]
}

/** One field of a line, before and after, as they read. */
export interface FieldChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

export interface Change {
  readonly mark: Mark
  readonly fields: readonly FieldChange[]
}

export interface Comparison {
  /** By id of problem, objective, action, statement or criterion; an id that is absent did not change. */
  readonly changes: ReadonlyMap<string, Change>
  /** Lines that are no longer there, as they were, under what they hung from. */
  readonly removedProblems: readonly PlanProblem[]
  readonly removedObjectives: ReadonlyMap<string, readonly PlanObjective[]>
  readonly removedActions: ReadonlyMap<string, readonly PlanAction[]>
  readonly removedCriteria: readonly PlanCriterion[]
  /** How many lines differ. */
  readonly count: number
}

/** Moves of this kind are decisions, and mark a line; the ordinary progress of an action does not. */
const decisive = new Set(['refused', 'abandoned', 'not_feasible'])

/**
 * What differs between two states of a plan, line by line. With nothing before, everything is new and nothing is marked: a first
 * version is read as a whole. The order of lines says nothing.
 */
export function comparePlans(before: PlanContent | null, after: PlanContent): Comparison {
  const changes = new Map<string, Change>()
  const removedObjectives = new Map<string, PlanObjective[]>()
  const removedActions = new Map<string, PlanAction[]>()
  if (before === null) return { changes, removedProblems: [], removedObjectives, removedActions, removedCriteria: [], count: 0 }
  const mark = (id: string, fields: readonly FieldChange[]): void => {
    if (fields.length > 0) changes.set(id, { mark: 'modified', fields })
  }
  const add = (id: string): void => void changes.set(id, { mark: 'added', fields: [] })
  const remove = (id: string): void => void changes.set(id, { mark: 'removed', fields: [] })

  for (const problem of after.problems) {
    const earlier = before.problems.find((one) => one.id === problem.id)
    if (earlier === undefined) {
      for (const id of idsUnder(problem)) add(id)
      continue
    }
    mark(problem.id, [
      ...field('Problème', earlier.title, problem.title),
      ...field('Précision', earlier.details, problem.details),
      ...field('Volet', voletWords[earlier.volet], voletWords[problem.volet]),
    ])
    for (const objective of problem.objectives) {
      const was = earlier.objectives.find((one) => one.id === objective.id)
      if (was === undefined) {
        for (const id of [objective.id, ...objective.actions.map((one) => one.id)]) add(id)
        continue
      }
      mark(objective.id, objectiveChanges(was, objective))
      for (const action of objective.actions) {
        const former = was.actions.find((one) => one.id === action.id)
        if (former === undefined) add(action.id)
        else mark(action.id, actionChanges(former, action))
      }
      keepGone(removedActions, objective.id, was.actions, objective.actions, remove)
    }
    keepGone(removedObjectives, problem.id, earlier.objectives, problem.objectives, remove)
  }
  const removedProblems = gone(before.problems, after.problems)
  for (const problem of removedProblems) remove(problem.id)
  for (const statement of after.statements) {
    const earlier = before.statements.find((one) => one.id === statement.id)
    mark(statement.id, field('Texte', earlier?.words ?? null, statement.words))
  }
  for (const statement of gone(before.statements, after.statements))
    changes.set(statement.id, { mark: 'modified', fields: field('Texte', statement.words, null) })
  for (const criterion of after.criteria) {
    const earlier = before.criteria.find((one) => one.id === criterion.id)
    if (earlier === undefined) add(criterion.id)
    else mark(criterion.id, field('Critère', earlier.words, criterion.words))
  }
  const removedCriteria = gone(before.criteria, after.criteria)
  for (const criterion of removedCriteria) remove(criterion.id)
  return { changes, removedProblems, removedObjectives, removedActions, removedCriteria, count: changes.size }
}

const voletWords = { administrative: 'Administratif', social: 'Social', health: 'Santé' } as const

function field(name: string, before: string | null, after: string | null): readonly FieldChange[] {
  return (before ?? '') === (after ?? '') ? [] : [{ field: name, before: before ?? '', after: after ?? '' }]
}

function objectiveChanges(before: PlanObjective, after: PlanObjective): readonly FieldChange[] {
  const dropped = (before.status === 'not_pursued') !== (after.status === 'not_pursued')
  return [
    ...field('Objectif', before.title, after.title),
    ...field('Précision', before.details, after.details),
    ...(dropped ? field('Suite', objectiveStatusWords(before), objectiveStatusWords(after)) : []),
  ]
}

function actionChanges(before: PlanAction, after: PlanAction): readonly FieldChange[] {
  const decided = before.status !== after.status && (decisive.has(before.status) || decisive.has(after.status))
  return [
    ...field('Action', before.title, after.title),
    ...field('Précision', before.details, after.details),
    ...field('Qui', whoWords(before), whoWords(after)),
    ...field('Quand', termWords(before), termWords(after)),
    ...(decided ? field('Où on en est', actionStatusWords(before.status), actionStatusWords(after.status)) : []),
  ]
}

function idsUnder(problem: PlanProblem): readonly string[] {
  return [problem.id, ...problem.objectives.flatMap((objective) => [objective.id, ...objective.actions.map((action) => action.id)])]
}

function gone<One extends { readonly id: string }>(before: readonly One[], after: readonly One[]): readonly One[] {
  return before.filter((one) => !after.some((other) => other.id === one.id))
}

function keepGone<One extends { readonly id: string }>(
  into: Map<string, One[]>,
  under: string,
  before: readonly One[],
  after: readonly One[],
  remove: (id: string) => void,
): void {
  const left = gone(before, after)
  if (left.length === 0) return
  into.set(under, [...left])
  for (const one of left) remove(one.id)
}

/** The objectives that are set aside, with the problem they belonged to: shared once, not pursued, and why (HAS). */
export function setAside(content: PlanContent): readonly { readonly problem: PlanProblem; readonly objective: PlanObjective }[] {
  return content.problems.flatMap((problem) =>
    problem.objectives.filter((objective) => objective.status === 'not_pursued').map((objective) => ({ problem, objective })),
  )
}

/** The words of a kind, or undefined when they were not written or are closed to the reader. */
export function statementOf(content: Pick<PlanContent, 'statements'>, kind: PlanStatement['kind']): PlanStatement | undefined {
  return content.statements.find((one) => one.kind === kind)
}
