import { sql } from 'kysely'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** Days or hours during which somebody is away from her service; `endsAt` is exclusive. */
export interface Absence {
  readonly id: string
  readonly userId: UserId
  readonly serviceId: ServiceId
  readonly startsAt: string
  readonly endsAt: string
  readonly wholeDays: boolean
  readonly substituteId: UserId | null
}

export async function insertAbsence(tx: Tx, absence: Absence, by: UserId, at: Date): Promise<void> {
  await sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, whole_days, substitute_id, recorded_by, recorded_at)
    values (${absence.id}, ${absence.userId}, ${absence.serviceId}, ${absence.startsAt}, ${absence.endsAt}, ${absence.wholeDays}, ${absence.substituteId}, ${by}, ${at})`.execute(
    tx,
  )
}

/** An absence of the actor's service that still stands, or undefined. */
export async function findAbsence(tx: Tx, id: string): Promise<Absence | undefined> {
  return (
    await sql<Absence>`select id, user_id as "userId", service_id as "serviceId", starts_at as "startsAt", ends_at as "endsAt", whole_days as "wholeDays", substitute_id as "substituteId"
      from territory.absence where id = ${id} and cancelled_at is null`.execute(tx)
  ).rows[0]
}

export async function endAbsence(tx: Tx, id: string, by: UserId, at: Date): Promise<void> {
  await sql`update territory.absence set cancelled_at = ${at}, cancelled_by = ${by} where id = ${id} and cancelled_at is null`.execute(tx)
}

/** Those among some users who are away at an instant, until when, and who stands in. */
export async function selectAway(
  tx: Tx,
  userIds: readonly UserId[],
  at: Date,
): Promise<readonly { readonly userId: UserId; readonly until: string; readonly substituteId: UserId | null }[]> {
  return (
    await sql<{
      userId: UserId
      until: string
      substituteId: UserId | null
    }>`select u.id as "userId", max(a.ends_at) as until, territory.substitute(u.id, ${at}) as "substituteId"
      from unnest(${`{${userIds.join(',')}}`}::uuid[]) u(id) join territory.absence a on a.user_id = u.id and a.cancelled_at is null and a.starts_at <= ${at} and a.ends_at > ${at}
      group by u.id`.execute(tx)
  ).rows
}

export async function readAbsent(tx: Tx, userId: UserId, at: Date): Promise<boolean> {
  return (await sql<{ absent: boolean }>`select territory.absent(${userId}::uuid, ${at}) as absent`.execute(tx)).rows[0]?.absent === true
}
