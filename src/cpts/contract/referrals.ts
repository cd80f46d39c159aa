import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { gpReferralStates } from '../../persons/contract/value-sets.ts'
import { type Access, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { holds } from '../../platform/contract/actor.ts'
import { cursor, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import './errors.ts'

/** A referral as the rule looks at it: the CPTS that it is addressed to. */
export interface ReferralTarget {
  readonly id: string
  readonly personId: PersonId
  readonly cptsId: ServiceId
  readonly version: number
  readonly state: string
  readonly ended: boolean
}

const coordinatesCpts: Access<unknown, unknown> = (actor) =>
  allowedIf(actor.serviceKind === 'cpts' && holds(actor, 'cpts_coordinator'), 'Réservé à la coordination de la CPTS saisie.')

const answersForItsCpts: Access<ReferralTarget, unknown> = (actor, target) =>
  allowedIf(holds(actor, 'cpts_coordinator') && actor.serviceId === target.cptsId, 'Réservé à la coordination de la CPTS saisie.')

const doctor = z.object({ partyId: z.string().nullable(), name: z.string(), phone: z.string().nullable(), commune: z.string().nullable() })

/** What a DAC addressed to the actor's CPTS for persons without a médecin traitant (R24): the waiting ones first, the oldest at the top. */
export const cptsReferrals = defineQuery({
  name: 'cpts.familyDoctorReferrals',
  title: 'Recherches de médecin traitant adressées à la CPTS',
  input: z.object({ ended: z.boolean().nullable().default(null), cursor }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        /** Null once the search has its outcome: what the CPTS was shown for it ends there. */
        person: personNameSchema.nullable(),
        phone: z.string().nullable(),
        /** Code of persons.language. */
        language: z.string().nullable(),
        needsInterpreter: z.boolean(),
        /** Code of persons.gp_referral_state. */
        state: z.string(),
        sentAt: z.string(),
        outcome: z.string().nullable(),
        endedAt: z.string().nullable(),
        doctor: doctor.nullable(),
        answeredAt: z.string().nullable(),
        answeredByName: z.string().nullable(),
        dac: z.object({ name: z.string(), phone: z.string().nullable(), askedByName: z.string().nullable() }),
      }),
    ),
    /** The list is short: it is given whole. */
    next: z.null(),
    total: z.number().int(),
  }),
  access: coordinatesCpts,
  audit: { persons: (_input, _target, { rows }) => rows.flatMap((row) => (row.person === null ? [] : [row.person.personId])) },
  csv: {
    file: 'recherches-de-medecin-traitant',
    columns: ['Nom', 'Prénom', 'Née ou né le', 'Commune', 'Reçue le', 'Où en est-on', 'Médecin', 'DAC'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.person === null ? null : (row.person.usedName ?? row.person.birthName),
        row.person === null ? null : (row.person.usedFirstName ?? row.person.firstName),
        row.person?.birthDay ?? null,
        row.person?.commune ?? null,
        row.sentAt,
        labelOf(gpReferralStates, row.state),
        row.doctor?.name ?? null,
        row.dac.name,
      ]),
  },
})
export type CptsReferral = z.output<typeof cptsReferrals.output>['rows'][number]
/** One whose search goes on: it says who it is for. */
export type OpenReferral = CptsReferral & { readonly person: NonNullable<CptsReferral['person']> }
export const isOpen = (referral: CptsReferral): referral is OpenReferral => referral.person !== null

export const cptsAnswers = ['received', 'proposed', 'designated', 'declined', 'failed'] as const

/** What the CPTS answers, as often as it must: the DAC reads it in the file and ends the referral; a médecin traitant is recorded by the DAC only. */
export const answerReferral = defineAction({
  name: 'cpts.familyDoctorReferral.answer',
  title: 'Répondre à la saisine du DAC',
  input: z.object({
    id: z.uuid(),
    baseVersion: seenVersion(),
    state: z.enum(cptsAnswers, { error: 'À choisir.' }),
    /** For a doctor proposed or designated; `doctorId` when she was found in the directory. */
    doctorId: optional(idSchema<PartyId>()),
    doctorName: optional(line(160)),
    doctorPhone: optional(line(30)),
    doctorCommune: optional(line(120)),
    outcome: optional(paragraph(500)),
  }),
  output: z.object({ id: z.string(), version: z.number().int() }),
  access: answersForItsCpts,
  audit: { persons: (_input, target) => [target.personId] },
})
