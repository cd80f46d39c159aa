import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface AccessRow {
  readonly userId: string | null
  readonly userName: string | null
  readonly profession: string | null
  readonly service: string | null
  readonly day: string
  readonly times: number
  readonly firstAt: string
  readonly lastAt: string
  readonly names: readonly string[]
  readonly exported: number
  readonly refused: number
  readonly bases: readonly string[]
}

/** Who opened her file since that day: one row per reader, service and day, the last first. Nothing for whoever may not read the list. */
export async function selectAccesses(tx: Tx, personId: PersonId, since: string, timeZone: string): Promise<readonly AccessRow[]> {
  return (
    await sql<AccessRow>`select user_id as "userId", user_name as "userName", profession, service_name as service, day, times, first_at as "firstAt", last_at as "lastAt",
        names, exported, refused, bases
      from privacy.accesses_of(${personId}, ${since}::date::timestamp at time zone ${timeZone}, ${timeZone})`.execute(tx)
  ).rows
}

export interface AccessLineRow {
  readonly at: string
  readonly name: string
  readonly manner: string
  readonly outcome: string
  readonly basis: string
  readonly volets: readonly string[]
}

/** What one reader opened on one day, in the order of the clock. */
export async function selectAccessLines(tx: Tx, personId: PersonId, reader: string | null, day: string, timeZone: string): Promise<readonly AccessLineRow[]> {
  return (
    await sql<AccessLineRow>`select at, name, manner, outcome, basis, volets from privacy.access_lines_of(${personId}, ${reader}::uuid,
      ${day}::date::timestamp at time zone ${timeZone}, (${day}::date + 1)::timestamp at time zone ${timeZone})`.execute(tx)
  ).rows
}
