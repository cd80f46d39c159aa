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

export async function standStaysAgain(tx: Tx, personId: PersonId, at: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`update agenda.stay set cancelled_at = null, cancelled_because = null, cancelled_by_event = null, version = version + 1, changed_at = ${at}
    where person_id = ${personId} and cancelled_by_event is not null returning id`.execute(tx)
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
