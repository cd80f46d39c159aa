import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { defineQuery } from '../../platform/contract/action.ts'
import { cursor, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { holdsReports, readsIt } from './access.ts'
import { restricted } from './actions.ts'
import { type EntryId, endangeredOnes, entryKinds, type ReaderId, type ReportId } from './report.ts'

const reportLine = z.object({
  id: idSchema<ReportId>(),
  person: personNameSchema,
  endangered: z.enum(endangeredOnes),
  endangeredName: z.string().nullable(),
  kinds: z.array(z.string()),
  dangerLevel: z.string(),
  state: z.enum(['open', 'closed']),
  outcome: z.string().nullable(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  authorName: z.string(),
  mine: z.boolean(),
  /** Codes of the authorities seized, the first first; empty while nobody was. */
  authorities: z.array(z.string()),
  firstSentOn: z.string().nullable(),
  lastAt: z.string(),
})
export type ReportLine = z.output<typeof reportLine>

/** The reports that I may read: mine, those of my service if I direct it, those for which I was named. */
export const reports = defineQuery({
  name: 'safeguarding.reports',
  title: 'Signalements',
  input: z.object({
    state: z.enum(['open', 'closed']).nullish(),
    /** Those that concern one person, for the entry in her file. */
    personId: optional(idSchema<PersonId>()),
    cursor,
    limit: z.number().int().min(1).max(100).default(50),
  }),
  output: z.object({ rows: z.array(reportLine), next: z.string().nullable() }),
  access: holdsReports,
  audit: restricted,
})

const entry = z.object({
  id: idSchema<EntryId>(),
  kind: z.enum(entryKinds),
  on: z.string().nullable(),
  code: z.string().nullable(),
  name: z.string().nullable(),
  means: z.string().nullable(),
  reference: z.string().nullable(),
  told: z.boolean().nullable(),
  body: z.string().nullable(),
  authorName: z.string(),
  authorFunction: z.string().nullable(),
  recordedAt: z.string(),
})
export type ReportEntry = z.output<typeof entry>

const reader = z.object({
  id: idSchema<ReaderId>(),
  userId: idSchema<UserId>().nullable(),
  /** Null for the direction, whoever holds it. */
  name: z.string().nullable(),
  ground: z.enum(['author', 'director', 'named']),
  reason: z.string().nullable(),
  addedByName: z.string().nullable(),
  addedAt: z.string(),
  endedAt: z.string().nullable(),
  endedByName: z.string().nullable(),
  endReason: z.string().nullable(),
})
export type ReportReader = z.output<typeof reader>

export const report = defineQuery({
  name: 'safeguarding.report',
  title: 'Signalement',
  input: z.object({ id: idSchema<ReportId>() }),
  output: z.object({
    id: idSchema<ReportId>(),
    version: z.number().int(),
    personId: idSchema<PersonId>(),
    person: personNameSchema,
    whereabouts: z.string().nullable(),
    endangered: z.enum(endangeredOnes),
    endangeredName: z.string().nullable(),
    kinds: z.array(z.string()),
    dangerLevel: z.string(),
    danger: z.string(),
    state: z.enum(['open', 'closed']),
    openedAt: z.string(),
    authorId: idSchema<UserId>(),
    authorName: z.string(),
    authorFunction: z.string().nullable(),
    holderOrg: z.string(),
    serviceName: z.string(),
    closedAt: z.string().nullable(),
    closedByName: z.string().nullable(),
    outcome: z.string().nullable(),
    outcomeWords: z.string().nullable(),
    /** The journal, oldest first. */
    entries: z.array(entry),
    readers: z.array(reader),
    /** She still sees the file of the person: the screen may link to it. */
    fileOpen: z.boolean(),
  }),
  access: readsIt,
  audit: restricted,
})
export type ReportData = z.output<typeof report.output>

/** Who opened or wrote it, from the audit itself. */
export const reportAccesses = defineQuery({
  name: 'safeguarding.accesses',
  title: 'Accès à un signalement',
  input: z.object({ id: idSchema<ReportId>() }),
  output: z.object({
    rows: z.array(z.object({ userId: z.string().nullable(), name: z.string(), action: z.string(), times: z.number().int(), lastAt: z.string() })),
  }),
  access: readsIt,
  audit: restricted,
})
