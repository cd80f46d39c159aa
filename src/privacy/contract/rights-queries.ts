import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, allowedIf, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, accompanies } from '../../platform/contract/actor.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { answersForTheTreatment, answersHer, whoeverOpensHerFile } from './access.ts'
import { erasedClasses, erasurePlanLine, keepReasons } from './erasure.ts'
import { fileAnswer } from './queries.ts'
import { type ErasureId, limitationReasons, type RequestId, requestKinds, requestOutcomes } from './requests.ts'

const personId = idSchema<PersonId>()
const ofPerson = { persons: (_input, person) => [person.personId], purpose: 'rights' } satisfies ActionAudit<unknown, PersonTarget, unknown>

const request = z.object({
  id: z.string(),
  number: z.number().int(),
  kind: z.enum(requestKinds),
  receivedOn: z.string(),
  mode: z.string(),
  askedBy: z.string(),
  askedByName: z.string().nullable(),
  identityChecked: z.string(),
  words: z.string().nullable(),
  dueOn: z.string(),
  extendedOn: z.string().nullable(),
  extensionReason: z.string().nullable(),
  state: z.enum(['open', 'answered']),
  outcome: z.enum(requestOutcomes).nullable(),
  outcomeWords: z.string().nullable(),
  answeredOn: z.string().nullable(),
  answeredByName: z.string().nullable(),
  recordedByName: z.string(),
  version: z.number().int(),
})
export type PersonRequest = z.output<typeof request>

const limitation = z.object({
  id: z.string(),
  reason: z.enum(limitationReasons),
  since: z.string(),
  setByName: z.string(),
  liftedAt: z.string().nullable(),
  liftedByName: z.string().nullable(),
  liftReason: z.string().nullable(),
})

const erasure = z.object({
  id: z.string(),
  requestId: z.string(),
  plan: z.array(erasurePlanLine),
  state: z.enum(['proposed', 'confirmed', 'done', 'cancelled']),
  proposedAt: z.string(),
  proposedBy: z.string(),
  proposedByName: z.string(),
  confirmedAt: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  doneAt: z.string().nullable(),
  cancelledBecause: z.string().nullable(),
  rows: z.number().int().nullable(),
})
export type PersonErasure = z.output<typeof erasure>

/** Everything about her rights on one screen: her requests, what froze the file, what she had added, what was erased. */
export const personRequests = defineQuery({
  name: 'privacy.personRequests',
  title: 'Droits de la personne',
  input: z.object({ personId }),
  output: z.object({
    today: z.string(),
    requests: z.array(request),
    limitations: z.array(limitation),
    addenda: z.array(z.object({ id: z.string(), itemId: z.string(), itemTitle: z.string(), words: z.string(), recordedAt: z.string(), byName: z.string() })),
    erasures: z.array(erasure),
    /** Kept for a procedure: nothing of hers is destroyed while one lasts. */
    holds: z.array(
      z.object({
        id: z.string(),
        reason: z.string(),
        since: z.string(),
        setByName: z.string(),
        liftedAt: z.string().nullable(),
        liftedByName: z.string().nullable(),
        liftReason: z.string().nullable(),
      }),
    ),
    /** Rows held by class, for the check list of an erasure. */
    held: z.array(z.object({ dataClass: z.enum(erasedClasses), rows: z.number().int() })),
    /** What stands in the way of an erasure today; null when nothing does. */
    inTheWay: z.enum(['live', 'held']).nullable(),
    keepReasons: z.array(z.enum(keepReasons)),
    /** The last lines of her Fil, for an addendum. */
    items: z.array(z.object({ id: z.string(), title: z.string(), at: z.string() })),
  }),
  access: answersHer,
  audit: ofPerson,
})
export type PersonRequestsData = z.output<typeof personRequests.output>

/** The mark that everybody sees who opens the file. */
export const fileLimitation = defineQuery({
  name: 'privacy.limitation',
  title: 'Limitation du dossier',
  input: z.object({ personId }),
  output: z.object({ limitation: z.object({ reason: z.enum(limitationReasons), since: z.string() }).nullable() }),
  access: whoeverOpensHerFile,
  audit: ofPerson,
})

/** The answer to sign and send. */
export const requestLetter = defineQuery({
  name: 'privacy.requestLetter',
  title: 'Lettre de réponse',
  input: z.object({ requestId: idSchema<RequestId>() }),
  output: fileAnswer,
  access: answersHer,
  audit: ofPerson,
})

/** « Attestation d'effacement »: what went, what stays and why, when, by whom. */
export const erasureProof = defineQuery({
  name: 'privacy.erasureProof',
  title: 'Attestation d’effacement',
  input: z.object({ erasureId: idSchema<ErasureId>() }),
  output: fileAnswer,
  access: answersHer,
  audit: ofPerson,
})

/** « Demandes des personnes » of a DAC: what is due first. */
export const serviceRequests = defineQuery({
  name: 'privacy.serviceRequests',
  title: 'Demandes des personnes sur leurs données',
  input: z.object({}),
  output: z.object({ today: z.string(), rows: z.array(request.extend({ person: personNameSchema })) }),
  access: (actor: Actor) => allowedIf(accompanies(actor), french('Réservé aux professionnels du DAC qui accompagnent les personnes.')),
  audit: { persons: (_input, _target, output) => output?.rows.map((row) => row.person.personId) ?? [], purpose: 'rights' },
})

/** The register without a name: numbers, terms and outcomes, for the direction, the region and the DPO. */
export const requestRegister = defineQuery({
  name: 'privacy.requestRegister',
  title: 'Registre des demandes',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        number: z.number().int(),
        service: z.string().nullable(),
        kind: z.enum(requestKinds),
        receivedOn: z.string(),
        dueOn: z.string(),
        extended: z.boolean(),
        state: z.enum(['open', 'answered']),
        outcome: z.enum(requestOutcomes).nullable(),
        answeredOn: z.string().nullable(),
        late: z.boolean(),
      }),
    ),
  }),
  access: answersForTheTreatment,
  audit: { none: 'numbers, terms and outcomes: no person is named', purpose: 'rights' },
})
