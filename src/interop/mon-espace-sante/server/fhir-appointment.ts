import type { HealthSpaceAppointment } from '../../../agenda/contract/health-space.ts'

/*
 * Everything that Jalon knows of the resource that Mon espace santé receives stands in this file, and only here: FHIR R4 Appointment, in the shape of the public
 * profile of shared agendas of the ANS (ans.fhir.fr.gap 3.0.0, over fr-core-appointment). The profile of the agenda of Mon espace santé itself was not public:
 * whoever receives it corrects this file, and simulators/mon-espace-sante.
 */

const numberSystem = 'urn:ietf:rfc:3986'
const profile = 'https://interop.esante.gouv.fr/ig/fhir/gap/StructureDefinition/gap-fr-appointment'

export interface FhirAppointment {
  readonly resourceType: 'Appointment'
  readonly id?: string
  readonly meta: { readonly profile: readonly string[]; readonly versionId?: string }
  readonly identifier: readonly { readonly system: string; readonly value: string }[]
  readonly status: 'booked' | 'fulfilled' | 'noshow' | 'cancelled'
  readonly description: string
  readonly start: string
  readonly end: string
  readonly minutesDuration: number
  readonly participant: readonly {
    readonly actor: { readonly type: string; readonly identifier?: { readonly system: string; readonly value: string }; readonly display?: string }
    readonly status: 'accepted'
  }[]
}

/** The identifier by which an appointment is known there, for ever. */
export const identifierOf = (number: string): { readonly system: string; readonly value: string } => ({ system: numberSystem, value: `urn:uuid:${number}` })

export function toFhir(appointment: HealthSpaceAppointment): FhirAppointment {
  const { patient, organisation } = appointment
  return {
    resourceType: 'Appointment',
    meta: { profile: [profile] },
    identifier: [identifierOf(appointment.number)],
    status: appointment.status,
    description: appointment.description,
    start: appointment.startsAt,
    end: appointment.endsAt,
    minutesDuration: appointment.minutes,
    participant: [
      { actor: { type: 'Patient', identifier: { system: `urn:oid:${patient.oid}`, value: patient.matricule } }, status: 'accepted' },
      ...(organisation === null ? [] : [{ actor: { type: 'Organization', display: organisation }, status: 'accepted' as const }]),
    ],
  }
}
