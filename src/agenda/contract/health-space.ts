import { z } from 'zod'
import type { OutwardIns } from '../../persons/contract/outward-ins.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowed, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { isDacStaff } from '../../platform/contract/actor.ts'
import { code, day } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import type { OccurrenceId } from './appointment.ts'

export type HealthSpaceDecisionId = Branded<'HealthSpaceDecisionId'>

/** What she lets her own health space say of an appointment. */
export const healthSpaceDetails = ['minimal', 'kind'] as const
export type HealthSpaceDetail = (typeof healthSpaceDetails)[number]
export const healthSpaceDetailLabels: Readonly<Record<HealthSpaceDetail, string>> = {
  minimal: '« Rendez-vous », et l’heure',
  kind: 'Le genre de rendez-vous, et l’heure',
}

/** Her agreement, or its withdrawal: what was sent and is still to come is then cancelled there. */
export const decideHealthSpace = defineAction({
  name: 'agenda.healthSpace.decide',
  title: 'Noter l’accord pour Mon espace santé',
  input: z.object({
    id: idSchema<HealthSpaceDecisionId>(),
    personId: idSchema<PersonId>(),
    decision: z.enum(['given', 'withdrawn']),
    detail: z.enum(healthSpaceDetails).default('minimal'),
    on: day(),
    /** How she said it: a code of agenda.answer_mode. */
    mode: code(),
  }),
  output: z.object({ id: idSchema<HealthSpaceDecisionId>() }),
  access: (actor, _person: PersonTarget) => allowedIf(isDacStaff(actor), 'Réservé au DAC, à qui la personne donne ou retire son accord.'),
  audit: { persons: (input) => [input.personId] },
})

/** Tries again now what failed. */
export const retryHealthSpace = defineAction({
  name: 'agenda.healthSpace.retry',
  title: 'Renvoyer à Mon espace santé',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ tried: z.number().int() }),
  access: (actor, _person: PersonTarget) => allowedIf(isDacStaff(actor), 'Réservé au DAC.'),
  audit: { persons: (input) => [input.personId] },
})

/** Where the person's appointments stand in her own health space: what was sent, what waits, what failed and why. */
export const healthSpace = defineQuery({
  name: 'agenda.healthSpace',
  title: 'Mon espace santé',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    /** False where this installation is not connected: nothing leaves, what is decided is kept. */
    connected: z.boolean(),
    decision: z
      .object({
        decision: z.enum(['given', 'withdrawn']),
        detail: z.enum(healthSpaceDetails),
        on: z.string(),
        mode: z.string(),
        recordedByName: z.string(),
      })
      .nullable(),
    sent: z.number().int(),
    waiting: z.number().int(),
    waitingIdentity: z.number().int(),
    /** What was withdrawn and is not cancelled there yet. */
    cancelling: z.number().int(),
    failed: z.array(
      z.object({ occurrenceId: idSchema<OccurrenceId>(), startsAt: z.string(), problem: z.string().nullable(), wish: z.enum(['keep', 'cancel']) }),
    ),
  }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

/** One time of an appointment as it leaves: nobody's name, no word, no place. */
export interface HealthSpaceAppointment {
  /** Known there by this number, for ever. */
  readonly number: string
  readonly status: 'booked' | 'fulfilled' | 'noshow'
  readonly startsAt: string
  readonly endsAt: string
  readonly minutes: number
  /** « Rendez-vous », or its kind. */
  readonly description: string
  /** Name of the DAC; null where even that would say too much. */
  readonly organisation: string | null
  readonly patient: OutwardIns
}

export type HealthSpaceAnswer =
  | { readonly outcome: 'ok' }
  /** Our request, our certificate, or a person who has no space there: the same again will not help. */
  | { readonly outcome: 'refused'; readonly code: 'not_authorised' | 'no_space' | 'rejected' }
  | { readonly outcome: 'unreachable'; readonly code: 'down' | 'timeout' | 'conflict' | 'answer_unreadable' }

/** What carries appointments there. Said twice, the same is there once; nothing is created by a cancellation. */
export interface HealthSpacePort {
  readonly put: (appointment: HealthSpaceAppointment) => Promise<HealthSpaceAnswer>
  readonly cancel: (number: string) => Promise<HealthSpaceAnswer>
}

export const healthSpaceProblems: Readonly<Record<string, string>> = {
  not_authorised: 'Mon espace santé refuse le certificat ou la clé de Jalon : l’administrateur doit vérifier la connexion.',
  no_space: 'La personne n’a pas d’espace santé, ou l’a fermé.',
  rejected: 'Mon espace santé n’accepte pas ce rendez-vous.',
  down: 'Mon espace santé ne répond pas.',
  timeout: 'Mon espace santé ne répond pas.',
  conflict: 'Ce rendez-vous y changeait au même moment.',
  answer_unreadable: 'La réponse de Mon espace santé n’a pas été comprise.',
}
