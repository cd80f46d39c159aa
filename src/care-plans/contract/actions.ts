import { z } from 'zod'
import { defineAction } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { decidesPlan, flagsCriterion, followsAction, validatesPlan, writesPlan } from './access.ts'
import {
  actionActorKinds,
  type CriterionId,
  type DecisionId,
  dueKinds,
  type ObjectiveId,
  type PlanActionId,
  type PlanId,
  type PlanPerson,
  type PlanTarget,
  type ProblemId,
  statementKinds,
} from './plan.ts'

const planId = idSchema<PlanId>()
const problemId = idSchema<ProblemId>()
const objectiveId = idSchema<ObjectiveId>()
const actionId = idSchema<PlanActionId>()
const baseVersion = z.number().int().min(1)
const position = z.number().min(-1e9).max(1e9)
const ofThePerson = { persons: (_input: unknown, target: { readonly personId: PersonId }): readonly PersonId[] => [target.personId] }
const row = <Id extends string>(id: z.ZodType<Id, string>) => z.object({ id, version: z.number().int() })

const actorFields = {
  actorKind: z.enum(actionActorKinds),
  actorPartyId: optional(idSchema<PartyId>()),
  actorName: optional(line(160)),
  actorRole: optional(line(80)),
}
const termFields = { dueOn: optional(day()), dueKind: z.enum(dueKinds), dueWords: optional(line(80)) }

/** An action as it is first written. Who and when may come later; both are asked before the plan is proposed. */
const newAction = z.object({
  id: actionId,
  code: optional(code()),
  title: line(300),
  details: optional(paragraph(1_000)),
  ...actorFields,
  actorKind: actorFields.actorKind.default('free'),
  ...termFields,
  dueKind: termFields.dueKind.default('before'),
  status: code().default('proposed'),
})
const newObjective = z.object({
  id: objectiveId,
  code: optional(code()),
  title: line(300),
  details: optional(paragraph(1_000)),
  actions: z.array(newAction).max(20).default([]),
})

/** A plan or none (R45). « Yes » opens the plan, whose id the client makes. */
export const decidePlan = defineAction({
  name: 'carePlans.decision.record',
  title: 'Décider d’un PPCS',
  input: z.object({
    id: idSchema<DecisionId>(),
    personId: idSchema<PersonId>(),
    code: code(),
    words: optional(paragraph(2_000)),
    withWhom: optional(line(300)),
    decidedOn: optional(day()),
    planId: optional(planId),
  }),
  output: z.object({ id: idSchema<DecisionId>(), planId: planId.nullable() }),
  access: (actor, person: PlanPerson) => decidesPlan(actor, person),
  audit: ofThePerson,
})

/** A problem with the objectives and actions that were picked with it, in one gesture. */
export const addProblem = defineAction({
  name: 'carePlans.problem.add',
  title: 'Ajouter un problème',
  input: z.object({
    id: problemId,
    planId,
    code: optional(code()),
    title: line(200),
    details: optional(paragraph(1_000)),
    volet: z.enum(volets),
    objectives: z.array(newObjective).max(10).default([]),
  }),
  output: row(problemId),
  access: writesPlan,
  audit: ofThePerson,
})

export const editProblem = defineAction({
  name: 'carePlans.problem.edit',
  title: 'Modifier un problème',
  input: z.object({
    id: problemId,
    baseVersion,
    changes: z.object({ title: line(200), details: optional(paragraph(1_000)), volet: z.enum(volets), position }).partial(),
  }),
  output: row(problemId),
  access: writesPlan,
  audit: ofThePerson,
})

export const addObjective = defineAction({
  name: 'carePlans.objective.add',
  title: 'Ajouter un objectif',
  input: z.object({ problemId, ...newObjective.shape }),
  output: row(objectiveId),
  access: writesPlan,
  audit: ofThePerson,
})

export const editObjective = defineAction({
  name: 'carePlans.objective.edit',
  title: 'Modifier un objectif',
  input: z.object({ id: objectiveId, baseVersion, changes: z.object({ title: line(300), details: optional(paragraph(1_000)), position }).partial() }),
  output: row(objectiveId),
  access: writesPlan,
  audit: ofThePerson,
})

/** Reached, in part, not reached; or not pursued, and then why. Said at any time, without a new version. */
export const judgeObjective = defineAction({
  name: 'carePlans.objective.judge',
  title: 'Dire où en est l’objectif',
  input: z.object({ id: objectiveId, baseVersion, status: code(), reason: optional(code()), words: optional(paragraph(1_000)) }),
  output: row(objectiveId),
  access: writesPlan,
  audit: ofThePerson,
})

export const addPlanAction = defineAction({
  name: 'carePlans.action.add',
  title: 'Ajouter une action',
  input: z.object({ objectiveId, ...newAction.shape }),
  output: row(actionId),
  access: writesPlan,
  audit: ofThePerson,
})

/** `actor*` travel together, as do the three of the term: who changed, changed as a whole. */
export const editPlanAction = defineAction({
  name: 'carePlans.action.edit',
  title: 'Modifier une action',
  input: z.object({
    id: actionId,
    baseVersion,
    changes: z.object({ title: line(300), details: optional(paragraph(1_000)), actor: z.object(actorFields), term: z.object(termFields), position }).partial(),
  }),
  output: row(actionId),
  access: writesPlan,
  audit: ofThePerson,
})

/** Where it stands: planned, in progress, done, refused by her, not feasible… Said at any time by whoever does it, without a new version. */
export const followAction = defineAction({
  name: 'carePlans.action.follow',
  title: 'Dire où en est l’action',
  input: z.object({ id: actionId, baseVersion, status: code(), words: optional(paragraph(1_000)), on: optional(day()) }),
  output: row(actionId),
  access: followsAction,
  audit: ofThePerson,
})

/** The one who is to do it accepts or refuses (R100): by herself online, or by telephone and noted. */
export const answerAction = defineAction({
  name: 'carePlans.action.answer',
  title: 'Accepter ou refuser l’action',
  input: z.object({ id: actionId, baseVersion, answer: z.enum(['accepted', 'refused']), mode: code(), words: optional(line(300)) }),
  output: row(actionId),
  access: followsAction,
  audit: ofThePerson,
})

const removable = { kind: z.enum(['problem', 'objective', 'action']), id: idSchema<ProblemId | ObjectiveId | PlanActionId>(), baseVersion }
/** Takes a line out of the plan being written, with what hangs from it. It stays in the versions that held it. */
export const removeLine = defineAction({
  name: 'carePlans.line.remove',
  title: 'Retirer du PPCS',
  input: z.object(removable),
  output: row(removable.id),
  access: writesPlan,
  audit: ofThePerson,
})
export const restoreLine = defineAction({
  name: 'carePlans.line.restore',
  title: 'Rétablir dans le PPCS',
  input: z.object(removable),
  output: row(removable.id),
  access: writesPlan,
  audit: ofThePerson,
})

/** What she wants, in her words; or the alert plan. Empty words take it away. */
export const writeStatement = defineAction({
  name: 'carePlans.statement.write',
  title: 'Écrire ses mots, ou le plan d’alerte',
  input: z.object({
    planId,
    kind: z.enum(statementKinds),
    baseVersion: seenVersion(0),
    changes: z.object({ words: optional(paragraph(4_000)), saidOn: optional(day()), volet: z.enum(volets) }).partial(),
  }),
  output: z.object({ planId, kind: z.enum(statementKinds), version: z.number().int() }),
  access: writesPlan,
  audit: ofThePerson,
})

export const setReview = defineAction({
  name: 'carePlans.review.set',
  title: 'Fixer la date de révision',
  input: z.object({ id: planId, baseVersion, reviewOn: day() }),
  output: row(planId),
  access: writesPlan,
  audit: ofThePerson,
})

const criterionId = idSchema<CriterionId>()
export const addCriterion = defineAction({
  name: 'carePlans.criterion.add',
  title: 'Ajouter un critère de révision',
  input: z.object({ id: criterionId, planId, code: code(), words: optional(line(200)), volet: z.enum(volets).default('social') }),
  output: row(criterionId),
  access: writesPlan,
  audit: ofThePerson,
})
export const removeCriterion = defineAction({
  name: 'carePlans.criterion.remove',
  title: 'Retirer un critère de révision',
  input: z.object({ id: criterionId, baseVersion }),
  output: row(criterionId),
  access: writesPlan,
  audit: ofThePerson,
})
/** « Une chute », signalled the day it happens: the plan comes up for revision. */
export const flagCriterion = defineAction({
  name: 'carePlans.criterion.flag',
  title: 'Signaler qu’un critère est atteint',
  input: z.object({ id: criterionId, on: optional(day()), words: optional(line(300)) }),
  output: row(criterionId),
  access: flagsCriterion,
  audit: ofThePerson,
})
export const unflagCriterion = defineAction({
  name: 'carePlans.criterion.unflag',
  title: 'Lever le signalement d’un critère',
  input: z.object({ id: criterionId, baseVersion }),
  output: row(criterionId),
  access: writesPlan,
  audit: ofThePerson,
})

/** Proposes what one has read: `contentVersion` is that of the plan on the screen. Its words are frozen until it is validated or taken up again. */
export const proposePlan = defineAction({
  name: 'carePlans.plan.propose',
  title: 'Proposer à la validation',
  input: z.object({ id: planId, contentVersion: baseVersion }),
  output: row(planId),
  access: writesPlan,
  audit: ofThePerson,
})
export const resumePlan = defineAction({
  name: 'carePlans.plan.resume',
  title: 'Reprendre la rédaction',
  input: z.object({ id: planId }),
  output: row(planId),
  access: writesPlan,
  audit: ofThePerson,
})
/** Makes the version that nothing changes any more. The médecin traitant's silence is written and does not block. */
export const validatePlan = defineAction({
  name: 'carePlans.plan.validate',
  title: 'Valider le PPCS',
  input: z.object({ id: planId, contentVersion: baseVersion }),
  output: z.object({ id: planId, version: z.number().int(), number: z.number().int() }),
  access: validatesPlan,
  audit: ofThePerson,
})
/** Takes the validated plan up again, under the next number; every line keeps its identity. */
export const revisePlan = defineAction({
  name: 'carePlans.plan.revise',
  title: 'Commencer une nouvelle version',
  input: z.object({ id: planId }),
  output: z.object({ id: planId, version: z.number().int(), number: z.number().int() }),
  access: writesPlan,
  audit: ofThePerson,
})
/** Gives up what one has read of the version being written: the plan is again its last validated version, or ends when none was validated. */
export const discardDraft = defineAction({
  name: 'carePlans.draft.discard',
  title: 'Abandonner la version en rédaction',
  input: z.object({ id: planId, contentVersion: baseVersion }),
  output: z.object({ id: planId, version: z.number().int(), number: z.number().int() }),
  access: writesPlan,
  audit: ofThePerson,
})
export type PlanActionTarget = PlanTarget & { readonly actorPartyId: string | null }
