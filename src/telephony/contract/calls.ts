import { z } from 'zod'
import { directoryHit } from '../../directory/contract/hit.ts'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { line, optional } from '../../platform/contract/fields.ts'
import { idSchema, type ServiceId } from '../../platform/contract/ids.ts'

const nobody = { none: 'a number that calls: no accompanied person is looked up' } as const

/** What an exchange tells of a call. */
export const callEvents = ['ringing', 'answered', 'ended'] as const
export type CallEvent = (typeof callEvents)[number]

/** Minutes during which a call stays on the desks of its service. */
export const minutesShown = 20

/** From an exchange, through a line that proved itself. No user may: the route of the line makes the actor. */
export const receiveCall = defineAction({
  name: 'telephony.call.receive',
  title: 'Recevoir un appel',
  input: z.object({
    lineId: z.uuid(),
    externalId: line(160),
    event: z.enum(callEvents),
    /** Digits of the national plan; null for a hidden number. */
    caller: z
      .string()
      .regex(/^\+?\d{3,20}$/)
      .nullable(),
  }),
  output: z.object({ callId: z.string(), known: z.boolean() }),
  access: (actor) => allowedIf(actor.kind === 'job', 'Réservé aux lignes téléphoniques.'),
  audit: nobody,
})

/** Those who answer calls in a service. */
export const answersCalls = (actor: Actor): ReturnType<typeof allowedIf> =>
  allowedIf(
    actor.serviceId !== null && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead', 'director', 'cpts_coordinator', 'expert_team'),
    'Réservé aux équipes qui répondent au téléphone.',
  )

/** « Je la prends »: colleagues see that somebody does. */
export const takeCall = defineAction({
  name: 'telephony.call.take',
  title: 'Prendre l’appel',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: answersCalls,
  audit: nobody,
})

export const incomingCall = z.object({
  id: z.string(),
  receivedAt: z.string(),
  state: z.enum(callEvents),
  caller: z.string().nullable(),
  lineLabel: z.string(),
  takenBy: z.string().nullable(),
  /** Who has this number in the directory, the nearest first; empty for an unknown one. */
  parties: z.array(directoryHit),
})
export type IncomingCall = z.output<typeof incomingCall>

/** The calls of the last minutes on the lines of one's service, with whoever has their number. */
export const incomingCalls = defineQuery({
  name: 'telephony.calls',
  title: 'Appels en cours',
  input: z.object({}),
  output: z.object({ rows: z.array(incomingCall) }),
  access: answersCalls,
  audit: nobody,
})

const keepsLines = (actor: Actor): ReturnType<typeof allowedIf> => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

export const telephoneLines = defineQuery({
  name: 'telephony.lines',
  title: 'Lignes téléphoniques',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        serviceId: z.string(),
        serviceName: z.string(),
        label: z.string(),
        shape: z.enum(['webhook', 'sip']),
        called: z.string().nullable(),
        lastCallAt: z.string().nullable(),
      }),
    ),
  }),
  access: keepsLines,
  audit: nobody,
})

export const addLine = defineAction({
  name: 'telephony.line.add',
  title: 'Ajouter une ligne téléphonique',
  input: z.object({
    id: z.uuid(),
    serviceId: idSchema<ServiceId>(),
    label: line(80),
    shape: z.enum(['webhook', 'sip'], { error: 'À choisir.' }),
    called: optional(line(60)),
  }),
  output: z.object({ id: z.string() }),
  access: keepsLines,
  audit: nobody,
})

export const endLine = defineAction({
  name: 'telephony.line.end',
  title: 'Retirer une ligne téléphonique',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: keepsLines,
  audit: nobody,
})

/** What the exchange must be told to sign its messages; asks for a recent proof of identity. */
export const lineSecret = defineQuery({
  name: 'telephony.lineSecret',
  title: 'Clé d’une ligne téléphonique',
  input: z.object({ id: z.uuid() }),
  output: z.object({ secret: z.string(), path: z.string() }),
  access: keepsLines,
  audit: nobody,
  reauthentication: 15,
})
