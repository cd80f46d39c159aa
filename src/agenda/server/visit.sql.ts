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

/** The note of the actor's own service about a person, where it is written; undefined when there is none. */
export async function findSafetyNote(tx: Tx, personId: PersonId, service: ServiceId | null, locked = false): Promise<SafetyNote | undefined> {
  return (
    await sql<SafetyNote>`select ${note} from agenda.safety_note n where n.person_id = any (persons.identity_set(${personId}::uuid)) and n.holder_org = ${service}
        and n.set_aside_at is null ${locked ? sql`for update` : sql``}`.execute(tx)
  ).rows[0]
}

/** What may be read of a safety note: the one that is written in, and those that a merge set beside it. */
interface SafetyNotes {
  readonly note: SafetyNote | null
  readonly setAside: SafetyNote[]
}
type Aside = SafetyNote & { readonly aside: boolean }
const bothOf = (rows: readonly Aside[]): SafetyNotes => {
  const [note, setAside] = [rows.find(({ aside }) => !aside), rows.filter(({ aside }) => aside)]
  const bare = ({ aside: _aside, ...one }: Aside): SafetyNote => one
  return { note: note === undefined ? null : bare(note), setAside: setAside.map(bare) }
}

/** The notes of the actor's own service about a person. */
export async function selectSafetyNotes(tx: Tx, personId: PersonId, service: ServiceId | null): Promise<SafetyNotes> {
  const { rows } =
    await sql<Aside>`select ${note}, n.set_aside_at is not null as aside from agenda.safety_note n where n.person_id = any (persons.identity_set(${personId}::uuid))
      and n.holder_org = ${service} order by n.set_aside_at desc, n.id`.execute(tx)
  return bothOf(rows)
}

/** Those that a visit opens to whoever takes part, around its hour. */
export async function safetyNotesOfVisit(tx: Tx, id: OccurrenceId): Promise<SafetyNotes> {
  const { rows } =
    await sql<Aside>`select ${note}, n.set_aside_at is not null as aside from agenda.safety_for_visit(${id}::uuid) n order by n.set_aside_at desc, n.id`.execute(
      tx,
    )
  return bothOf(rows)
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

/** The notes about a person wait for one another until the end of the transaction: of two first ones, the second finds the first. */
export async function lockSafetyNotes(tx: Tx, personId: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agenda.safety_note:' || ${personId}::text, 0))`.execute(tx)
}

interface NoteKey {
  readonly id: SafetyNoteId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
}

/** Writes the first note. False when there is one already, or when the id is that of another note, which stays as it is. */
export async function insertSafetyNote(tx: Tx, of: NoteKey, fields: SafetyNoteFields, by: string, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into agenda.safety_note (id, person_id, holder_org, version, door_code, access_words, animals, dangers, danger_words, never_alone, comes_along, written_by_name, written_at)
    values (${of.id}, ${of.personId}, ${of.holderOrg}, 1, ${fields.doorCode}, ${fields.accessWords}, ${fields.animals}, ${[...fields.dangers]}::text[], ${fields.dangerWords}, ${fields.neverAlone},
      ${fields.comesAlong}, ${by}, ${at})
    on conflict do nothing returning id`.execute(tx)
  return rows.length === 1
}

/** Writes the note as it has become. */
export async function updateSafetyNote(tx: Tx, of: NoteKey & { readonly version: number }, fields: SafetyNoteFields, by: string, at: Date): Promise<void> {
  await sql`update agenda.safety_note set version = ${of.version}, door_code = ${fields.doorCode}, access_words = ${fields.accessWords}, animals = ${fields.animals},
      dangers = ${[...fields.dangers]}::text[], danger_words = ${fields.dangerWords}, never_alone = ${fields.neverAlone}, comes_along = ${fields.comesAlong}, written_by_name = ${by}, written_at = ${at}
    where id = ${of.id} and holder_org = ${of.holderOrg} and person_id = any (persons.identity_set(${of.personId}::uuid))`.execute(tx)
}

/** The record of a visit says what its activity was corrected to. */
export async function correctVisitRecord(
  tx: Tx,
  activityId: string,
  { minutes, kilometres }: { readonly minutes: number | null; readonly kilometres: number | null },
): Promise<void> {
  await sql`update agenda.visit_record set minutes = ${minutes}, kilometres = ${kilometres} where activity_id = ${activityId}`.execute(tx)
}
