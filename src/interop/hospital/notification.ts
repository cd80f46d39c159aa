import { z } from 'zod'
import type { receiveMessage } from '../../hospital-events/contract/receive.ts'
import type { Told, ToldIdentity, VisitKind, VisitState } from '../../hospital-events/contract/told.ts'
import type { InputOf } from '../../platform/contract/action.ts'

/** What a notification tells, ready for the gate; `greeting`: a handshake or a heartbeat, which tells nothing of anybody. */
export type NotificationReading =
  | { readonly kind: 'greeting' }
  | { readonly kind: 'events'; readonly received: readonly Omit<InputOf<typeof receiveMessage>, 'digest'>[] }
  | null

const text = z.string().max(400)
const coding = z.object({ code: text.optional() })
const period = z.object({ start: text.optional(), end: text.optional() })
const identifier = z.object({ system: text.optional(), value: text.optional(), type: z.object({ coding: z.array(coding).max(10).optional() }).optional() })
const extension = z.object({
  url: text,
  valueCode: text.optional(),
  valueCoding: coding.optional(),
  valueAddress: z.unknown().optional(),
  valueString: text.optional(),
})

const patientShape = z.object({
  resourceType: z.literal('Patient'),
  id: text.optional(),
  identifier: z.array(identifier).max(40).optional(),
  name: z
    .array(z.object({ use: text.optional(), family: text.optional(), given: z.array(text).max(12).optional() }))
    .max(10)
    .optional(),
  telecom: z
    .array(z.object({ system: text.optional(), value: text.optional() }))
    .max(20)
    .optional(),
  gender: text.optional(),
  birthDate: text.optional(),
  extension: z
    .array(z.looseObject({ url: text }))
    .max(40)
    .optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: text.optional(),
})
type Patient = z.output<typeof patientShape>

const encounterShape = z.object({
  resourceType: z.literal('Encounter'),
  id: text.optional(),
  meta: z.object({ lastUpdated: text.optional(), versionId: text.optional() }).optional(),
  identifier: z.array(identifier).max(20).optional(),
  status: text,
  class: coding.optional(),
  subject: z.object({ reference: text.optional() }).optional(),
  period: period.optional(),
})
type Encounter = z.output<typeof encounterShape>

const bundleShape = z.object({
  resourceType: z.literal('Bundle'),
  id: text.optional(),
  type: z.enum(['history', 'subscription-notification']),
  timestamp: text.optional(),
  entry: z
    .array(z.object({ fullUrl: text.optional(), resource: z.looseObject({ resourceType: text }).optional() }))
    .max(100)
    .default([]),
})

const statesOf: Readonly<Record<string, VisitState>> = {
  planned: 'planned',
  arrived: 'in_hospital',
  triaged: 'in_hospital',
  'in-progress': 'in_hospital',
  onleave: 'in_hospital',
  finished: 'discharged',
  cancelled: 'cancelled',
  'entered-in-error': 'cancelled',
}
const kindsOf: Readonly<Record<string, VisitKind>> = { IMP: 'inpatient', ACUTE: 'inpatient', NONAC: 'inpatient', SS: 'inpatient', EMER: 'emergency' }

/**
 * Reads a notification of a Subscription (R4 backport, rest-hook, full resources): an Encounter and its Patient. Each tells the whole state of the stay. Null
 * for what is no such notification, or for an Encounter without a number, an instant or its Patient.
 */
export function readNotification(body: unknown): NotificationReading {
  const bundle = bundleShape.safeParse(body)
  if (!bundle.success) return null
  const { entry, id, timestamp } = bundle.data
  const [status, ...others] = entry
  const kind = kindOf(status?.resource)
  if (kind === 'handshake' || kind === 'heartbeat') return { kind: 'greeting' }
  if (kind !== 'event-notification') return null
  const patients = others.flatMap(({ resource, fullUrl }) => {
    const parsed = patientShape.safeParse(resource)
    return parsed.success ? [{ patient: parsed.data, fullUrl }] : []
  })
  const received: Omit<InputOf<typeof receiveMessage>, 'digest'>[] = []
  for (const { resource } of others) {
    if (resource?.resourceType !== 'Encounter') continue
    const parsed = encounterShape.safeParse(resource)
    if (!parsed.success) return null
    const encounter = parsed.data
    const reference = encounter.subject?.reference ?? ''
    const patient = patients.find(({ patient: one, fullUrl }) => reference !== '' && (fullUrl === reference || `Patient/${one.id}` === reference))?.patient
    const number = encounter.identifier?.find(({ value }) => value !== undefined && value !== '')?.value ?? encounter.id
    const sentAt = instantOf(encounter.meta?.lastUpdated) ?? instantOf(timestamp)
    if (patient === undefined || number === undefined || number.length > 160 || sentAt === null) return null
    const identity = identityOf(patient)
    if (identity.birthName === null && identity.usedName === null) return null
    received.push({
      controlId: `${id ?? sentAt}/${encounter.id ?? number}/${encounter.meta?.versionId ?? sentAt}`.slice(0, 199),
      visitNumber: number,
      identity,
      told: toldOf(encounter, patient, sentAt),
    })
  }
  return received.length === 0 ? null : { kind: 'events', received }
}

/** The status that opens the bundle: Parameters in R4, SubscriptionStatus in R4B. */
function kindOf(resource: Readonly<Record<string, unknown>> | undefined): string | null {
  if (resource?.['resourceType'] === 'SubscriptionStatus') return typeof resource['type'] === 'string' ? resource['type'] : null
  if (resource?.['resourceType'] !== 'Parameters' || !Array.isArray(resource['parameter'])) return null
  const type = (resource['parameter'] as readonly unknown[]).find((one) => (one as { readonly name?: unknown } | null)?.name === 'type') as
    | { readonly valueCode?: unknown }
    | undefined
  return typeof type?.valueCode === 'string' ? type.valueCode : null
}

function toldOf(encounter: Encounter, patient: Patient, sentAt: string): Told {
  const state = statesOf[encounter.status] ?? null
  const [start, end] = [instantOf(encounter.period?.start), instantOf(encounter.period?.end)]
  return {
    act: state === null ? 'update' : 'state',
    movement: null,
    sentAt,
    occurredAt: state === 'discharged' ? end : start,
    kind: kindsOf[encounter.class?.code ?? ''] ?? 'other',
    admittedAt: start,
    dischargedAt: state === 'discharged' ? (end ?? sentAt) : null,
    expectedOn: null,
    deceased: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
    historic: false,
    state,
  }
}

const reliabilityUrl = /identity-?reliability$/i

function identityOf(patient: Patient): ToldIdentity {
  const official = patient.name?.find(({ use }) => use === 'official') ?? patient.name?.find(({ use }) => use === undefined)
  const usual = patient.name?.find(({ use }) => use === 'usual')
  const given = [...(official?.given ?? usual?.given ?? [])].flatMap((one) => clean(one)?.split(/[\s,]+/) ?? []).filter(Boolean)
  const reliability = statusOf(patient.extension?.find(({ url }) => reliabilityUrl.test(url)))
  const place = placeOf(patient.extension?.find(({ url }) => url === 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace'))
  return {
    birthName: clean(official?.family),
    usedName: clean(usual?.family),
    givenNames: given.slice(0, 12).map((one) => one.slice(0, 100)),
    birthDate:
      /^\d{4}-\d{2}-\d{2}$/.test(patient.birthDate ?? '') && !Number.isNaN(Date.parse(patient.birthDate ?? ''))
        ? (patient.birthDate as ToldIdentity['birthDate'])
        : null,
    sex: patient.gender === 'female' ? 'F' : patient.gender === 'male' ? 'M' : patient.gender === 'other' ? 'I' : null,
    birthPlaceCode: place,
    phones: (patient.telecom ?? [])
      .filter(({ system }) => system === 'phone' || system === 'sms')
      .map(({ value }) => (value ?? '').replace(/[\s.\-()]/g, ''))
      .filter((one) => /^\+?\d{6,15}$/.test(one))
      .slice(0, 6),
    ins: insOf(patient),
    reliability,
  }
}

function insOf(patient: Patient): ToldIdentity['ins'] {
  for (const { system, value } of patient.identifier ?? []) {
    const oid = /^urn:oid:(1\.2\.250\.1\.213\.1\.4\.(?:8|9|10|11))$/.exec(system ?? '')?.[1]
    const matricule = (value ?? '').replace(/\s/g, '').toUpperCase()
    if (oid !== undefined && /^[0-9AB]{13,15}$/.test(matricule)) return { oid, matricule }
  }
  return null
}

/** fr-core says it in a sub-extension (identityStatus), older servers on the extension itself. */
function statusOf(told: Readonly<Record<string, unknown>> | undefined): string | null {
  const listed = z.array(extension).max(10).safeParse(told?.['extension'])
  const own = extension.safeParse(told)
  const codes = [...(listed.success ? listed.data : []), ...(own.success ? [own.data] : [])].map(
    ({ valueCode, valueCoding }) => valueCode ?? valueCoding?.code ?? '',
  )
  return codes.find((code) => /^[A-Z]{2,10}$/.test(code)) ?? null
}

const placeShape = z.object({
  valueAddress: z.object({
    extension: z.array(extension).max(10).optional(),
    _city: z.object({ extension: z.array(extension).max(10).optional() }).optional(),
  }),
})

/** The INSEE code of the birthplace, as fr-core writes it on the address. */
function placeOf(told: Readonly<Record<string, unknown>> | undefined): string | null {
  const parsed = placeShape.safeParse(told)
  if (!parsed.success) return null
  const { valueAddress } = parsed.data
  const codes = [...(valueAddress.extension ?? []), ...(valueAddress._city?.extension ?? [])].map(
    ({ valueCode, valueCoding, valueString }) => valueCode ?? valueCoding?.code ?? valueString ?? '',
  )
  return codes.find((code) => /^[0-9][0-9AB][0-9]{3}$/.test(code)) ?? null
}

function clean(value: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken off.
  const read = (value ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return read === '' || read.length > 100 ? null : read
}

/** An instant with its offset; a day alone says no hour. */
function instantOf(value: string | undefined): string | null {
  if (value === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
