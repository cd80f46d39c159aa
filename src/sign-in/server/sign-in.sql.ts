import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

export interface OpenSession {
  readonly handle: string
  readonly serviceName: string
  readonly method: 'psc' | 'passkey' | 'password_totp'
  readonly userAgent: string | null
  readonly network: string | null
  readonly openedAt: string
  readonly lastSeenAt: string
}

export async function sessionsOfActor(tx: Tx, now: Date): Promise<readonly OpenSession[]> {
  return (
    await sql<OpenSession>`select handle, service_name as "serviceName", method, user_agent as "userAgent", network, created_at as "openedAt", last_seen_at as "lastSeenAt"
      from platform.my_sessions(${now})`.execute(tx)
  ).rows
}

/** Ends one session of the actor, or all but one. */
export async function endSessionsOfActor(tx: Tx, only: string | null, but: string | null, reason: string): Promise<number> {
  return (await sql<{ ended: number }>`select platform.end_my_sessions(${only}, ${but}, ${reason}) as ended`.execute(tx)).rows[0]?.ended ?? 0
}

/** The e-mail of an active account; undefined where there is none. */
export async function emailOfAccount(tx: Tx, userId: string): Promise<string | null | undefined> {
  return (await sql<{ email: string | null }>`select email from territory.user_account where id = ${userId} and status = 'active'`.execute(tx)).rows[0]?.email
}

export interface NewInvitation {
  readonly id: string
  readonly userId: string
  readonly secretHash: string
  readonly replaces: boolean
  readonly by: string
  readonly now: Date
  readonly expiresAt: Date
}

/** One live invitation per account: the former ones are cancelled. */
export async function insertInvitation(tx: Tx, { id, userId, secretHash, replaces, by, now, expiresAt }: NewInvitation): Promise<void> {
  await sql`update sign_in.invitation set cancelled_at = ${now} where user_id = ${userId} and used_at is null and cancelled_at is null`.execute(tx)
  await sql`insert into sign_in.invitation (id, user_id, secret_hash, replaces, created_by, created_at, expires_at)
    values (${id}, ${userId}, ${Buffer.from(secretHash, 'hex')}, ${replaces}, ${by}, ${now}, ${expiresAt})`.execute(tx)
}

/** True if it was live. */
export async function endInvitation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update sign_in.invitation set cancelled_at = ${now} where id = ${id} and used_at is null and cancelled_at is null returning id`.execute(tx)
  return rows.length > 0
}

export interface Means {
  readonly passkeys: readonly { readonly name: string; readonly createdAt: string; readonly lastUsedAt: string | null }[]
  readonly password: { readonly identifier: string; readonly createdAt: string; readonly lastUsedAt: string | null } | null
  readonly invitation: { readonly id: string; readonly createdAt: string; readonly expiresAt: string } | null
}

export async function meansOf(tx: Tx, userId: string, now: Date): Promise<Means> {
  const passkeys = await sql<Means['passkeys'][number]>`select name, created_at as "createdAt", last_used_at as "lastUsedAt" from sign_in.passkey
    where user_id = ${userId} and revoked_at is null order by created_at`.execute(tx)
  const password = await sql<NonNullable<Means['password']>>`select identifier, created_at as "createdAt", last_used_at as "lastUsedAt" from sign_in.password
    where user_id = ${userId} and revoked_at is null`.execute(tx)
  const invitation = await sql<NonNullable<Means['invitation']>>`select id, created_at as "createdAt", expires_at as "expiresAt" from sign_in.invitation
    where user_id = ${userId} and used_at is null and cancelled_at is null and expires_at > ${now} order by created_at desc limit 1`.execute(tx)
  return { passkeys: passkeys.rows, password: password.rows[0] ?? null, invitation: invitation.rows[0] ?? null }
}

/** Takes away every means of a user, and her invitations. Gives how many means. */
export async function revokeMeansOf(tx: Tx, userId: string, by: string, now: Date): Promise<number> {
  const passkeys =
    await sql`update sign_in.passkey set revoked_at = ${now}, revoked_by = ${by} where user_id = ${userId} and revoked_at is null returning id`.execute(tx)
  const passwords =
    await sql`update sign_in.password set revoked_at = ${now}, revoked_by = ${by} where user_id = ${userId} and revoked_at is null returning user_id`.execute(
      tx,
    )
  await sql`update sign_in.invitation set cancelled_at = ${now} where user_id = ${userId} and used_at is null and cancelled_at is null`.execute(tx)
  return passkeys.rows.length + passwords.rows.length
}

/** Ends the sessions that a user opened otherwise than by Pro Santé Connect; for the regional administrator. */
export async function endLocalSessions(tx: Tx, userId: string): Promise<number> {
  return (await sql<{ ended: number }>`select territory.end_sessions(${userId}, null, 'means_revoked') as ended`.execute(tx)).rows[0]?.ended ?? 0
}

export async function accountsWithMeans(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct user_id)::int as n from (
    select user_id from sign_in.passkey where revoked_at is null union all select user_id from sign_in.password where revoked_at is null) held`.execute(tx)
  return rows[0]?.n ?? 0
}

export interface AlertLine {
  readonly id: string
  readonly name: string
  readonly serviceName: string | null
  readonly files: number
  readonly minutes: number
  readonly raisedAt: string
  readonly closedUntil: string | null
  readonly reviewedAt: string | null
  readonly reviewedBy: string | null
  readonly comment: string | null
}

const closedUntil = (now: Date) => sql`case when a.blocks_until > ${now} then a.blocks_until end`

export async function listAlerts(tx: Tx, open: boolean, now: Date): Promise<readonly AlertLine[]> {
  return (
    await sql<AlertLine>`select a.id, u.given_name || ' ' || u.family_name as name, s.name as "serviceName", a.files, a.minutes, a.raised_at as "raisedAt",
        ${closedUntil(now)} as "closedUntil", a.reviewed_at as "reviewedAt", r.given_name || ' ' || r.family_name as "reviewedBy", a.comment
      from sign_in.opening_alert a join territory.user_account u on u.id = a.user_id left join territory.service s on s.id = a.service_id
      left join territory.user_account r on r.id = a.reviewed_by
      where ${open ? sql`a.reviewed_at is null` : sql`true`} order by a.raised_at desc limit 100`.execute(tx)
  ).rows
}

/** Undefined where the actor may see no such alert. */
export async function alertUser(tx: Tx, id: string): Promise<string | undefined> {
  return (await sql<{ userId: string }>`select user_id as "userId" from sign_in.opening_alert where id = ${id} for update`.execute(tx)).rows[0]?.userId
}

export async function reviewAlert(
  tx: Tx,
  { id, by, comment, reopen, now }: { readonly id: string; readonly by: string; readonly comment: string; readonly reopen: boolean; readonly now: Date },
): Promise<void> {
  await sql`update sign_in.opening_alert set reviewed_at = ${now}, reviewed_by = ${by}, comment = ${comment},
    blocks_until = case when ${reopen} then null else blocks_until end where id = ${id}`.execute(tx)
}
