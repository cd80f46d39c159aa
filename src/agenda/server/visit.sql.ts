import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { OccurrenceId, SafetyNoteId } from '../contract/appointment.ts'
import type { SafetyNote } from '../contract/queries.ts'

export interface VisitRecord {
  readonly occurrenceId: OccurrenceId
  readonly personId: PersonId
  readonly activityId: string
  readonly doneBy: UserId
  readonly minutes: number | null
  readonly kilometres: number | null
  readonly recordedAt: Date
  readonly holderOrg: ServiceId
}

export async function insertVisitRecord(tx: Tx, row: VisitRecord): Promise<void> {
  await sql`insert into agenda.visit_record (occurrence_id, person_id, activity_id, done_by, minutes, kilometres, recorded_at, holder_org)
    values (${row.occurrenceId}, ${row.personId}, ${row.activityId}, ${row.doneBy}, ${row.minutes}, ${row.kilometres}, ${row.recordedAt}, ${row.holderOrg})`.execute(
    tx,
  )
}

const note = sql`n.id, n.version, n.door_code as "doorCode", n.access_words as "accessWords", n.animals, n.dangers, n.danger_words as "dangerWords", n.never_alone as "neverAlone",
  n.comes_along as "comesAlong", n.written_by_name as "writtenByName", n.written_at as "writtenAt"`

/** The note of the actor's own service about a person, or undefined. */
export async function findSafetyNote(tx: Tx, personId: PersonId, service: ServiceId | null, locked = false): Promise<SafetyNote | undefined> {
  return (
    await sql<SafetyNote>`select ${note} from agenda.safety_note n where n.person_id = any (persons.identity_set(${personId}::uuid)) and n.holder_org = ${service} ${locked ? sql`for update` : sql``}`.execute(
      tx,
    )
  ).rows[0]
}

/** The one that a visit opens to whoever takes part, around its hour; undefined outside. */
export async function safetyNoteOfVisit(tx: Tx, id: OccurrenceId): Promise<SafetyNote | undefined> {
  return (await sql<SafetyNote>`select ${note} from agenda.safety_for_visit(${id}::uuid) n`.execute(tx)).rows[0]
}

export interface SafetyNoteFields {
  readonly doorCode: string | null
  readonly accessWords: string | null
  readonly animals: string | null
  readonly dangers: readonly string[]
  readonly dangerWords: string | null
  readonly neverAlone: boolean
  readonly comesAlong: string | null
}

/** Writes the first note, or the note as it has become. False when a colleague wrote the first one meanwhile. */
export async function saveSafetyNote(
  tx: Tx,
  of: { readonly id: SafetyNoteId; readonly personId: PersonId; readonly holderOrg: ServiceId; readonly version: number },
  fields: SafetyNoteFields,
  by: string,
  at: Date,
): Promise<boolean> {
  const { rows } =
    await sql`insert into agenda.safety_note (id, person_id, holder_org, version, door_code, access_words, animals, dangers, danger_words, never_alone, comes_along, written_by_name, written_at)
    values (${of.id}, ${of.personId}, ${of.holderOrg}, ${of.version}, ${fields.doorCode}, ${fields.accessWords}, ${fields.animals}, ${[...fields.dangers]}::text[], ${fields.dangerWords}, ${fields.neverAlone},
      ${fields.comesAlong}, ${by}, ${at})
    on conflict (id) do update set version = excluded.version, door_code = excluded.door_code, access_words = excluded.access_words, animals = excluded.animals, dangers = excluded.dangers,
      danger_words = excluded.danger_words, never_alone = excluded.never_alone, comes_along = excluded.comes_along, written_by_name = excluded.written_by_name, written_at = excluded.written_at
    returning id`.execute(tx)
  return rows.length === 1
}
