import type { Volet } from '../../platform/contract/actor.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import type { ActionTemplate, Domain, ObjectiveTemplate, ProblemTemplate } from './thesaurus/tree.ts'
import { thesaurus } from './thesaurus.ts'

/** A value of the list care_plans.thesaurus as the region has it today. */
export interface ThesaurusValue {
  readonly code: string
  readonly label: string
  readonly parent: string | null
  readonly keywords: readonly string[]
  readonly hidden: boolean
}

/**
 * The thesaurus that this region offers: the starter tree under the region's own labels, without what it hides, with what it added.
 * What a region adds has no usual actor nor term, and the volet of its domain's first problem until a user chooses.
 */
export function regionalThesaurus(values: readonly ThesaurusValue[] | undefined, tree: readonly Domain[] = thesaurus): readonly Domain[] {
  if (values === undefined) return tree
  const byCode = new Map(values.map((value) => [value.code, value]))
  const under = (parent: string | null, known: readonly { readonly code: string }[]): readonly ThesaurusValue[] =>
    values.filter((value) => value.parent === parent && !value.hidden && !known.some((one) => one.code === value.code))
  const offered = <One extends { readonly code: string; readonly label: string }>(all: readonly One[]): readonly One[] =>
    all.flatMap((one) => {
      const value = byCode.get(one.code)
      return value?.hidden ? [] : [value === undefined ? one : { ...one, label: value.label }]
    })
  const added = (code: string, label: string): ActionTemplate => ({ code, label, actor: 'referent', days: 30 })
  const actionsOf = (objective: ObjectiveTemplate): ObjectiveTemplate => ({
    ...objective,
    actions: [...offered(objective.actions), ...under(objective.code, objective.actions).map(({ code, label }) => added(code, label))],
  })
  const objectivesOf = (problem: ProblemTemplate): ProblemTemplate => ({
    ...problem,
    objectives: [...offered(problem.objectives), ...under(problem.code, problem.objectives).map(({ code, label }) => ({ code, label, actions: [] }))].map(
      actionsOf,
    ),
  })
  const problemsOf = (domain: Domain): Domain => {
    const volet: Volet = domain.problems[0]?.volet ?? 'social'
    const own = under(domain.code, domain.problems).map(
      ({ code, label, keywords }): ProblemTemplate => ({ code, label, keywords, volet, national: 'GEN-092.01.01', objectives: [] }),
    )
    return { ...domain, problems: [...offered(domain.problems), ...own].map(objectivesOf) }
  }
  const domains = under(null, tree).map(({ code, label }): Domain => ({ code, label, problems: [] }))
  return [...offered(tree), ...domains].map(problemsOf)
}

export interface ThesaurusHit {
  readonly kind: 'problem' | 'objective' | 'action'
  readonly code: string
  readonly label: string
  readonly domain: Domain
  readonly problem: ProblemTemplate
  readonly objective: ObjectiveTemplate | null
  readonly action: ActionTemplate | null
}

/** Every word typed begins a word of the label (best), of its keywords, or of what it hangs from. Problems come before objectives, and these before actions. */
export function searchThesaurus(tree: readonly Domain[], typed: string, most = 12): readonly ThesaurusHit[] {
  const words = searchKey(typed).split(' ').filter(Boolean)
  if (words.length === 0) return []
  const found: { readonly rank: number; readonly hit: ThesaurusHit }[] = []
  const look = (hit: ThesaurusHit, own: string, around: string, level: number): void => {
    const rank = begins(words, own) ? 0 : begins(words, `${own} ${around}`) ? 1 : null
    if (rank !== null) found.push({ rank: rank * 3 + level, hit })
  }
  for (const domain of tree)
    for (const problem of domain.problems) {
      look(
        { kind: 'problem', code: problem.code, label: problem.label, domain, problem, objective: null, action: null },
        problem.label,
        problem.keywords.join(' '),
        0,
      )
      for (const objective of problem.objectives) {
        look(
          { kind: 'objective', code: objective.code, label: objective.label, domain, problem, objective, action: null },
          objective.label,
          `${problem.label} ${problem.keywords.join(' ')}`,
          1,
        )
        for (const action of objective.actions)
          look({ kind: 'action', code: action.code, label: action.label, domain, problem, objective, action }, action.label, problem.keywords.join(' '), 2)
      }
    }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((one) => one.hit)
}

function begins(words: readonly string[], text: string): boolean {
  const all = searchKey(text).split(' ')
  return words.every((word) => all.some((one) => one.startsWith(word)))
}
