import { sql } from 'kysely'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Course } from '../contract/course.ts'

export interface StayRow {
  readonly id: string
  readonly personId: PersonId
  readonly senderName: string
  readonly kind: 'inpatient' | 'emergency'
  readonly state: 'in_hospital' | 'discharged' | 'cancelled'
  readonly admittedAt: string | null
  readonly dischargedAt: string | null
  readonly admissionTold: readonly string[] | null
  readonly dischargeTold: readonly string[] | null
  readonly recognisedBy: 'ins' | 'traits' | 'user'
  readonly holderOrg: ServiceId
  readonly createdAt: string
}

export async function stayOfVisit(tx: Tx, visitId: string): Promise<StayRow | undefined> {
  return (
    await sql<StayRow>`select id, person_id as "personId", sender_name as "senderName", kind, state, admitted_at as "admittedAt", discharged_at as "dischargedAt",
      admission_told as "admissionTold", discharge_told as "dischargeTold", recognised_by as "recognisedBy",
      holder_org as "holderOrg", created_at as "createdAt"
      from hospital_events.stay where visit_id = ${visitId} and state <> 'not_hers' for update`.execute(tx)
  ).rows[0]
}

export interface NewStay {
  readonly id: string
  readonly visitId: string
  readonly personId: PersonId
  readonly senderName: string
  readonly recognisedBy: 'ins' | 'traits' | 'user'
  readonly recognisedByName: string | null
  readonly holderOrg: ServiceId
}

export async function insertStay(tx: Tx, stay: NewStay, course: Course, now: Date): Promise<void> {
  await sql`insert into hospital_events.stay (id, visit_id, person_id, sender_name, kind, state, admitted_at, discharged_at, expected_on, recognised_by, recognised_by_name, created_at, changed_at, holder_org)
    values (${stay.id}, ${stay.visitId}, ${stay.personId}, ${stay.senderName}, ${course.kind}, ${course.state}, ${course.admittedAt}, ${course.dischargedAt}, ${course.expectedOn},
      ${stay.recognisedBy}, ${stay.recognisedByName}, ${now}, ${now}, ${stay.holderOrg})`.execute(tx)
}

export async function updateStay(
  tx: Tx,
  id: string,
  course: Course | null,
  told: { readonly admissionTold: readonly string[] | null; readonly dischargeTold: readonly string[] | null },
  now: Date,
): Promise<void> {
  await sql`update hospital_events.stay set state = ${course?.state ?? 'cancelled'}, kind = ${course === null || course.kind === 'other' ? sql`kind` : course.kind},
      admitted_at = coalesce(${course?.admittedAt ?? null}::timestamptz, admitted_at), discharged_at = ${course?.dischargedAt ?? null}::timestamptz, expected_on = ${course?.expectedOn ?? null},
      admission_told = ${told.admissionTold === null ? null : [...told.admissionTold]}::uuid[], discharge_told = ${told.dischargeTold === null ? null : [...told.dischargeTold]}::uuid[], changed_at = ${now}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}

/** It was another person's: the row stays, closed, so that what was written in the file can be explained. */
export async function withdrawStay(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update hospital_events.stay set state = 'not_hers', admission_told = null, discharge_told = null, changed_at = ${now}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}
