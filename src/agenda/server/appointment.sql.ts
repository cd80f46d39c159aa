import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AppointmentId, OccurrenceId, PlaceKind } from '../contract/appointment.ts'
import type { Moment } from './unfold.ts'

export interface AppointmentRow {
  readonly id: AppointmentId
  readonly personId: PersonId | null
  readonly kind: string
  readonly title: string | null
  /** Wall time of the first: 'YYYY-MM-DDTHH:MM'. */
  readonly startsLocal: string
  readonly minutes: number
  readonly allDay: boolean
  readonly timeZone: string
  readonly rule: string | null
  readonly placeKind: PlaceKind
  readonly place: string | null
  readonly communeCode: string | null
  readonly words: string | null
  readonly state: 'booked' | 'cancelled'
  readonly uid: string
  readonly sequence: number
  readonly imported: boolean
  /** What it follows, and its row. */
  readonly follows: string | null
  readonly followsId: string | null
  readonly organizerId: UserId
  readonly organizerName: string
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private' | 'restricted'
  readonly version: number
}

export async function insertAppointment(tx: Tx, row: Omit<AppointmentRow, 'version' | 'state'>, at: Date): Promise<void> {
  await sql`insert into agenda.appointment (id, person_id, kind, title, starts_local, minutes, all_day, time_zone, rule, place_kind, place, commune_code, words, uid, sequence, imported, follows, follows_id,
      organizer_id, organizer_name, volet, holder_org, protection, created_at, changed_at)
    values (${row.id}, ${row.personId}, ${row.kind}, ${row.title}, ${row.startsLocal}::timestamp, ${row.minutes}, ${row.allDay}, ${row.timeZone}, ${row.rule}, ${row.placeKind}, ${row.place},
      ${row.communeCode}, ${row.words}, ${row.uid}, ${row.sequence}, ${row.imported}, ${row.follows}, ${row.followsId}, ${row.organizerId}, ${row.organizerName}, ${row.volet}, ${row.holderOrg}, ${row.protection}, ${at}, ${at})`.execute(
    tx,
  )
}

const columns = sql`a.id, a.person_id as "personId", a.kind, a.title, to_char(a.starts_local, 'YYYY-MM-DD"T"HH24:MI') as "startsLocal", a.minutes, a.all_day as "allDay",
  a.time_zone as "timeZone", a.rule, a.place_kind as "placeKind", a.place, a.commune_code as "communeCode", a.words, a.state, a.uid, a.sequence, a.imported, a.follows, a.follows_id as "followsId", a.organizer_id as "organizerId",
  a.organizer_name as "organizerName", a.volet, a.holder_org as "holderOrg", a.protection, a.version`

/** An appointment as the actor sees it; locked when it is about to change. */
export async function findAppointment(tx: Tx, id: AppointmentId, locked = false): Promise<AppointmentRow | undefined> {
  return (await sql<AppointmentRow>`select ${columns} from agenda.appointment a where a.id = ${id} ${locked ? sql`for update` : sql``}`.execute(tx)).rows[0]
}

/** The one that follows something, locked; absent when the actor does not see it. */
export async function findFollowing(tx: Tx, follows: string, followsId: string): Promise<AppointmentRow | undefined> {
  return (
    await sql<AppointmentRow>`select ${columns} from agenda.appointment a where a.follows = ${follows} and a.follows_id = ${followsId} for update`.execute(tx)
  ).rows[0]
}

/** One that this user brought in under this UID. */
export async function findByUid(tx: Tx, organizerId: UserId, uid: string): Promise<AppointmentRow | undefined> {
  return (
    await sql<AppointmentRow>`select ${columns} from agenda.appointment a where a.organizer_id = ${organizerId} and a.uid = ${uid} for update`.execute(tx)
  ).rows[0]
}

const writable: Readonly<Record<string, string>> = {
  title: 'title',
  placeKind: 'place_kind',
  place: 'place',
  communeCode: 'commune_code',
  words: 'words',
  startsLocal: 'starts_local',
  minutes: 'minutes',
  allDay: 'all_day',
  timeZone: 'time_zone',
  rule: 'rule',
  state: 'state',
  sequence: 'sequence',
}

/** Writes some fields; calendars that follow it read a new SEQUENCE. */
export async function updateAppointment(tx: Tx, id: AppointmentId, changes: Readonly<Record<string, unknown>>, version: number, at: Date): Promise<void> {
  const set = Object.entries(changes).map(([field, value]) => sql`${sql.ref(writable[field] ?? field)} = ${value}`)
  const sequence = 'sequence' in changes ? [] : [sql`sequence = sequence + 1`]
  await sql`update agenda.appointment set ${sql.join([...set, ...sequence, sql`version = ${version}`, sql`changed_at = ${at}`])} where id = ${id}`.execute(tx)
}

export interface OccurrenceRow {
  readonly id: OccurrenceId
  readonly appointmentId: AppointmentId
  readonly recurrenceAt: string
  readonly startsAt: string
  readonly endsAt: string
  readonly state: 'booked' | 'cancelled' | 'fulfilled' | 'noshow'
  readonly moved: boolean
  readonly cancelledBecause: string | null
  readonly version: number
}

/** Adds the times of an appointment, all at once. */
export async function insertOccurrences(
  tx: Tx,
  appointment: Pick<AppointmentRow, 'id' | 'personId' | 'organizerId' | 'volet' | 'holderOrg' | 'protection'>,
  moments: readonly (Moment & { readonly id: string })[],
): Promise<void> {
  await sql`insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, organizer_id, volet, holder_org, protection)
    select m.id, ${appointment.id}, ${appointment.personId}, m.starts_at, m.starts_at, m.ends_at, ${appointment.organizerId}, ${appointment.volet}, ${appointment.holderOrg}, ${appointment.protection}
    from unnest(${moments.map(({ id }) => id)}::uuid[], ${moments.map(({ startsAt }) => startsAt.toISOString())}::timestamptz[], ${moments.map(({ endsAt }) => endsAt.toISOString())}::timestamptz[])
      as m(id, starts_at, ends_at) on conflict (appointment_id, recurrence_at) do nothing`.execute(tx)
}

const occurrenceColumns = sql`o.id, o.appointment_id as "appointmentId", o.recurrence_at as "recurrenceAt", o.starts_at as "startsAt", o.ends_at as "endsAt", o.state, o.moved, o.cancelled_because as "cancelledBecause", o.version`

export async function findOccurrence(tx: Tx, id: OccurrenceId, locked = false): Promise<OccurrenceRow | undefined> {
  return (await sql<OccurrenceRow>`select ${occurrenceColumns} from agenda.occurrence o where o.id = ${id} ${locked ? sql`for update` : sql``}`.execute(tx))
    .rows[0]
}

export async function listOccurrences(tx: Tx, appointmentId: AppointmentId): Promise<readonly OccurrenceRow[]> {
  return (
    await sql<OccurrenceRow>`select ${occurrenceColumns} from agenda.occurrence o where o.appointment_id = ${appointmentId} order by o.recurrence_at for update`.execute(
      tx,
    )
  ).rows
}

export async function placeOccurrence(
  tx: Tx,
  id: OccurrenceId,
  { startsAt, endsAt }: Moment,
  { moved, version, asRule }: { readonly moved: boolean; readonly version: number; readonly asRule: boolean },
): Promise<void> {
  await sql`update agenda.occurrence set starts_at = ${startsAt}, ends_at = ${endsAt}, moved = ${moved}, version = ${version}
    ${asRule ? sql`, recurrence_at = ${startsAt}` : sql``} where id = ${id}`.execute(tx)
}

export async function setOccurrenceState(tx: Tx, id: OccurrenceId, state: OccurrenceRow['state'], because: string | null = null): Promise<number> {
  return (
    await sql<{
      version: number
    }>`update agenda.occurrence set state = ${state}, cancelled_because = ${because}, version = version + 1 where id = ${id} returning version`.execute(tx)
  ).rows[0]?.version as number
}

/** Cancels what was to come of a series from an instant on; gives how many. What took place stays. */
export async function cancelFrom(tx: Tx, appointmentId: AppointmentId, from: string, because: string | null): Promise<number> {
  return (
    await sql`update agenda.occurrence set state = 'cancelled', cancelled_because = ${because}, version = version + 1
      where appointment_id = ${appointmentId} and recurrence_at >= ${from} and state = 'booked' returning id`.execute(tx)
  ).rows.length
}

/** What DACs booked for a person and is still to come after an instant; what was imported and what follows something else is not theirs to cancel. */
export async function bookedByDacs(tx: Tx, personId: PersonId, after: string): Promise<readonly AppointmentId[]> {
  const { rows } = await sql<{ id: AppointmentId }>`select a.id from agenda.appointment a join territory.service v on v.id = a.holder_org and v.kind = 'dac'
    where a.person_id = ${personId} and a.state = 'booked' and not a.imported and a.follows is null
      and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.state = 'booked' and o.starts_at > ${after}) order by a.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Cancels all that is still to come of an appointment after an instant; gives when, the soonest first. */
export async function cancelAhead(tx: Tx, appointmentId: AppointmentId, after: string, because: string): Promise<readonly string[]> {
  const { rows } = await sql<{ at: Date }>`update agenda.occurrence set state = 'cancelled', cancelled_because = ${because}, version = version + 1
    where appointment_id = ${appointmentId} and starts_at > ${after} and state = 'booked' returning starts_at as at`.execute(tx)
  return rows.map(({ at }) => new Date(at).toISOString()).sort()
}

/** Takes back the times that a shortened rule no longer gives, unless something happened to them. Gives how many. */
export async function removeOccurrences(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from agenda.occurrence where id = any (${`{${ids.join(',')}}`}::uuid[]) and state in ('booked', 'cancelled')`.execute(tx)
}

/** Makes the hours at which each participant is taken follow: of all the appointment, or of one of its times. */
export async function placeSlots(tx: Tx, appointmentId: AppointmentId, occurrenceId: OccurrenceId | null = null): Promise<void> {
  await sql`select agenda.place_slots(${appointmentId}::uuid, ${occurrenceId}::uuid)`.execute(tx)
}
