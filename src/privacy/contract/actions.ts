import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { answersForHerDac, confirmsErasure } from './access.ts'
import { erasurePlanLine } from './erasure.ts'
import { type AddendumId, type ErasureId, type LimitationId, limitationReasons, type RequestId, requestKinds, requestOutcomes } from './requests.ts'

const personId = idSchema<PersonId>()
const requestId = idSchema<RequestId>()
const reference = z.object({ id: z.string() })
const versioned = z.object({ id: z.string(), version: z.number().int() })
const ofPerson = { persons: (_input, person) => [person.personId], purpose: 'rights' } satisfies ActionAudit<unknown, PersonTarget, unknown>

/** What is known of a request when a gesture answers it: the person, as the actor sees her. */
export interface RequestTarget extends PersonTarget {
  readonly requestId: RequestId
}

export const recordRequest = defineAction({
  name: 'privacy.request.record',
  title: 'Noter une demande de la personne',
  input: z.object({
    id: requestId,
    personId,
    kind: z.enum(requestKinds, { error: 'À choisir.' }),
    receivedOn: day(),
    mode: code(),
    askedBy: code(),
    askedByName: optional(line(120)),
    /** How the asker was recognised (art. 12.6). */
    identityChecked: line(120),
    words: optional(paragraph(4000)),
  }),
  output: versioned,
  access: answersForHerDac,
  audit: ofPerson,
})

export const extendRequestTerm = defineAction({
  name: 'privacy.request.extend',
  title: 'Prolonger le délai de deux mois',
  input: z.object({ requestId, reason: paragraph(1000) }),
  output: versioned,
  access: answersForHerDac,
  audit: ofPerson,
})

export const answerRequest = defineAction({
  name: 'privacy.request.answer',
  title: 'Répondre à la demande',
  input: z.object({ requestId, outcome: z.enum(requestOutcomes, { error: 'À choisir.' }), words: optional(paragraph(4000)) }),
  output: versioned,
  access: answersForHerDac,
  audit: ofPerson,
})

export const addAddendum = defineAction({
  name: 'privacy.addendum.add',
  title: 'Ajouter le complément de la personne',
  input: z.object({ id: idSchema<AddendumId>(), personId, itemId: z.uuid(), words: paragraph(4000), requestId: optional(requestId) }),
  output: z.object({ id: z.string(), itemId: z.string() }),
  access: answersForHerDac,
  audit: ofPerson,
})

export const limitUse = defineAction({
  name: 'privacy.limitation.set',
  title: 'Limiter l’usage du dossier',
  input: z.object({ id: idSchema<LimitationId>(), personId, reason: z.enum(limitationReasons, { error: 'À choisir.' }), requestId: optional(requestId) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})

export const liftLimitation = defineAction({
  name: 'privacy.limitation.lift',
  title: 'Lever la limitation',
  input: z.object({ limitationId: idSchema<LimitationId>(), reason: paragraph(1000) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})

export const proposeErasure = defineAction({
  name: 'privacy.erasure.propose',
  title: 'Proposer l’effacement',
  input: z.object({ id: idSchema<ErasureId>(), requestId, plan: z.array(erasurePlanLine).max(10) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})

export const confirmErasure = defineAction({
  name: 'privacy.erasure.confirm',
  title: 'Confirmer l’effacement',
  reauthentication: 15,
  input: z.object({ erasureId: idSchema<ErasureId>() }),
  output: reference,
  access: confirmsErasure,
  audit: ofPerson,
})

export const cancelErasure = defineAction({
  name: 'privacy.erasure.cancel',
  title: 'Renoncer à l’effacement',
  input: z.object({ erasureId: idSchema<ErasureId>(), because: paragraph(1000) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})
