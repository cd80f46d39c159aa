import type { Volet } from '../../platform/contract/actor.ts'
import type { RecipientKind } from './agreements.ts'
import type { ActionActor, PlanContent } from './plan.ts'

const all: readonly Volet[] = ['administrative', 'social', 'health']
const withoutHealth: readonly Volet[] = ['administrative', 'social']

export interface RecipientRule {
  readonly label: string
  /** What she may receive at most. */
  readonly allowed: readonly Volet[]
  /** What is ticked at first. */
  readonly proposed: readonly Volet[]
}

/**
 * What a copy may hold, by recipient. Health information goes to the person, to whoever represents her and to health professionals; a
 * social actor receives none (R.1110-1; HAS, form of the PPS). A relative receives what the person says.
 */
export const recipientRules: Readonly<Record<RecipientKind, RecipientRule>> = {
  person: { label: 'La personne', allowed: all, proposed: all },
  representative: { label: 'Son représentant légal', allowed: all, proposed: all },
  gp: { label: 'Le médecin traitant', allowed: all, proposed: all },
  health_professional: { label: 'Un professionnel de santé', allowed: all, proposed: all },
  social_professional: { label: 'Un professionnel du social', allowed: withoutHealth, proposed: withoutHealth },
  relative: { label: 'Un proche, si elle est d’accord', allowed: all, proposed: withoutHealth },
  other: { label: 'Un autre partenaire', allowed: withoutHealth, proposed: withoutHealth },
}

/** What a copy may show: problems, words and criteria of the volets that were chosen for its recipient. What was said with an agreement stays out. */
export function contentForCopy(content: PlanContent, volets: readonly Volet[]): PlanContent {
  const open = <One extends { readonly volet: Volet }>(all: readonly One[]): One[] => all.filter((one) => volets.includes(one.volet))
  return { problems: open(content.problems), statements: open(content.statements), criteria: open(content.criteria) }
}

/** Who does an action that a structure protecting somebody in danger was given, for those who may not read its name. */
export const unnamedActor: ActionActor = { kind: 'free', partyId: null, name: 'Un intervenant que le DAC connaît', role: null }

/** The content without the names of these parties: the actions stay, the DAC is asked who does them. */
export function withoutNames(content: PlanContent, parties: readonly string[]): PlanContent {
  if (parties.length === 0) return content
  return {
    ...content,
    problems: content.problems.map((problem) => ({
      ...problem,
      objectives: problem.objectives.map((objective) => ({
        ...objective,
        actions: objective.actions.map((action) =>
          action.actor.partyId !== null && parties.includes(action.actor.partyId) ? { ...action, actor: unnamedActor, answerNotedBy: null } : action,
        ),
      })),
    })),
  }
}
