import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, allowed, allowedIf, defineQuery } from '../../platform/contract/action.ts'
import { volets } from '../../platform/contract/actor.ts'
import { day, instant, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { hasCalendar, ofATeam } from './access.ts'
import {
  type AbsenceId,
  type AppointmentId,
  type AppointmentTarget,
  type OccurrenceId,
  type ParticipantId,
  participantKinds,
  placeKinds,
  responses,
  type SafetyNoteId,
} from './appointment.ts'
import { stayHint, stayLine } from './stay.ts'

const participant = z.object({
  id: idSchema<ParticipantId>(),
  kind: z.enum(participantKinds),
  partyId: z.string().nullable(),
  name: z.string(),
  words: z.string().nullable(),
  response: z.enum(responses),
  answeredAt: z.string().nullable(),
  proposedAt: z.string().nullable(),
  answerWords: z.string().nullable(),
  /** She answered for this date of the series alone. */
  forDate: z.boolean(),
  mine: z.boolean(),
})
export type AppointmentParticipant = z.output<typeof participant>

/** One time of an appointment, as a calendar draws it. */
const occurrence = z.object({
  id: idSchema<OccurrenceId>(),
  version: z.number().int(),
  appointmentId: idSchema<AppointmentId>(),
  kind: z.string(),
  title: z.string().nullable(),
  person: personNameSchema.nullable(),
  startsAt: z.string(),
  endsAt: z.string(),
  allDay: z.boolean(),
  timeZone: z.string(),
  state: z.enum(['booked', 'cancelled', 'fulfilled', 'noshow']),
  cancelledBecause: z.string().nullable(),
  moved: z.boolean(),
  /** RRULE, or null when it happens once. */
  rule: z.string().nullable(),
  placeKind: z.enum(placeKinds),
  place: z.string().nullable(),
  commune: z.string().nullable(),
  /** Middle of that commune, for travel hints. */
  point: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  words: z.string().nullable(),
  participants: z.array(participant),
  organizerId: z.string(),
  organizerName: z.string(),
  holderOrg: z.string(),
  volet: z.enum(volets),
  isPrivate: z.boolean(),
  imported: z.boolean(),
  /** What it follows and is changed with: 'case_conferences.conference' and its id. */
  follows: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** A safety note that she may read now stands for this visit. */
  hasSafetyNote: z.boolean(),
  /** She is in hospital that day, as far as one knows: of what takes place at her home or in the service. */
  inHospital: stayHint.nullable(),
})
export type Occurrence = z.output<typeof occurrence>

/** A time of somebody's that she may not read: taken, and no more. */
const busy = z.object({ id: z.string(), partyId: z.string(), startsAt: z.string(), endsAt: z.string() })
export type Busy = z.output<typeof busy>

const absence = z.object({
  id: idSchema<AbsenceId>(),
  userId: idSchema<UserId>(),
  name: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  wholeDays: z.boolean(),
  substituteId: z.string().nullable(),
  substituteName: z.string().nullable(),
})
export type Absence = z.output<typeof absence>

/** Days of the clock of the installation, both included; 62 at most. */
const span = { from: day(), to: day() }
const notTooLong = ({ from, to }: { readonly from: string; readonly to: string }): boolean => from <= to && Date.parse(to) - Date.parse(from) <= 62 * 86_400_000
const spanError = { path: ['to'], error: 'Deux mois au plus.' }

const shown = (rows: readonly { readonly person: { readonly personId: PersonId } | null }[]): readonly PersonId[] => [
  ...new Set(rows.flatMap((row) => (row.person === null ? [] : [row.person.personId]))),
]

/** The shared agenda of a person: each sees her volets of it, live. */
export const personAgenda = defineQuery({
  name: 'agenda.person',
  title: 'Agenda de la personne',
  input: z.object({ personId: idSchema<PersonId>(), ...span }).refine(notTooLong, spanError),
  output: z.object({
    rows: z.array(occurrence),
    /** Her stays in hospital that these days touch, for those who read the health volet. */
    stays: z.array(stayLine),
    today: z.string(),
    /** When nothing stands in the days asked: the first that comes after them. */
    nextOn: z.string().nullable(),
  }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

/** What the actor's service booked for her and is still to come: what the closing of an accompaniment may cancel. What follows a concertation is settled there. */
export const bookedByUs = defineQuery({
  name: 'agenda.bookedByUs',
  title: 'Rendez-vous à venir pris par l’équipe',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    rows: z.array(
      z.object({
        appointmentId: idSchema<AppointmentId>(),
        kind: z.string(),
        title: z.string().nullable(),
        startsAt: z.string(),
        allDay: z.boolean(),
        /** How many times are still to come. */
        times: z.number().int(),
        /** Those who take part, outside the service that booked it. */
        others: z.array(z.string()),
      }),
    ),
  }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

/** « Mon agenda »: where I take part, and my absences. */
export const myAgenda = defineQuery({
  name: 'agenda.mine',
  title: 'Mon agenda',
  input: z.object(span).refine(notTooLong, spanError),
  output: z.object({
    rows: z.array(occurrence),
    /** What I hold and may no longer read: a file that closed, a volet withheld. */
    busy: z.array(busy),
    absences: z.array(absence),
    /** Those of the persons whom I follow, or my binôme. */
    stays: z.array(stayLine),
    /** Invitations without my answer, whatever their day, the soonest first. */
    waiting: z.array(occurrence),
    today: z.string(),
  }),
  access: hasCalendar,
  audit: { persons: (_input, _target, output) => shown([...output.rows, ...output.waiting, ...output.stays]) },
})

/** Today and tomorrow, for « Ma journée », with what to know at the door. */
export const agendaDay = defineQuery({
  name: 'agenda.day',
  title: 'Rendez-vous du jour',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      occurrence.extend({
        /** What one must not learn at the door; of her own service, for a visit at home. */
        safety: z.object({ doorCode: z.string().nullable(), animals: z.string().nullable(), neverAlone: z.boolean() }).nullable(),
      }),
    ),
    waiting: z.number().int(),
    away: z.array(absence),
  }),
  access: hasCalendar,
  audit: { persons: (_input, _target, output) => shown(output.rows) },
})

/** Who does what in the team: visits, desk duty, absences; what she may not read shows as taken. */
export const teamAgenda = defineQuery({
  name: 'agenda.team',
  title: 'Calendrier de l’équipe',
  input: z.object(span).refine(notTooLong, spanError),
  output: z.object({
    members: z.array(z.object({ userId: idSchema<UserId>(), name: z.string(), jobTitle: z.string().nullable() })),
    rows: z.array(occurrence),
    busy: z.array(busy),
    absences: z.array(absence),
    /** Those of the persons whom the service accompanies. */
    stays: z.array(stayLine),
    today: z.string(),
  }),
  access: ofATeam,
  audit: { persons: (_input, _target, output) => shown([...output.rows, ...output.stays]) },
})

const ofTheAppointment: ActionAudit<unknown, AppointmentTarget, unknown> = {
  persons: (_input, appointment) => (appointment.personId === null ? [] : [appointment.personId]),
}

export const occurrenceDetail = defineQuery({
  name: 'agenda.occurrence',
  title: 'Rendez-vous',
  input: z.object({ id: idSchema<OccurrenceId>() }),
  output: z.object({
    occurrence,
    appointmentVersion: z.number().int(),
    communeCode: z.string().nullable(),
    /** What it took, once recorded; for the team. */
    record: z.object({ minutes: z.number().int().nullable(), kilometres: z.number().nullable(), recordedAt: z.string() }).nullable(),
  }),
  access: (_actor, _appointment: AppointmentTarget) => allowed,
  audit: ofTheAppointment,
})

const safetyNote = z.object({
  id: idSchema<SafetyNoteId>(),
  version: z.number().int(),
  doorCode: z.string().nullable(),
  accessWords: z.string().nullable(),
  animals: z.string().nullable(),
  dangers: z.array(z.string()),
  dangerWords: z.string().nullable(),
  neverAlone: z.boolean(),
  comesAlong: z.string().nullable(),
  writtenByName: z.string(),
  writtenAt: z.string(),
})
export type SafetyNote = z.output<typeof safetyNote>

/** What the rule of a safety note looks at: the person, or the visit that opens it to a partner. */
export interface SafetyTarget {
  readonly personId: PersonId
}

/** The note of one's own DAC; with a visit, the one that a partner may read around it. */
export const safetyNoteQuery = defineQuery({
  name: 'agenda.safetyNote',
  title: 'Consignes de visite',
  input: z.object({ personId: idSchema<PersonId>(), occurrenceId: optional(idSchema<OccurrenceId>()) }),
  /** `setAside`: what the other file of a merge said; read, never written in. */
  output: z.object({ note: safetyNote.nullable(), setAside: z.array(safetyNote) }),
  access: (_actor, _target: SafetyTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

/** Before one books or moves: who is taken then, and who is away. Names parties, never what they do. */
export const availability = defineQuery({
  name: 'agenda.availability',
  title: 'Disponibilités',
  input: z
    .object({ partyIds: z.array(idSchema<PartyId>()).max(30), from: instant, to: instant, exceptOccurrenceId: optional(idSchema<OccurrenceId>()) })
    .refine(({ from, to }) => Date.parse(to) > Date.parse(from) && Date.parse(to) - Date.parse(from) <= 31 * 86_400_000, {
      path: ['to'],
      error: 'À corriger.',
    }),
  output: z.object({
    taken: z.array(busy),
    away: z.array(z.object({ partyId: z.string(), until: z.string(), substituteName: z.string().nullable() })),
  }),
  access: hasCalendar,
  audit: { none: 'hours at which colleagues are taken, no accompanied person' },
})

/** Whom one may invite to a person's appointment: the circle that has a card, with what each may read; and the colleagues. */
export const invitable = defineQuery({
  name: 'agenda.invitable',
  title: 'Qui inviter',
  input: z.object({ personId: optional(idSchema<PersonId>()) }),
  output: z.object({
    colleagues: z.array(z.object({ partyId: idSchema<PartyId>(), name: z.string(), jobTitle: z.string().nullable(), isMe: z.boolean() })),
    circle: z.array(z.object({ partyId: idSchema<PartyId>(), name: z.string(), place: z.string().nullable(), volets: z.array(z.enum(volets)) })),
  }),
  access: (actor, _target: { readonly personId: PersonId | null }) => allowedIf(hasCalendar(actor).allowed, 'L’agenda est celui des professionnels.'),
  audit: { persons: (input) => (input.personId === null ? [] : [input.personId]) },
})
