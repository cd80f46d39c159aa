import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { volets } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PartyId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

export type PlanId = Branded<'PlanId'>
export type ProblemId = Branded<'ProblemId'>
export type ObjectiveId = Branded<'ObjectiveId'>
export type PlanActionId = Branded<'PlanActionId'>
export type CriterionId = Branded<'CriterionId'>
export type StatementId = Branded<'StatementId'>
export type AgreementId = Branded<'AgreementId'>
export type DecisionId = Branded<'DecisionId'>
export type HandoverId = Branded<'HandoverId'>

export type PlanState = 'draft' | 'proposed' | 'validated' | 'closed'

/** What the rules of a plan look at of its person. */
export type PlanPerson = Pick<PersonTarget, 'personId' | 'bases' | 'volets' | 'inCharge'>

/** What the rules of a plan look at. */
export interface PlanTarget {
  readonly id: PlanId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly state: PlanState
  readonly referentId: UserId
  readonly person: PlanPerson
}

/** Who does an action: the person herself, a relative, a professional, a service, or words. */
export const actionActorKinds = ['person', 'relative', 'professional', 'service', 'free'] as const
export const dueKinds = ['before', 'on', 'until'] as const
export type DueKind = (typeof dueKinds)[number]

export const actionActor = z.object({
  kind: z.enum(actionActorKinds),
  partyId: idSchema<PartyId>().nullable(),
  name: z.string().nullable(),
  role: z.string().nullable(),
})
export type ActionActor = z.output<typeof actionActor>

/** An action as it reads, whether it lives in the plan or in a validated version. `version` is that of its row (0 in a validated version). */
export const planAction = z.object({
  id: idSchema<PlanActionId>(),
  code: z.string().nullable(),
  title: z.string(),
  details: z.string().nullable(),
  actor: actionActor,
  dueOn: z.string().nullable(),
  dueKind: z.enum(dueKinds),
  dueWords: z.string().nullable(),
  status: z.string(),
  statusOn: z.string().nullable(),
  statusWords: z.string().nullable(),
  answer: z.enum(['accepted', 'refused']).nullable(),
  answerOn: z.string().nullable(),
  answerMode: z.string().nullable(),
  answerWords: z.string().nullable(),
  answerNotedBy: z.string().nullable(),
  position: z.number(),
  version: z.number().int(),
})
export type PlanAction = z.output<typeof planAction>

export const planObjective = z.object({
  id: idSchema<ObjectiveId>(),
  code: z.string().nullable(),
  title: z.string(),
  details: z.string().nullable(),
  status: z.string(),
  statusReason: z.string().nullable(),
  statusWords: z.string().nullable(),
  statusOn: z.string().nullable(),
  position: z.number(),
  version: z.number().int(),
  actions: z.array(planAction),
})
export type PlanObjective = z.output<typeof planObjective>

export const planProblem = z.object({
  id: idSchema<ProblemId>(),
  code: z.string().nullable(),
  title: z.string(),
  details: z.string().nullable(),
  volet: z.enum(volets),
  position: z.number(),
  version: z.number().int(),
  objectives: z.array(planObjective),
})
export type PlanProblem = z.output<typeof planProblem>

export const statementKinds = ['wishes', 'alert_plan'] as const
export type StatementKind = (typeof statementKinds)[number]
export const planStatement = z.object({
  id: idSchema<StatementId>(),
  kind: z.enum(statementKinds),
  words: z.string(),
  saidOn: z.string().nullable(),
  volet: z.enum(volets),
  version: z.number().int(),
  writtenByName: z.string().nullable(),
})
export type PlanStatement = z.output<typeof planStatement>

export const planCriterion = z.object({
  id: idSchema<CriterionId>(),
  code: z.string(),
  words: z.string(),
  volet: z.enum(volets),
  reachedOn: z.string().nullable(),
  reachedByName: z.string().nullable(),
  reachedWords: z.string().nullable(),
  version: z.number().int(),
})
export type PlanCriterion = z.output<typeof planCriterion>

/** All that a plan says, as one reader sees it: problems, words, criteria of the volets that are open to her. */
export const planContent = z.object({ problems: z.array(planProblem), statements: z.array(planStatement), criteria: z.array(planCriterion) })
export type PlanContent = z.output<typeof planContent>

export const planVersion = z.object({ number: z.number().int(), validatedOn: z.string(), validatedByName: z.string(), reviewOn: z.string() })
export type PlanVersion = z.output<typeof planVersion>

export const planAgreement = z.object({
  id: idSchema<AgreementId>(),
  number: z.number().int(),
  /** Codes of care_plans.agreement_party and care_plans.agreement_state. */
  party: z.string(),
  partyId: idSchema<PartyId>().nullable(),
  partyName: z.string(),
  state: z.string(),
  mode: z.string().nullable(),
  answeredOn: z.string(),
  notedByName: z.string(),
  words: z.string().nullable(),
})
export type PlanAgreement = z.output<typeof planAgreement>

export const planDecision = z.object({
  id: idSchema<DecisionId>(),
  code: z.string(),
  words: z.string().nullable(),
  withWhom: z.string().nullable(),
  decidedOn: z.string(),
  decidedByName: z.string(),
  planId: idSchema<PlanId>().nullable(),
})
export type PlanDecision = z.output<typeof planDecision>

export const planHandover = z.object({
  id: idSchema<HandoverId>(),
  number: z.number().int().nullable(),
  recipientKind: z.string(),
  recipientName: z.string(),
  volets: z.array(z.enum(volets)),
  handedOn: z.string(),
  handedByName: z.string(),
})
export type PlanHandover = z.output<typeof planHandover>
