import { sql } from 'kysely'
import { type HolidayZone, holidayZones } from '../../platform/contract/holiday-zones.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { WorkingCalendar } from '../contract/working-time.ts'

/** The public holidays of the installation (setting `public_holidays`); those of France at large while it says nothing. */
export async function holidayZone(tx: Tx): Promise<HolidayZone> {
  const { rows } = await sql<{ value: unknown }>`select value from platform.setting where key = 'public_holidays'`.execute(tx)
  return holidayZones.find((zone) => zone === rows[0]?.value) ?? 'france'
}

/** The opening hours that a service keeps, as they are kept; null for an unknown service. */
export async function openingOf(tx: Tx, serviceId: string): Promise<unknown> {
  return (await sql<{ opening: unknown }>`select opening from territory.service where id = ${serviceId}`.execute(tx)).rows[0]?.opening ?? null
}

/** Writes when a service is open, beside what its card says of it in words. */
export async function writeWeek(tx: Tx, serviceId: string, week: WorkingCalendar['week']): Promise<void> {
  await sql`update territory.service set opening = opening || jsonb_build_object('week', ${JSON.stringify(week)}::jsonb), version = version + 1 where id = ${serviceId}`.execute(
    tx,
  )
}
