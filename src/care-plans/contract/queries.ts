import { z } from 'zod'
import { personNameSchema, sightBases } from '../../persons/contract/person.ts'
import { allowedIf, defineQuery } from '../../platform/contract/action.ts'
import { accompanies, holds, volets } from '../../platform/contract/actor.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { readsPlan } from './access.ts'
import {
  type AgreementId,
  type HandoverId,
  type PlanId,
  type PlanPerson,
  type PlanTarget,
  planAction,
  planAgreement,
  planContent,
  planDecision,
  planHandover,
  planVersion,
} from './plan.ts'

const planPerson = z.object({ personId: idSchema<PersonId>(), bases: z.array(z.enum(sightBases)), volets: z.array(z.enum(volets)), inCharge: z.boolean() })
const ofThePerson = { persons: ({ personId }: { readonly personId: PersonId }): readonly PersonId[] => [personId] }

const planHead = z.object({
  id: idSchema<PlanId>(),
  personId: idSchema<PersonId>(),
  holderOrg: idSchema<ServiceId>(),
  holderName: z.string(),
  referentId: idSchema<UserId>(),
  referentName: z.string(),
  state: z.enum(['draft', 'proposed', 'validated', 'closed']),
  draftNumber: z.number().int().nullable(),
  validatedNumber: z.number().int().nullable(),
  /** The number that the next version will bear. */
  nextNumber: z.number().int(),
  validatedOn: z.string().nullable(),
  reviewOn: z.string().nullable(),
  criterionReachedAt: z.string().nullable(),
  contentVersion: z.number().int(),
  proposedAt: z.string().nullable(),
  closedOn: z.string().nullable(),
  version: z.number().int(),
})
export type PlanHead = z.output<typeof planHead>

/** The PPCS of a person as the reader sees it. The copy being written is the DAC's; the circle reads it once proposed, and the last validated version until then. */
export const planOfPerson = defineQuery({
  name: 'carePlans.plan',
  title: 'PPCS de la personne',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    person: planPerson,
    decisions: z.array(planDecision),
    plan: planHead
      .extend({
        content: planContent,
        /** What `content` is: the living copy, or the last validated version with today's statuses. */
        shows: z.enum(['living', 'validated']),
        /** Of the last validated version, to mark what changed since; null before the first. */
        validated: planContent.nullable(),
        /** Lines taken out since the last validated version, that may be put back. */
        removed: z.array(z.object({ kind: z.enum(['problem', 'objective', 'action']), id: z.string(), title: z.string(), version: z.number().int() })),
        versions: z.array(planVersion),
        agreements: z.array(planAgreement),
        handovers: z.array(planHandover),
        /** Volets of the file that are closed to this reader. */
        closedVolets: z.array(z.enum(volets)),
      })
      .nullable(),
    familyDoctor: z.object({ state: z.string(), name: z.string().nullable(), partyId: z.string().nullable() }).nullable(),
  }),
  access: (actor, person: PlanPerson) => readsPlan(actor, person),
  audit: ofThePerson,
})

/** A validated version, whole, as the reader's volets open it. */
export const planVersionContent = defineQuery({
  name: 'carePlans.version',
  title: 'Version du PPCS',
  input: z.object({ id: idSchema<PlanId>(), number: z.number().int().min(1) }),
  output: z.object({ head: planHead, version: planVersion, content: planContent, agreements: z.array(planAgreement), closedVolets: z.array(z.enum(volets)) }),
  access: (actor, plan: PlanTarget) => readsPlan(actor, plan.person),
  audit: { persons: (_input, plan) => [plan.personId] },
})

/** The PDF of a copy that was handed over: the volets and the version that were chosen then. */
export const planDocument = defineQuery({
  name: 'carePlans.document',
  title: 'PPCS en PDF',
  input: z.object({ handoverId: idSchema<HandoverId>() }),
  output: z.object({ fileName: z.string(), contentType: z.literal('application/pdf'), base64: z.string() }),
  access: (actor, plan: PlanTarget) => readsPlan(actor, plan.person),
  audit: { persons: (_input, plan) => [plan.personId] },
})

/** « PPCS à réviser » of the référent who asks: due within thirty days, or a criterion reached. */
export const plansToRevise = defineQuery({
  name: 'carePlans.toRevise',
  title: 'PPCS à réviser',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        planId: idSchema<PlanId>(),
        person: personNameSchema,
        validatedNumber: z.number().int(),
        draftNumber: z.number().int().nullable(),
        reviewOn: z.string().nullable(),
        /** In words, those that the reader sees. */
        criteria: z.array(z.object({ words: z.string(), reachedOn: z.string() })),
        criterionReached: z.boolean(),
        lateActions: z.number().int(),
      }),
    ),
    next: z.null(),
    total: z.number().int(),
  }),
  access: (actor) => allowedIf(accompanies(actor), 'Réservé aux professionnels d’un DAC.'),
  audit: { persons: (_input, _target, { rows }) => rows.map((row) => row.person.personId) },
})

/** What is asked of me in plans of others: actions to accept or to follow, agreements awaited. */
export const askedOfMe = defineQuery({
  name: 'carePlans.askedOfMe',
  title: 'Ce qui m’est demandé',
  input: z.object({}),
  output: z.object({
    actions: z.array(z.object({ planId: idSchema<PlanId>(), person: personNameSchema, objective: z.string(), problem: z.string(), action: planAction })),
    agreements: z.array(
      z.object({ planId: idSchema<PlanId>(), person: personNameSchema, number: z.number().int(), askedOn: z.string(), agreementId: idSchema<AgreementId>() }),
    ),
  }),
  access: (actor) =>
    allowedIf(actor.kind === 'user' && (accompanies(actor) || holds(actor, 'outside_professional', 'expert_team')), 'Réservé aux professionnels.'),
  audit: { persons: (_input, _target, { actions, agreements }) => [...actions, ...agreements].map((row) => row.person.personId) },
})

/** What the Synthèse says of the plan: its version, a criterion reached, what she wants, the next terms. */
export const planSummary = defineQuery({
  name: 'carePlans.summary',
  title: 'PPCS en bref',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    plan: z
      .object({
        id: idSchema<PlanId>(),
        state: z.enum(['draft', 'proposed', 'validated', 'closed']),
        draftNumber: z.number().int().nullable(),
        validatedNumber: z.number().int().nullable(),
        validatedOn: z.string().nullable(),
        reviewOn: z.string().nullable(),
        wishes: z.object({ words: z.string(), saidOn: z.string().nullable(), writtenByName: z.string().nullable() }).nullable(),
        reached: z.array(z.object({ words: z.string(), reachedOn: z.string() })),
        next: z.array(
          z.object({
            title: z.string(),
            dueOn: z.string().nullable(),
            dueKind: z.enum(['before', 'on', 'until']),
            dueWords: z.string().nullable(),
            status: z.string(),
            who: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
  }),
  access: (actor, person: PlanPerson) => readsPlan(actor, person),
  audit: ofThePerson,
})
