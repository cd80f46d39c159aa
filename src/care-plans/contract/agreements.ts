import { z } from 'zod'
import { defineAction } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { givesAgreement, writesPlan } from './access.ts'
import type { AgreementId, HandoverId, PlanId, PlanTarget } from './plan.ts'

const planId = idSchema<PlanId>()
const ofThePerson = { persons: (_input: unknown, target: PlanTarget): readonly PersonId[] => [target.personId] }

/** What a party answers, or that she was asked, as the DAC notes it: « par téléphone, noté par Julie Marchal », « sollicité sans réponse ». */
export const noteAgreement = defineAction({
  name: 'carePlans.agreement.note',
  title: 'Noter un accord',
  input: z.object({
    id: idSchema<AgreementId>(),
    planId,
    party: code(),
    partyId: optional(idSchema<PartyId>()),
    partyName: line(160),
    state: code(),
    mode: optional(code()),
    on: optional(day()),
    /** What was said with it, and the volet under which it is kept. */
    words: optional(paragraph(1_000)),
    wordsVolet: z.enum(volets).default('health'),
  }),
  output: z.object({ id: idSchema<AgreementId>() }),
  access: writesPlan,
  audit: ofThePerson,
})

/** One's own answer, online: the médecin traitant as such, any other professional as a participant. */
export const giveAgreement = defineAction({
  name: 'carePlans.agreement.give',
  title: 'Donner son accord',
  input: z.object({ id: idSchema<AgreementId>(), planId, state: z.enum(['agrees', 'agrees_partly', 'disagrees']), words: optional(paragraph(1_000)) }),
  output: z.object({ id: idSchema<AgreementId>() }),
  access: givesAgreement,
  audit: ofThePerson,
})

export const recipientKinds = ['person', 'representative', 'gp', 'health_professional', 'social_professional', 'relative', 'other'] as const
export type RecipientKind = (typeof recipientKinds)[number]

/** Hands over a copy: to whom, with which volets. The document is then made by carePlans.document. */
export const handOverPlan = defineAction({
  name: 'carePlans.copy.handOver',
  title: 'Remettre une copie',
  input: z.object({
    id: idSchema<HandoverId>(),
    planId,
    /** A validated version; null for the copy being written, marked as a draft. */
    number: z.number().int().min(1).nullable().default(null),
    recipientKind: z.enum(recipientKinds),
    recipientName: line(160),
    volets: z.array(z.enum(volets)).min(1, { error: 'Choisissez au moins un volet.' }),
  }),
  output: z.object({ id: idSchema<HandoverId>() }),
  access: writesPlan,
  audit: ofThePerson,
})
