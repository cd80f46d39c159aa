import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type ActionAudit, allowedIf, defineAction } from '../../platform/contract/action.ts'
import { holds, volets } from '../../platform/contract/actor.ts'
import { code, communeCode, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { accompaniesFiles, mayBook, mayChange } from './access.ts'
import {
  type AbsenceId,
  type AppointmentId,
  type AppointmentTarget,
  longestMinutes,
  type OccurrenceId,
  type ParticipantId,
  participantInput,
  placeKinds,
  type SafetyNoteId,
  wallTime,
} from './appointment.ts'
import { recurrenceInput } from './recurrence.ts'

const ofTheAppointment: ActionAudit<unknown, AppointmentTarget, unknown> = {
  persons: (_input, appointment) => (appointment.personId === null ? [] : [appointment.personId]),
}
const minutes = z.number().int().min(5, { error: 'Cinq minutes au moins.' }).max(longestMinutes, { error: '31 jours au plus.' })
const occurrenceReference = z.object({ occurrenceId: idSchema<OccurrenceId>(), version: z.number().int(), appointmentId: idSchema<AppointmentId>() })

/** Only this time, or this one and those that follow. */
export const scopes = ['one', 'following'] as const

export const bookAppointment = defineAction({
  name: 'agenda.appointment.book',
  title: 'Prendre le rendez-vous',
  input: z.object({
    id: idSchema<AppointmentId>(),
    /** Null: a moment of the team, or of one's own. */
    personId: optional(idSchema<PersonId>()),
    kind: code(),
    title: optional(line(120)),
    startsAt: wallTime,
    minutes,
    allDay: z.boolean().default(false),
    /** IANA name; the clock of the installation when left out. */
    timeZone: optional(line(60)),
    recurrence: optional(recurrenceInput),
    placeKind: z.enum(placeKinds).default('none'),
    place: optional(line(160)),
    communeCode: optional(communeCode()),
    words: optional(paragraph(2_000)),
    participants: z.array(participantInput).max(30).default([]),
    volet: z.enum(volets).default('administrative'),
    /** Hers alone for a moment of the team, the DAC's for one with a person. */
    isPrivate: z.boolean().default(false),
  }),
  output: z.object({ id: idSchema<AppointmentId>(), occurrences: z.number().int() }),
  access: (actor, target: Parameters<typeof mayBook>[1], input) => mayBook(actor, target, input),
  audit: { persons: (input) => (input.personId === null ? [] : [input.personId]) },
})

export const editAppointment = defineAction({
  name: 'agenda.appointment.edit',
  title: 'Modifier le rendez-vous',
  input: z.object({
    id: idSchema<AppointmentId>(),
    baseVersion: seenVersion(),
    changes: z
      .object({
        title: optional(line(120)),
        placeKind: z.enum(placeKinds),
        place: optional(line(160)),
        communeCode: optional(communeCode()),
        words: optional(paragraph(2_000)),
      })
      .partial(),
  }),
  output: z.object({ id: idSchema<AppointmentId>(), version: z.number().int() }),
  access: mayChange,
  audit: ofTheAppointment,
})

/** By the mouse, by the arrows or by the form: the same gesture. */
export const moveOccurrence = defineAction({
  name: 'agenda.occurrence.move',
  title: 'Déplacer le rendez-vous',
  input: z.object({ occurrenceId: idSchema<OccurrenceId>(), baseVersion: seenVersion(), startsAt: wallTime, minutes, scope: z.enum(scopes).default('one') }),
  output: occurrenceReference,
  access: mayChange,
  audit: ofTheAppointment,
})

export const cancelOccurrence = defineAction({
  name: 'agenda.occurrence.cancel',
  title: 'Annuler le rendez-vous',
  input: z.object({ occurrenceId: idSchema<OccurrenceId>(), reason: optional(line(200)), scope: z.enum(scopes).default('one') }),
  output: occurrenceReference.extend({ cancelled: z.number().int() }),
  access: mayChange,
  audit: ofTheAppointment,
})

export const inviteParticipant = defineAction({
  name: 'agenda.participant.invite',
  title: 'Inviter',
  input: z.object({ appointmentId: idSchema<AppointmentId>(), participant: participantInput }),
  output: z.object({ id: idSchema<ParticipantId>() }),
  access: mayChange,
  audit: ofTheAppointment,
})

export const withdrawParticipant = defineAction({
  name: 'agenda.participant.withdraw',
  title: 'Retirer du rendez-vous',
  input: z.object({ appointmentId: idSchema<AppointmentId>(), participantId: idSchema<ParticipantId>() }),
  output: z.object({ id: idSchema<ParticipantId>() }),
  access: mayChange,
  audit: ofTheAppointment,
})

/** What the rule of an answer looks at: the appointment, and whether the invitation is hers. */
export interface InvitationTarget extends AppointmentTarget {
  readonly participantId: ParticipantId
  readonly mine: boolean
  readonly outside: boolean
}

/** By the one who is invited; for somebody outside, by whoever had her on the telephone. */
export const answerInvitation = defineAction({
  name: 'agenda.invitation.answer',
  title: 'Répondre à l’invitation',
  input: z
    .object({
      participantId: idSchema<ParticipantId>(),
      /** For this time of a series alone; left out, for all of them. */
      occurrenceId: optional(idSchema<OccurrenceId>()),
      response: z.enum(['accepted', 'declined', 'tentative'], { error: 'À choisir.' }),
      /** The other time that she proposes, on the clock of the appointment. */
      proposedAt: optional(wallTime),
      words: optional(line(300)),
    })
    .refine((one) => one.response !== 'tentative' || one.proposedAt !== null, { path: ['proposedAt'], error: 'À remplir.' }),
  output: z.object({ id: idSchema<ParticipantId>() }),
  access: (actor, invitation: InvitationTarget) =>
    invitation.outside ? mayChange(actor, invitation) : allowedIf(invitation.mine, 'Seule la personne invitée répond pour elle.'),
  audit: ofTheAppointment,
})

/** One gesture when one is back: it took place or not, minutes, kilometres, what was done. It makes the activity. */
export const recordVisit = defineAction({
  name: 'agenda.visit.record',
  title: 'Noter la visite',
  input: z.object({
    occurrenceId: idSchema<OccurrenceId>(),
    activityId: z.uuid(),
    /** False: nobody opened, she was not there. */
    reached: z.boolean().default(true),
    minutes: optional(z.number({ error: 'Une durée, comme 45 ou 1 h 30.' }).int().min(1).max(1440, { error: '24 heures au plus.' })),
    kilometres: optional(z.number({ error: 'Un nombre, comme 12 ou 12,5.' }).min(0).max(2000, { error: '2 000 km au plus.' })),
    words: optional(paragraph(10_000)),
    volet: z.enum(volets).default('social'),
  }),
  output: z.object({ occurrenceId: idSchema<OccurrenceId>(), activityId: z.string() }),
  access: (actor, _appointment: AppointmentTarget) => accompaniesFiles(actor),
  audit: ofTheAppointment,
})

export const writeSafetyNote = defineAction({
  name: 'agenda.safetyNote.write',
  title: 'Noter les consignes de visite',
  input: z.object({
    id: idSchema<SafetyNoteId>(),
    personId: idSchema<PersonId>(),
    /** 0 where nothing had been written. */
    baseVersion: seenVersion(0),
    changes: z
      .object({
        doorCode: optional(line(60)),
        accessWords: optional(line(300)),
        animals: optional(line(160)),
        dangers: z.array(code()).max(8),
        dangerWords: optional(paragraph(1_000)),
        neverAlone: z.boolean(),
        comesAlong: optional(line(160)),
      })
      .partial(),
  }),
  output: z.object({ id: idSchema<SafetyNoteId>(), version: z.number().int() }),
  access: (actor, _person: PersonTarget) => accompaniesFiles(actor),
  audit: { persons: (input) => [input.personId] },
})

/** Who is declared away: oneself, or a colleague by whoever leads the team. */
export interface AbsenceTarget {
  readonly userId: UserId
}

const leads = (actor: Parameters<typeof mayChange>[0], absence: AbsenceTarget): ReturnType<typeof allowedIf> =>
  allowedIf(
    actor.userId === absence.userId || holds(actor, 'team_lead', 'director'),
    'Chacun déclare ses absences ; celles d’un collègue, la personne qui dirige l’équipe.',
  )

export const declareAbsence = defineAction({
  name: 'agenda.absence.declare',
  title: 'Déclarer une absence',
  input: z.object({
    id: idSchema<AbsenceId>(),
    userId: idSchema<UserId>(),
    /** First and last day; hours when less than whole days. */
    from: day(),
    to: day(),
    fromTime: optional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Heure à écrire comme 14:00.' })),
    toTime: optional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Heure à écrire comme 14:00.' })),
    substituteId: optional(idSchema<UserId>()),
  }),
  output: z.object({ id: idSchema<AbsenceId>() }),
  access: leads,
  audit: { none: 'a colleague’s days, no accompanied person' },
})

export const cancelAbsence = defineAction({
  name: 'agenda.absence.cancel',
  title: 'Annuler l’absence',
  input: z.object({ id: idSchema<AbsenceId>() }),
  output: z.object({ id: idSchema<AbsenceId>() }),
  access: leads,
  audit: { none: 'a colleague’s days, no accompanied person' },
})
