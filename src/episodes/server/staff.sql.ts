import { sql } from 'kysely'
import type { Day } from '../../platform/contract/dates.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** The display name of a user who may follow files in the service on a day, or undefined. */
export async function followerName(tx: Tx, userId: UserId, service: ServiceId, on: Day): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select u.given_name || ' ' || u.family_name as name
    from territory.membership m join territory.user_account u on u.id = m.user_id
    where m.user_id = ${userId} and m.service_id = ${service} and u.status = 'active' and m.functions && '{referent,doctor,team_lead}'
      and m.starts_on <= ${on} and (m.ends_on is null or m.ends_on >= ${on}) limit 1`.execute(tx)
  return rows[0]?.name
}
