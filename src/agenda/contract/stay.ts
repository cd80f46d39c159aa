import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, allowed, allowedIf, defineAction, defineQuery, refused, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, isDacStaff } from '../../platform/contract/actor.ts'
import { day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PartyId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { writesInFiles } from './access.ts'

export type StayId = Branded<'StayId'>

export const stayKinds = ['inpatient', 'emergency'] as const
export type StayKind = (typeof stayKinds)[number]
export const stayKindLabels: Readonly<Record<StayKind, string>> = { inpatient: 'Hospitalisation', emergency: 'Passage aux urgences' }

/** A stay that the team wrote, behind the one that the establishment told since. */
const behind = z.object({
  id: idSchema<StayId>(),
  establishmentName: z.string(),
  startsOn: z.string(),
  expectedOn: z.string().nullable(),
  reason: z.string().nullable(),
  recordedByName: z.string(),
  createdAt: z.string(),
})

/** A stay as the calendars draw it: days of the clock, both included. */
export const stayLine = z.object({
  id: idSchema<StayId>(),
  version: z.number().int(),
  person: personNameSchema,
  toldBy: z.enum(['hospital', 'hand']),
  kind: z.enum(stayKinds),
  establishmentId: z.string().nullable(),
  establishmentName: z.string(),
  /** False for a structure that protects somebody in danger: no sheet on paper, nor page that is printed for others, names it. */
  namedOpenly: z.boolean(),
  startsOn: z.string(),
  admittedAt: z.string().nullable(),
  expectedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  dischargedAt: z.string().nullable(),
  /** The day of the exit, as told or, until the establishment tells something else, as noted; null: not known. */
  outOn: z.string().nullable(),
  /** The exit that the team noted of a stay that was told, or that a death closed (by nobody); overtaken by what the establishment told since. */
  left: z.object({ on: z.string(), byName: z.string().nullable(), at: z.string(), overtakenAt: z.string().nullable() }).nullable(),
  /** Its last day as far as one knows; null: nobody knows. */
  until: z.string().nullable(),
  reason: z.string().nullable(),
  recordedByName: z.string(),
  createdAt: z.string(),
  holderOrg: z.string(),
  behind: z.array(behind),
  /** Others of hers at these days: one written by hand may be the same as one that was told. */
  beside: z.array(z.object({ id: idSchema<StayId>(), toldBy: z.enum(['hospital', 'hand']), establishmentName: z.string(), startsOn: z.string() })),
})
export type StayLine = z.output<typeof stayLine>

/** What an appointment says of a stay at its day. */
export const stayHint = z.object({ establishmentName: z.string(), startsOn: z.string(), until: z.string().nullable(), leavesThatDay: z.boolean() })
export type StayHint = z.output<typeof stayHint>

/** A stay as the rules look at it. */
export interface StayTarget {
  readonly id: StayId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly toldBy: 'hospital' | 'hand'
}

const seesHealth = ({ volets }: Pick<PersonTarget, 'volets'>): Verdict =>
  allowedIf((volets as readonly string[]).includes('health'), 'Un séjour à l’hôpital se note dans le volet santé, qui ne vous est pas ouvert.')

/** The DAC and the professionals of the circle who read the health volet. */
function mayRecordStay(actor: Actor, person: PersonTarget): Verdict {
  return writesInFiles(actor) ? seesHealth(person) : refused('Réservé au DAC et aux professionnels du cercle de soins.')
}

/** What an establishment told follows the establishment; what the team wrote is the DAC's and the service's that wrote it. */
function mayChangeStay(actor: Actor, stay: StayTarget): Verdict {
  if (stay.toldBy === 'hospital') return refused('Ce séjour suit ce que l’établissement annonce : il ne se change pas ici.')
  return allowedIf(isDacStaff(actor) || (actor.serviceId === stay.holderOrg && writesInFiles(actor)), 'Noté par un autre service : appelez le DAC.')
}

/** Whoever reads the health volet and writes in files knows that she is home again; of what the team wrote, the exit is one of its dates. */
function mayNoteExit(actor: Actor, stay: StayTarget): Verdict {
  if (stay.toldBy === 'hand') return refused('Noté par l’équipe : la sortie se note avec ses dates.')
  return allowedIf(writesInFiles(actor), 'Réservé au DAC et aux professionnels du cercle de soins.')
}

const ofTheStay: ActionAudit<unknown, StayTarget, unknown> = { persons: (_input, stay) => [stay.personId] }
const reference = z.object({ id: idSchema<StayId>(), version: z.number().int() })
const inOrder = ({ startsOn, expectedOn }: { readonly startsOn: string; readonly expectedOn: string | null }): boolean =>
  expectedOn === null || expectedOn >= startsOn

/** Planned, or told by telephone: an entry in hospital that no establishment announced yet. */
export const recordStay = defineAction({
  name: 'agenda.stay.record',
  title: 'Noter une hospitalisation',
  input: z
    .object({
      id: idSchema<StayId>(),
      personId: idSchema<PersonId>(),
      kind: z.enum(stayKinds, { error: 'À choisir.' }).default('inpatient'),
      establishmentId: optional(idSchema<PartyId>()),
      establishmentName: line(160),
      startsOn: day(),
      /** The day of the exit as far as it is foreseen; null: not known. */
      expectedOn: optional(day()),
      reason: optional(paragraph(500)),
    })
    .refine(inOrder, { path: ['expectedOn'], error: 'La sortie vient après l’entrée.' }),
  output: reference,
  access: mayRecordStay,
  audit: { persons: (input) => [input.personId] },
})

export const editStay = defineAction({
  name: 'agenda.stay.edit',
  title: 'Modifier l’hospitalisation',
  input: z.object({
    id: idSchema<StayId>(),
    baseVersion: seenVersion(),
    changes: z
      .object({
        establishmentId: optional(idSchema<PartyId>()),
        establishmentName: line(160),
        startsOn: day(),
        expectedOn: optional(day()),
        /** She is out: the day. */
        endedOn: optional(day()),
        reason: optional(paragraph(500)),
      })
      .partial(),
  }),
  output: reference,
  access: mayChangeStay,
  audit: ofTheStay,
})

export const cancelStay = defineAction({
  name: 'agenda.stay.cancel',
  title: 'Annuler l’hospitalisation',
  input: z.object({ id: idSchema<StayId>(), reason: optional(line(200)) }),
  output: reference,
  access: mayChangeStay,
  audit: ofTheStay,
})

/** She is out, and the establishment did not say so: the day, or null to take it back. What the establishment tells later wins. */
export const noteExit = defineAction({
  name: 'agenda.stay.noteExit',
  title: 'Noter la sortie',
  input: z.object({ id: idSchema<StayId>(), baseVersion: seenVersion(), leftOn: optional(day()) }),
  output: reference,
  access: mayNoteExit,
  audit: ofTheStay,
})

/** A stay that the team wrote and one that an establishment told are one and the same, or they are not. */
export const settleStay = defineAction({
  name: 'agenda.stay.settle',
  title: 'Dire si c’est le même séjour',
  input: z.object({ id: idSchema<StayId>(), toldId: idSchema<StayId>(), same: z.boolean() }),
  output: reference,
  access: mayChangeStay,
  audit: ofTheStay,
})

/** What is known of her stays from a day on, for whoever is about to book. */
export const personStays = defineQuery({
  name: 'agenda.stays',
  title: 'Hospitalisations connues',
  input: z.object({ personId: idSchema<PersonId>(), from: day() }),
  output: z.object({ rows: z.array(stayLine) }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})
