import type { Patient } from './messages.ts'

/** What one tells the stand-in of a hospital's FHIR server. */
export interface HookLine {
  /** http://127.0.0.1:8000/api/hospital/<establishment>/notifications */
  readonly url: string
  /** In hexadecimal. */
  readonly secret: string
}

export interface EncounterTold {
  readonly bundleId: string
  readonly encounterId: string
  readonly version?: string
  readonly patient: Patient
  readonly status: 'planned' | 'in-progress' | 'finished' | 'cancelled' | 'entered-in-error'
  readonly classCode?: 'IMP' | 'EMER' | 'AMB'
  readonly sentAt: Date
  readonly start?: Date
  readonly end?: Date
  readonly type?: 'event-notification' | 'handshake' | 'heartbeat'
}

/** A notification of a Subscription in the shape of the R4 backport, full resources, fr-core traits (written after the guide: not a recording). */
export function notificationBundle(told: EncounterTold): unknown {
  const { patient } = told
  const status = {
    resource: {
      resourceType: 'Parameters',
      meta: { profile: ['http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-status-r4'] },
      parameter: [
        { name: 'subscription', valueReference: { reference: 'https://fhir.hopital.invalid/Subscription/jalon' } },
        { name: 'status', valueCode: 'active' },
        { name: 'type', valueCode: told.type ?? 'event-notification' },
      ],
    },
  }
  const encounter = {
    fullUrl: `https://fhir.hopital.invalid/Encounter/${told.encounterId}`,
    resource: {
      resourceType: 'Encounter',
      id: told.encounterId,
      meta: { lastUpdated: told.sentAt.toISOString(), versionId: told.version ?? '1' },
      identifier: [{ system: 'urn:oid:1.2.250.1.99999.1', value: told.encounterId }],
      status: told.status,
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: told.classCode ?? 'IMP' },
      subject: { reference: `Patient/${patient.ipp}` },
      period: { ...(told.start === undefined ? {} : { start: told.start.toISOString() }), ...(told.end === undefined ? {} : { end: told.end.toISOString() }) },
    },
  }
  const person = {
    fullUrl: `https://fhir.hopital.invalid/Patient/${patient.ipp}`,
    resource: {
      resourceType: 'Patient',
      id: patient.ipp,
      identifier: patient.ins === undefined ? [] : [{ use: 'official', system: `urn:oid:${patient.ins.oid}`, value: patient.ins.matricule }],
      name: [
        { use: 'official', family: patient.birthName, given: [patient.givenNames[0] ?? ''] },
        ...(patient.usedName === undefined ? [] : [{ use: 'usual', family: patient.usedName }]),
      ],
      gender: patient.sex === 'F' ? 'female' : 'male',
      birthDate: patient.birthDate,
      extension: [
        ...(patient.reliability === undefined
          ? []
          : [
              {
                url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-identity-reliability',
                extension: [{ url: 'identityStatus', valueCoding: { code: patient.reliability } }],
              },
            ]),
        ...(patient.birthPlaceCode === undefined
          ? []
          : [
              {
                url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
                valueAddress: {
                  extension: [
                    { url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code', valueCoding: { code: patient.birthPlaceCode } },
                  ],
                },
              },
            ]),
      ],
    },
  }
  return {
    resourceType: 'Bundle',
    id: told.bundleId,
    type: 'history',
    timestamp: told.sentAt.toISOString(),
    entry: told.type === undefined || told.type === 'event-notification' ? [status, encounter, person] : [status],
  }
}

/** Sends a notification; gives the status of the answer. */
export async function notify(line: HookLine, told: EncounterTold): Promise<number> {
  const response = await fetch(line.url, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${line.secret}` },
    body: JSON.stringify(notificationBundle(told)),
  })
  await response.arrayBuffer()
  return response.status
}
