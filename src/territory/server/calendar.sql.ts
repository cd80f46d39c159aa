import { sql } from 'kysely'
import { type HolidayZone, holidayZones } from '../../platform/contract/holiday-zones.ts'
import type { Tx } from '../../platform/server/db.ts'

/** The public holidays of the installation (setting `public_holidays`); those of France at large while it says nothing. */
export async function holidayZone(tx: Tx): Promise<HolidayZone> {
  const { rows } = await sql<{ value: unknown }>`select value from platform.setting where key = 'public_holidays'`.execute(tx)
  return holidayZones.find((zone) => zone === rows[0]?.value) ?? 'france'
}
