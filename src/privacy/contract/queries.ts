import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, defineQuery, exportReauthentication } from '../../platform/contract/action.ts'
import { day } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { answersHer } from './access.ts'

const personId = idSchema<PersonId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

/** A file as it travels: the browser saves it. */
export const fileAnswer = z.object({
  fileName: z.string(),
  contentType: z.enum(['application/pdf', 'application/json']),
  base64: z.string(),
})

/** « Ce que Jalon sait de Mme X » (art. 15 and 20 RGPD): everything that is held about her and that may be told to her. */
export const personData = defineQuery({
  name: 'privacy.personData',
  title: 'Tout ce que Jalon sait de la personne',
  alone: true,
  // All of a file in one document that leaves: as an export.
  reauthentication: exportReauthentication,
  input: z.object({
    personId,
    format: z.enum(['pdf', 'json']),
    /** The DAC's private notes, once somebody has read them for the secrets of others. */
    privateNotes: z.boolean().default(false),
  }),
  output: fileAnswer,
  access: answersHer,
  audit: ofPerson,
})

/** What such a document would hold, counted: shown before it is made. */
export const personDataSummary = defineQuery({
  name: 'privacy.personDataSummary',
  title: 'Ce que Jalon tient sur la personne',
  alone: true,
  input: z.object({ personId }),
  output: z.object({
    sections: z.array(z.object({ title: z.string(), records: z.number().int() })),
    records: z.number().int(),
    /** Held by the DAC alone: given after reading. */
    privateNotes: z.number().int(),
    leftOut: z.array(z.object({ what: z.string(), why: z.string() })),
  }),
  access: answersHer,
  audit: ofPerson,
})
export type PersonDataSummary = z.output<typeof personDataSummary.output>

const accessDay = z.object({
  day: z.string(),
  times: z.number().int(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** What was opened or done, in words. */
  what: z.array(z.string()),
  /** Files and prints among them. */
  exported: z.number().int(),
  refused: z.number().int(),
  /** Why: the right in force that day, in words. */
  why: z.string(),
})

const reader = z.object({
  userId: z.string().nullable(),
  name: z.string(),
  profession: z.string().nullable(),
  service: z.string().nullable(),
  times: z.number().int(),
  lastAt: z.string(),
  days: z.array(accessDay),
})
export type AccessReader = z.output<typeof reader>

/** Who opened her file, when, why and what (art. 15; security.md 18), by reader and by day. */
export const fileAccesses = defineQuery({
  name: 'privacy.accesses',
  title: 'Liste des accès au dossier',
  alone: true,
  input: z.object({ personId, since: day() }),
  output: z.object({
    person: personNameSchema,
    since: z.string(),
    today: z.string(),
    times: z.number().int(),
    readers: z.array(reader),
  }),
  access: answersHer,
  audit: ofPerson,
})
export type FileAccesses = z.output<typeof fileAccesses.output>

/** One reader, one day, line by line. */
export const fileAccessLines = defineQuery({
  name: 'privacy.accessLines',
  title: 'Détail des accès d’une journée',
  alone: true,
  input: z.object({ personId, userId: z.uuid().nullable(), day: day() }),
  output: z.object({
    rows: z.array(z.object({ at: z.string(), what: z.string(), exported: z.boolean(), refused: z.boolean(), why: z.string(), volets: z.array(z.string()) })),
  }),
  access: answersHer,
  audit: ofPerson,
})
