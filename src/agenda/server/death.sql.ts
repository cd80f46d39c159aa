import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AppointmentId } from '../contract/appointment.ts'

const because = 'Décès'

/** Cancels what was to come of a person who died; `at` is the instant of the record, `seq` the event that told it. Gives the appointments concerned. */
export async function cancelAfterDeath(tx: Tx, personId: PersonId, at: string, seq: number): Promise<readonly AppointmentId[]> {
  const { rows } = await sql<{
    id: AppointmentId
  }>`update agenda.occurrence set state = 'cancelled', cancelled_because = ${because}, cancelled_by_event = ${seq}, version = version + 1
    where person_id = ${personId} and state = 'booked' and starts_at > ${at} returning appointment_id as id`.execute(tx)
  return concluded(
    tx,
    rows,
    sql`a.state = 'booked' and not exists (select from agenda.occurrence o where o.appointment_id = a.id and o.state <> 'cancelled')`,
    'cancelled',
  )
}

/** Gives back what the death alone had cancelled and is still to come. */
export async function bookAgain(tx: Tx, personId: PersonId, at: string): Promise<readonly AppointmentId[]> {
  const { rows } = await sql<{
    id: AppointmentId
  }>`update agenda.occurrence set state = 'booked', cancelled_because = null, cancelled_by_event = null, version = version + 1
    where person_id = ${personId} and state = 'cancelled' and cancelled_by_event is not null and starts_at > ${at} returning appointment_id as id`.execute(tx)
  return concluded(tx, rows, sql`a.state = 'cancelled'`, 'booked')
}

/** The stays that the team had planned after the death go too; what an establishment tells is its own. */
export async function cancelStaysAfterDeath(tx: Tx, personId: PersonId, at: string, seq: number): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`update agenda.stay set cancelled_at = ${at}, cancelled_because = ${because}, cancelled_by_event = ${seq}, version = version + 1, changed_at = ${at}
    where person_id = ${personId} and told_by = 'hand' and cancelled_at is null and starts_on > platform.day_of(${at}::timestamptz) returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The stays under way, of which no exit is known, end on the day of the death; what an establishment tells later wins over it, as over an exit that the team noted. */
export async function endStaysAtDeath(tx: Tx, personId: PersonId, at: string, seq: number): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`update agenda.stay s set left_on = greatest(s.starts_on, d.day), left_by = null, left_by_name = null, left_at = ${at}, left_by_event = ${seq}, left_overtaken_at = null, version = s.version + 1, changed_at = ${at}
    from (select least(p.deceased_on, platform.day_of(${at}::timestamptz)) as day from persons.person p where p.person_id = ${personId}) d
    where s.person_id = ${personId} and s.cancelled_at is null and agenda.known_exit(s) is null and s.starts_on <= platform.day_of(${at}::timestamptz)
      and (s.told_by = 'hospital' or s.expected_on is null or s.expected_on > d.day) returning s.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Gives back the stays that the death alone had cancelled or ended. */
export async function standStaysAgain(tx: Tx, personId: PersonId, at: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`update agenda.stay s set cancelled_at = case when s.cancelled_by_event is null then s.cancelled_at end, cancelled_because = case when s.cancelled_by_event is null then s.cancelled_because end,
      left_on = case when s.left_by_event is null then s.left_on end, left_at = case when s.left_by_event is null then s.left_at end,
      left_overtaken_at = case when s.left_by_event is null then s.left_overtaken_at end, cancelled_by_event = null, left_by_event = null, version = s.version + 1, changed_at = ${at}
    where s.person_id = ${personId} and (s.cancelled_by_event is not null or s.left_by_event is not null) returning s.id`.execute(tx)
  return rows.map(({ id }) => id)
}

async function concluded(
  tx: Tx,
  rows: readonly { readonly id: AppointmentId }[],
  where: ReturnType<typeof sql>,
  state: 'booked' | 'cancelled',
): Promise<readonly AppointmentId[]> {
  const ids = [...new Set(rows.map(({ id }) => id))]
  if (ids.length > 0)
    await sql`update agenda.appointment a set state = ${state}, version = version + 1, sequence = sequence + 1, changed_at = platform.clock()
      where a.id = any (${`{${ids.join(',')}}`}::uuid[]) and ${where}`.execute(tx)
  return ids
}
