import { z } from 'zod'
import { hasCalendar } from '../../agenda/contract/access.ts'
import { agendaDay, safetyNoteQuery } from '../../agenda/contract/queries.ts'
import { formDefinitionSchema } from '../../assessments/contract/form-definition.ts'
import { assessmentDetail, latestScores } from '../../assessments/contract/queries.ts'
import { planOfPerson } from '../../care-plans/contract/queries.ts'
import { circle } from '../../care-team/contract/queries.ts'
import { alertRow, timeline } from '../../liaison/contract/queries.ts'
import { personHeader } from '../../persons/contract/queries.ts'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { regionalAdminOnly, supervisors } from '../../sign-in/contract/access.ts'

/** What is needed at the bedside of one person. Each part is what its own query answers to this reader; null where it refuses. */
const carriedFile = z.object({
  personId: idSchema<PersonId>(),
  header: personHeader.output,
  circle: circle.output.nullable(),
  safety: safetyNoteQuery.output.nullable(),
  plan: planOfPerson.output.nullable(),
  notes: timeline.output.nullable(),
  scores: latestScores.output.nullable(),
  /** Alerts that nobody has settled yet. */
  alerts: z.array(alertRow),
  /** The evaluations being written, with the form under which they are answered. */
  assessments: z.array(z.object({ detail: assessmentDetail.output, form: formDefinitionSchema })),
  /** Which forms she may begin for this person, by their codes. */
  begins: z.array(z.string()),
})
export type CarriedFile = z.output<typeof carriedFile>

/** Files that one tour takes along at most: a day of visits, not a cabinet. */
export const mostFiles = 15

/** The visits of today and the files that they open, to be read without network. One question, one trace that says why and until when. */
export const tour = defineQuery({
  name: 'offline.tour',
  title: 'Emporter les dossiers de ma tournée, pour les lire sans réseau',
  alone: true,
  input: z.object({}),
  output: z.object({
    day: z.string(),
    takenAt: z.string(),
    visits: agendaDay.output.shape.rows,
    files: z.array(carriedFile),
    /** The forms that may be begun at the bedside, each in the version of today. */
    forms: z.array(formDefinitionSchema),
    /** Visits whose file is not open to her, or came after the last that a tour takes. */
    left: z.number().int(),
  }),
  access: hasCalendar,
  audit: { persons: (_input, _target, { files }) => files.map(({ personId }) => personId), manner: 'export' },
})

/** The browsers that keep read copies for me. */
export const myDevices = defineQuery({
  name: 'offline.myDevices',
  title: 'Appareils qui gardent ma tournée',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        device: z.string(),
        carriedAt: z.string(),
        readUntil: z.string(),
        wipeAskedAt: z.string().nullable(),
        wipedAt: z.string().nullable(),
      }),
    ),
    /** Sealed envelopes that a destroyed device left, still to be merged. */
    deposits: z.number().int(),
  }),
  access: signedIn('own devices: row-level security keeps them hers'),
  audit: { none: 'own devices, no accompanied person' },
})

/** The region's choice for reading without network, with what it was before and why. */
export const reading = defineQuery({
  name: 'offline.reading',
  title: 'Délai de lecture sans réseau',
  input: z.object({}),
  output: z.object({
    version: z.number().int(),
    hours: z.number().int(),
    reopening: z.boolean(),
    /** A session ends the copies sooner where it is shorter. */
    sessionMinutes: z.number().int(),
    history: z.array(
      z.object({ version: z.number().int(), words: z.string(), justification: z.string(), changedBy: z.string().nullable(), changedAt: z.string() }),
    ),
  }),
  access: regionalAdminOnly,
  audit: { none: 'a setting of the region, no accompanied person' },
})

/** Whose sealed envelopes wait on the server since a device was erased: how many, until when. Nobody reads what they hold. */
export const leftBehind = defineQuery({
  name: 'offline.leftBehind',
  title: 'Écrits qui attendent leur auteur',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        userId: idSchema<UserId>(),
        name: z.string(),
        envelopes: z.number().int(),
        since: z.string(),
        /** The day on which the oldest is destroyed; null while nobody has fixed the duration. */
        endsOn: z.string().nullable(),
      }),
    ),
  }),
  access: supervisors,
  audit: { none: 'sealed envelopes of professionals: whom they are about is not known' },
})
