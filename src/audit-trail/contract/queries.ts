import { z } from 'zod'
import { defineQuery } from '../../platform/contract/action.ts'
import { auditManners, auditOutcomes } from '../../platform/contract/audit.ts'
import { cursor, day, line, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { decidesForTheRegion, readsTraces } from './access.ts'
import './errors.ts'
import { type AuditBasis, auditBases, basisWords, mannerWords, outcomeWords, purposeWords } from './words.ts'

/** What one looks for. Days are those of the installation's time zone, both included. */
const filters = {
  from: optional(day()),
  to: optional(day()),
  personId: optional(idSchema<PersonId>()),
  actorId: optional(idSchema<UserId>()),
  serviceId: optional(idSchema<ServiceId>()),
  /** The number of a restricted report: its own lines, and those alone. Without it they are shown to the report's readers only. */
  reportId: optional(z.uuid()),
  /** Names of actions and queries. */
  names: z.array(z.string().max(80)).max(50).default([]),
  outcomes: z.array(z.enum(auditOutcomes)).max(4).default([]),
  bases: z.array(z.enum(auditBases)).max(8).default([]),
  manners: z.array(z.enum(auditManners)).max(4).default([]),
}

const traceLine = z.object({
  seq: z.number().int(),
  at: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  serviceName: z.string().nullable(),
  name: z.string(),
  title: z.string(),
  outcome: z.enum(auditOutcomes),
  manner: z.enum(auditManners),
  /** How many persons it showed or touched; who they are shows when the line is opened. */
  persons: z.number().int(),
  bases: z.array(z.enum(auditBases)),
  volets: z.array(z.string()),
  purpose: z.string().nullable(),
})
export type TraceLine = z.output<typeof traceLine>

/** A search for one person is itself an access to what is kept about her. */
const ofTheOneAskedFor = {
  persons: ({ personId }: { personId: PersonId | null }) => (personId === null ? [] : [personId]),
  volets: [],
  purpose: 'oversight',
} as const

export const traceLines = defineQuery({
  name: 'auditTrail.lines',
  title: 'Traces',
  alone: true,
  input: z.object({ ...filters, pageSize: z.number().int().min(1).max(200).default(50), cursor }),
  output: z.object({ rows: z.array(traceLine), next: z.string().nullable() }),
  access: readsTraces,
  audit: ofTheOneAskedFor,
  csv: {
    file: 'traces',
    columns: ['Numéro', 'Date et heure (UTC)', 'Qui', 'Service', 'Quoi', 'Comment', 'Issue', 'Personnes', 'Base', 'Volets', 'Finalité'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.seq,
        row.at,
        row.actorName,
        row.serviceName,
        row.title,
        mannerWords[row.manner],
        outcomeWords[row.outcome],
        row.persons,
        row.bases.map((basis) => basisWords[basis]).join(', '),
        row.volets.join(', '),
        row.purpose === null ? null : purposeWords[row.purpose as keyof typeof purposeWords],
      ]),
  },
})

/** One line, whole: the persons by the identifier of their file, which says nothing of them. */
export const traceDetail = defineQuery({
  name: 'auditTrail.line',
  title: 'Une trace',
  input: z.object({ seq: z.number().int().min(1) }),
  output: traceLine.extend({
    sealedAt: z.string(),
    hash: z.string(),
    category: z.string().nullable(),
    functions: z.array(z.string()),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    details: z.record(z.string(), z.json()),
    subjects: z.array(z.object({ personId: z.string(), basis: z.enum(auditBases) })),
  }),
  access: readsTraces,
  audit: { persons: (_input, _target, { subjects }) => subjects.map(({ personId }) => personId as PersonId), volets: [], purpose: 'oversight' },
})
export type TraceDetail = z.output<typeof traceDetail.output>

/** The person of a request about accesses, by her whole identity: one, or nobody. Says nothing else of her. */
export const traceSubject = defineQuery({
  name: 'auditTrail.subject',
  title: 'Retrouver la personne d’une demande d’accès aux traces',
  input: z.object({ birthName: line(100), givenName: line(100), birthDate: day() }),
  output: z.object({ personId: z.string().nullable() }),
  access: decidesForTheRegion,
  audit: { persons: (_input, _target, { personId }) => (personId === null ? [] : [personId as PersonId]), volets: ['administrative'], purpose: 'rights' },
})

/** What lines can be about, for the filter: every action and query by its French title. */
export const traceTitles = defineQuery({
  name: 'auditTrail.titles',
  title: 'Ce que disent les traces',
  input: z.object({}),
  output: z.object({ rows: z.array(z.object({ name: z.string(), title: z.string() })) }),
  access: readsTraces,
  audit: { none: 'titles of the software' },
})

/** The same lines as FHIR R4 AuditEvent, page by page: IHE BALP (one event per person), or ANS « Traçabilité d’événements ». */
export const traceEvents = defineQuery({
  name: 'auditTrail.events',
  title: 'Traces au format FHIR',
  alone: true,
  input: z.object({ ...filters, profile: z.enum(['balp', 'tde']).default('balp'), pageSize: z.number().int().min(1).max(1000).default(500), cursor }),
  output: z.object({ resources: z.array(z.record(z.string(), z.json())), persons: z.array(z.string()), next: z.string().nullable() }),
  access: readsTraces,
  audit: { persons: (_input, _target, { persons }) => persons.map((id) => id as PersonId), volets: [], purpose: 'oversight' },
})

export const traceRetention = defineQuery({
  name: 'auditTrail.retention',
  title: 'Durée de conservation des traces',
  input: z.object({}),
  output: z.object({ months: z.number().int(), justification: z.string(), decidedByName: z.string(), decidedAt: z.string() }),
  access: readsTraces,
  audit: { none: 'a setting' },
})

export const isAuditBasis = (code: string): code is AuditBasis => (auditBases as readonly string[]).includes(code)
