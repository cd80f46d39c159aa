import { z } from 'zod'
import { day, line } from '../../platform/contract/fields.ts'

/** What a message says happened. `state`: the stay as it is now, whole (FHIR). */
export const acts = ['admit', 'transfer', 'discharge', 'update', 'cancel_admit', 'cancel_discharge', 'state'] as const
export type Act = (typeof acts)[number]

/** inpatient: hospitalised; emergency: at the emergency department; other: out-patients, sessions, which are no event here. */
export const visitKinds = ['inpatient', 'emergency', 'other'] as const
export type VisitKind = (typeof visitKinds)[number]

export const visitStates = ['planned', 'in_hospital', 'discharged', 'cancelled'] as const
export type VisitState = (typeof visitStates)[number]

const instant = z.iso.datetime({ offset: true })

/** What one message tells of a stay, without a trait of the person: acts and instants. Wards are left out on purpose: some say an illness. */
export const told = z.object({
  act: z.enum(acts),
  /** The number of the movement (ZBE-1): one movement told twice is one. */
  movement: line(160).nullable(),
  /** When the hospital wrote it: messages are put in order by it, not by their arrival. */
  sentAt: instant,
  occurredAt: instant.nullable(),
  kind: z.enum(visitKinds).nullable(),
  admittedAt: instant.nullable(),
  dischargedAt: instant.nullable(),
  expectedOn: day().nullable(),
  deceased: z.boolean(),
  /** Told afterwards (ZBE-5): nobody is alerted of what is long past. */
  historic: z.boolean(),
  /** Of a `state` only. */
  state: z.enum(visitStates).nullable(),
})
export type Told = z.output<typeof told>

/** Traits as the hospital tells them: compared with those of files, never written there. */
export const toldIdentity = z.object({
  birthName: line(100).nullable(),
  usedName: line(100).nullable(),
  /** In their order, the first one first. */
  givenNames: z.array(line(100)).max(12),
  birthDate: day().nullable(),
  sex: z.enum(['F', 'M', 'I']).nullable(),
  birthPlaceCode: z
    .string()
    .regex(/^[0-9][0-9AB][0-9]{3}$/)
    .nullable(),
  phones: z.array(z.string().regex(/^\+?\d{6,15}$/)).max(6),
  ins: z
    .object({
      oid: z.string().regex(/^[0-9.]{5,40}$/),
      matricule: z.string().regex(/^[0-9AB]{13,15}$/),
    })
    .nullable(),
  /** Identity reliability code (PID-32), as the hospital keeps it: VALI, QUAL, PROV…; null when not told. */
  reliability: z
    .string()
    .regex(/^[A-Z]{2,10}$/)
    .nullable(),
})
export type ToldIdentity = z.output<typeof toldIdentity>
