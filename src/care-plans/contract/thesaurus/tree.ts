import type { CareRole } from '../../../care-team/contract/value-sets.ts'
import type { Volet } from '../../../platform/contract/actor.ts'
import { french } from '../../../platform/contract/typography.ts'

/** Who usually carries an action: a role of the circle, or the person herself. Proposed, then replaced by a name. */
export type UsualActor = CareRole | 'person'

/** The ten problem codes of the national value set of the PPS (JDV_ProblemePPSPAERPA_CISIS). */
export const nationalProblems = {
  'MED-056': 'Problèmes liés aux médicaments',
  'MED-057': 'Problème de mobilité',
  'MED-058': 'Isolement',
  'MED-059': 'Précarité',
  'MED-060': 'Incapacité dans les activités de base de la vie quotidienne',
  'MED-061': 'Troubles nutritionnels / difficulté à avoir une alimentation adaptée',
  'MED-062': 'Difficulté à prendre soin de soi',
  'MED-063': 'Troubles de l’humeur',
  'ORG-011': 'Organisation du suivi',
  'GEN-092.01.01': 'Autre problème',
} as const
export type NationalProblem = keyof typeof nationalProblems

export interface ActionTemplate {
  /** Whole path, as 'D1.medication.safe.pillbox'. */
  readonly code: string
  readonly label: string
  readonly actor: UsualActor
  /** Term proposed, in days from the decision. */
  readonly days: number
}

export interface ObjectiveTemplate {
  readonly code: string
  readonly label: string
  readonly actions: readonly ActionTemplate[]
}

export interface ProblemTemplate {
  readonly code: string
  readonly label: string
  /** The volet under which the problem and all that follows from it are shared. */
  readonly volet: Volet
  /** Closest code of the national list; its own « Autre problème » when none fits. */
  readonly national: NationalProblem
  readonly keywords: readonly string[]
  readonly objectives: readonly ObjectiveTemplate[]
}

export interface Domain {
  readonly code: string
  readonly label: string
  readonly problems: readonly ProblemTemplate[]
}

type Under<Template> = (parent: string) => Template

/** An action, its usual actor and its usual term in days. */
export function action(code: string, label: string, actor: UsualActor, days: number): Under<ActionTemplate> {
  return (parent) => ({ code: `${parent}.${code}`, label: french(label), actor, days })
}

export function objective(code: string, label: string, actions: readonly Under<ActionTemplate>[]): Under<ObjectiveTemplate> {
  return (parent) => ({ code: `${parent}.${code}`, label: french(label), actions: actions.map((one) => one(`${parent}.${code}`)) })
}

export function problem(
  code: string,
  label: string,
  facts: { readonly volet: Volet; readonly national: NationalProblem; readonly keywords: readonly string[] },
  objectives: readonly Under<ObjectiveTemplate>[],
): Under<ProblemTemplate> {
  return (parent) => ({ code: `${parent}.${code}`, label: french(label), ...facts, objectives: objectives.map((one) => one(`${parent}.${code}`)) })
}

export function domain(code: string, label: string, problems: readonly Under<ProblemTemplate>[]): Domain {
  return { code, label: french(label), problems: problems.map((one) => one(code)) }
}
