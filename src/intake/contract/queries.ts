import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, defineQuery } from '../../platform/contract/action.ts'
import { code, cursor, day, line, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { asksFromOutside, followsRequest, handlesRequest, sitsInTriage, worksAtDesk } from './access.ts'
import { feedbackLine, reorientationLine, requestDetail, requestLine, statusWords } from './request-line.ts'
import { concernKinds, phoneNumber, type RequestTarget, requestStatuses, type SollicitationId } from './sollicitation.ts'
import { answers, motives } from './value-sets.ts'

const requestId = idSchema<SollicitationId>()

const personsOf = (rows: readonly { readonly person: { readonly personId: PersonId } | null }[]): PersonId[] =>
  rows.flatMap((row) => (row.person === null ? [] : [row.person.personId]))

export const queueViews = ['all', 'late', 'mine', 'to_inform', 'closed'] as const
export type QueueView = (typeof queueViews)[number]

/** Whom a line of a CSV is about, as the screen names her; null without anybody. */
const namedIn = (row: {
  readonly person: { readonly birthName: string; readonly usedName: string | null; readonly firstName: string } | null
  readonly personName: string | null
}) => (row.person === null ? row.personName : `${row.person.usedName ?? row.person.birthName} ${row.person.firstName}`.trim())

/** The queue of the desk, ordered by due time; the counts are those of the lists. */
export const requestQueue = defineQuery({
  name: 'intake.queue',
  title: 'File des demandes',
  input: z.object({
    view: z.enum(queueViews).default('all'),
    status: optional(z.enum(requestStatuses)),
    urgency: optional(code()),
    requesterKind: optional(code()),
    cursor,
    limit: z.number().int().min(1).max(100).default(40),
  }),
  output: z.object({
    rows: z.array(requestLine),
    next: z.string().nullable(),
    total: z.number().int(),
    counts: z.object({ all: z.number().int(), late: z.number().int(), mine: z.number().int(), to_inform: z.number().int(), triage: z.number().int() }),
  }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
  csv: {
    file: 'demandes',
    columns: ['Numéro', 'Personne', 'Motifs', 'Reçue le', 'À traiter avant', 'Commune', 'Statut', 'Demandeur', 'Confiée à'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.number,
        namedIn(row),
        row.motives.map((code) => labelOf(motives, code)).join(', '),
        row.receivedAt,
        row.dueAt,
        row.communeName,
        statusWords[row.status],
        row.requesterName ?? row.callerName,
        row.assignedTo?.name ?? null,
      ]),
  },
})

/** What waits, for the rail and « Ma journée »: the same counts as those of the lists. */
export const queueCounts = defineQuery({
  name: 'intake.queueCounts',
  title: 'Demandes en attente',
  input: z.object({}),
  output: z.object({
    all: z.number().int(),
    late: z.number().int(),
    mine: z.number().int(),
    to_inform: z.number().int(),
    triage: z.number().int(),
    messages: z.number().int(),
  }),
  access: (actor) => worksAtDesk(actor),
  audit: { none: 'counts only' },
})

const ofRequest: ActionAudit<unknown, RequestTarget, unknown> = { persons: (_input, request) => (request.personId === null ? [] : [request.personId]) }

export const request = defineQuery({
  name: 'intake.request',
  title: 'Demande',
  input: z.object({ id: requestId }),
  output: requestDetail,
  access: handlesRequest,
  audit: ofRequest,
})

/** What may be the same request: same person, same telephone, or a name alike, in the last three months. Free text travels in the body. */
export const similarRequests = defineQuery({
  name: 'intake.similarRequests',
  title: 'Demandes proches',
  input: z.object({
    exceptId: optional(requestId),
    personId: optional(idSchema<PersonId>()),
    name: optional(line(160)),
    birthDate: optional(day()),
    communeCode: optional(z.string().max(5)),
    phone: optional(phoneNumber()),
  }),
  output: z.object({ rows: z.array(requestLine.extend({ because: z.enum(['person', 'name', 'phone']) })) }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
})

/** The list projected on the wall at the commission d'orientation. */
export const triageList = defineQuery({
  name: 'intake.triageList',
  title: 'Commission d’orientation',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      requestLine.extend({
        triageSince: z.string(),
        triageProposal: z.string().nullable(),
        personInformed: z.string().nullable(),
        /** When her file says that she was informed; null without a file, or when nobody noted it. */
        informedOn: z.string().nullable(),
        referredByName: z.string().nullable(),
        extra: z.record(z.string(), z.string()),
        findings: z.array(z.object({ check: z.string(), finding: z.string() })),
        answers: z.array(z.string()),
        lastDecision: z.string().nullable(),
      }),
    ),
  }),
  access: (actor) => (actor.serviceId === null ? worksAtDesk(actor) : sitsInTriage(actor, { holderOrg: actor.serviceId } as RequestTarget)),
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
})

/** R12: reorientations without outcome, or whose relevance nobody judged yet; the most overdue first. */
export const reorientationsToFollow = defineQuery({
  name: 'intake.reorientationsToFollow',
  title: 'Réorientations à suivre',
  input: z.object({ due: z.boolean().default(false), cursor, limit: z.number().int().min(1).max(100).default(40) }),
  output: z.object({
    rows: z.array(reorientationLine.extend({ request: requestLine })),
    next: z.string().nullable(),
    total: z.number().int(),
    counts: z.object({ all: z.number().int(), due: z.number().int() }),
  }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: (_input, _target, { rows }) => personsOf(rows.map((row) => row.request)) },
  csv: {
    file: 'reorientations-a-suivre',
    columns: ['Demande', 'Partenaire', 'Envoyée le', 'À relancer le', 'Relances'],
    rows: ({ rows }) => rows.map((row) => [row.request.number, row.partnerName, row.sentAt, row.followUpOn, row.reminders]),
  },
})

/** The shared part of a request, for whoever filed it. */
const filedLine = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(requestStatuses),
  concerns: z.enum(concernKinds),
  personName: z.string().nullable(),
  personBirthDate: z.string().nullable(),
  communeName: z.string().nullable(),
  /** Hers only: what the desk noted of a call stays with the desk. */
  text: z.string().nullable(),
  receivedAt: z.string(),
  dueAt: z.string().nullable(),
  dacName: z.string(),
  answers: z.array(z.string()),
  lastFeedbackAt: z.string().nullable(),
  unread: z.boolean(),
})

export const filedRequests = defineQuery({
  name: 'intake.filedRequests',
  title: 'Mes demandes',
  input: z.object({ open: z.boolean().default(false), cursor, limit: z.number().int().min(1).max(100).default(30) }),
  output: z.object({
    rows: z.array(filedLine),
    next: z.string().nullable(),
    total: z.number().int(),
    counts: z.object({ all: z.number().int(), open: z.number().int(), unread: z.number().int() }),
  }),
  access: (actor) => asksFromOutside(actor),
  audit: { none: 'what the requester wrote herself, and what was answered to her' },
  csv: {
    file: 'mes-demandes',
    columns: ['Numéro', 'Personne', 'Commune', 'Déposée le', 'DAC', 'Statut', 'Réponses', 'Dernier retour'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.number,
        row.personName,
        row.communeName,
        row.receivedAt,
        row.dacName,
        statusWords[row.status],
        row.answers.map((code) => labelOf(answers, code)).join(', '),
        row.lastFeedbackAt,
      ]),
  },
})

export const filedRequest = defineQuery({
  name: 'intake.filedRequest',
  title: 'Ma demande',
  input: z.object({ id: requestId }),
  output: filedLine.extend({
    motives: z.array(z.string()),
    urgency: z.string(),
    dacPhone: z.string().nullable(),
    assignedToName: z.string().nullable(),
    feedbacks: z.array(feedbackLine),
  }),
  access: followsRequest,
  audit: ofRequest,
})

/** Calls, messages and requests about a person: the tab « Échanges » of her file. */
export const personContacts = defineQuery({
  name: 'intake.personContacts',
  title: 'Échanges',
  input: z.object({ personId: idSchema<PersonId>(), cursor, limit: z.number().int().min(1).max(100).default(40) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        what: z.enum(['request', 'follow_up', 'message', 'mistake']),
        at: z.string(),
        outgoing: z.boolean(),
        channel: z.string(),
        callerName: z.string().nullable(),
        callerQuality: z.string().nullable(),
        callerPhone: z.string().nullable(),
        /** Null when it is not open to the reader; `hidden` then says so. */
        text: z.string().nullable(),
        hidden: z.boolean(),
        recordedByName: z.string().nullable(),
        requestNumber: z.number().int().nullable(),
        requestStatus: z.enum(requestStatuses).nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: ({ personId }) => [personId] },
})

/** Messages left for me by colleagues. */
export const messagesForMe = defineQuery({
  name: 'intake.messagesForMe',
  title: 'Messages',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        channel: z.string(),
        callerName: z.string().nullable(),
        callerQuality: z.string().nullable(),
        callerPhone: z.string().nullable(),
        text: z.string().nullable(),
        recordedByName: z.string(),
        person: personNameSchema.nullable(),
      }),
    ),
  }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: (_input, _target, { rows }) => personsOf(rows) },
})
