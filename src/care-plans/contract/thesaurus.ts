import { type CodedValue, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'
import { autonomy } from './thesaurus/autonomy.ts'
import { caregiver } from './thesaurus/caregiver.ts'
import { pathway } from './thesaurus/pathway.ts'
import { psychic } from './thesaurus/psychic.ts'
import { social } from './thesaurus/social.ts'
import { somatic } from './thesaurus/somatic.ts'
import type { ActionTemplate, Domain, ObjectiveTemplate, ProblemTemplate } from './thesaurus/tree.ts'

/**
 * The starter thesaurus of the PPCS: domains, problems, objectives, actions.
 * The national thesaurus announced by the Cadre national d'orientation (§ 6) is not public; this one is local, mapped on the
 * only coded national list (the ten problems of the PPS) and replaced by import the day a DAC holds the official one.
 */
export const thesaurus: readonly Domain[] = [somatic, psychic, autonomy, social, caregiver, pathway]

export const thesaurusProblems: readonly ProblemTemplate[] = thesaurus.flatMap((one) => one.problems)
export const thesaurusObjectives: readonly ObjectiveTemplate[] = thesaurusProblems.flatMap((one) => one.objectives)
export const thesaurusActions: readonly ActionTemplate[] = thesaurusObjectives.flatMap((one) => one.actions)

/** The same as one list of four levels, loaded with the other value sets so that a region can add, hide and map. */
export const thesaurusValueSet: ValueSetDefinition = defineValueSet({
  code: 'care_plans.thesaurus',
  title: 'Thésaurus du PPCS',
  values: thesaurus.flatMap(flatten),
})

function flatten(domain: Domain): readonly Pick<CodedValue, 'code' | 'label' | 'parent' | 'keywords' | 'nationalMapping'>[] {
  return [
    { code: domain.code, label: domain.label, nationalMapping: null },
    ...domain.problems.flatMap((problem) => [
      { code: problem.code, label: problem.label, parent: domain.code, keywords: problem.keywords, nationalMapping: problem.national },
      ...problem.objectives.flatMap((objective) => [
        { code: objective.code, label: objective.label, parent: problem.code, nationalMapping: null },
        ...objective.actions.map((action) => ({ code: action.code, label: action.label, parent: objective.code, nationalMapping: null })),
      ]),
    ]),
  ]
}

const problemsByCode = new Map(thesaurusProblems.map((one) => [one.code, one]))

/** The problem of the starter thesaurus to which a code belongs, whether it is the code of a problem, an objective or an action. */
export function problemOf(code: string): ProblemTemplate | undefined {
  return problemsByCode.get(code.split('.').slice(0, 2).join('.'))
}
