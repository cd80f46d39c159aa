import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { parseDay } from '../../platform/contract/dates.ts'
import { line, optional } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PartyId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'

export type AppointmentId = Branded<'AppointmentId'>
export type OccurrenceId = Branded<'OccurrenceId'>
export type ParticipantId = Branded<'AppointmentParticipantId'>
export type SafetyNoteId = Branded<'SafetyNoteId'>
export type AbsenceId = Branded<'AbsenceId'>

/** Longest time that one appointment takes, in minutes: a stay of respite is a month at most, a longer one is another stay. */
export const longestMinutes = 44_640
/** How many times a rule may give, and over how many days: beyond, it is renewed. */
export const mostOccurrences = 750
export const longestSeriesDays = 731

/** A day and an hour on the clock of the place: 'YYYY-MM-DDTHH:MM'. It says nothing of a zone. */
export const wallTime = z
  .string({ error: 'À remplir.' })
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, { error: 'Date et heure à remplir.' })
  .refine((text) => parseDay(text.slice(0, 10)).ok, { error: 'Cette date n’existe pas.' })

export const placeKinds = ['home', 'service', 'other', 'remote', 'none'] as const
export type PlaceKind = (typeof placeKinds)[number]
export const placeKindLabels: Readonly<Record<PlaceKind, string>> = {
  home: 'Chez la personne',
  service: 'Au DAC',
  other: 'Ailleurs',
  remote: 'À distance',
  none: 'Sans lieu',
}

export const participantKinds = ['colleague', 'circle', 'outside'] as const
export type ParticipantKind = (typeof participantKinds)[number]

/** FHIR ParticipationStatus. */
export const responses = ['needs_action', 'accepted', 'declined', 'tentative'] as const
export type Response = (typeof responses)[number]
export const responseLabels: Readonly<Record<Response, string>> = {
  needs_action: 'Sans réponse',
  accepted: 'Accepté',
  declined: 'Décliné',
  tentative: 'Autre date proposée',
}

export const participantInput = z
  .object({
    id: idSchema<ParticipantId>(),
    kind: z.enum(participantKinds),
    /** A colleague's account, or the card of a member of the circle. */
    partyId: optional(idSchema<PartyId>()),
    /** For somebody outside Jalon, who is told by telephone. */
    name: optional(line(160)),
    /** « Infirmière, HAD Vosges ». */
    words: optional(line(160)),
  })
  .refine((one) => (one.kind === 'outside') === (one.partyId === null), { path: ['partyId'], error: 'À choisir.' })
  .refine((one) => one.kind !== 'outside' || one.name !== null, { path: ['name'], error: 'À remplir.' })
export type ParticipantInput = z.output<typeof participantInput>

/** What the rules look at when something is booked: the person, or nobody. */
export interface BookingTarget {
  readonly person: PersonTarget | null
}

/** An appointment as the actor sees it. */
export interface AppointmentTarget {
  readonly id: AppointmentId
  readonly personId: PersonId | null
  readonly holderOrg: ServiceId
  readonly organizerId: UserId
  readonly volet: Volet
  readonly protection: string
  readonly version: number
  /** It came from a calendar outside, where it is changed. */
  readonly imported: boolean
  /** What it follows and is changed with (`case_conferences.conference`); null: it stands by itself. */
  readonly follows: string | null
}
