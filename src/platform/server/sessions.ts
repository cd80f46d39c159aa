import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { asSystem, type Database } from './db.ts'

/** The identifier as the browser holds it: 256 bits, base64url. Only its hash is stored. */
export interface NewSession {
  readonly token: string
  readonly expiresAt: Date
}

export function sessionHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Opens a session for a user. `membershipId` is null until she has chosen her situation, when she has several.
 * `absoluteMinutes` bounds it whatever she does.
 */
export async function openSession(
  db: Database,
  {
    userId,
    membershipId,
    identity,
    userAgent,
    now,
    absoluteMinutes,
  }: {
    userId: string
    membershipId: string | null
    identity?: Readonly<Record<string, unknown>>
    userAgent?: string | undefined
    now: Date
    absoluteMinutes: number
  },
): Promise<NewSession> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + absoluteMinutes * 60_000)
  // A user keeps hers from session to session: what her browser sealed before a session was lost opens again at the next login, and only then.
  const fresh = randomBytes(32).toString('base64url')
  const draftSecret =
    membershipId === null
      ? fresh
      : sql`coalesce((select former.draft_secret from platform.session former
          where former.user_id = ${userId} and former.membership_id is not null order by former.created_at desc limit 1), ${fresh})`
  await asSystem(db, 'open a session', (tx) =>
    sql`insert into platform.session (id_hash, user_id, membership_id, draft_secret, identity, user_agent, created_at, last_seen_at, expires_at)
      values (${sessionHash(token)}, ${userId}, ${membershipId}, ${draftSecret}, ${JSON.stringify(identity ?? {})}::jsonb, ${userAgent?.slice(0, 200) ?? null}, ${now}, ${now}, ${expiresAt})`.execute(
      tx,
    ),
  )
  return { token, expiresAt }
}

/**
 * Ends a session on the server: the cookie is worth nothing from the next request on. Gives what it kept of the identity, or null if
 * it had already ended: of two calls at the same moment, one only receives it.
 */
export async function endSession(db: Database, token: string, reason: string, now: Date): Promise<Readonly<Record<string, unknown>> | null> {
  return asSystem(db, 'end a session', async (tx) => {
    const { rows } = await sql<{ identity: Readonly<Record<string, unknown>> }>`
      with live as (select id_hash, identity from platform.session where id_hash = ${sessionHash(token)} and ended_at is null for update)
      update platform.session as s set ended_at = ${now}, end_reason = ${reason}, identity = live.identity - 'idToken' - 'arrival'
      from live where s.id_hash = live.id_hash returning live.identity`.execute(tx)
    return rows[0]?.identity ?? null
  })
}

/** What a session whose situation is still to be chosen keeps of the login, or null: unknown, ended, expired, or already in a situation. */
export async function awaitingChoice(db: Database, token: string, now: Date): Promise<Readonly<Record<string, unknown>> | null> {
  return asSystem(db, 'choose a situation', async (tx) => {
    const { rows } = await sql<{ identity: Readonly<Record<string, unknown>> }>`select identity from platform.session
      where id_hash = ${sessionHash(token)} and membership_id is null and ended_at is null and expires_at > ${now}`.execute(tx)
    return rows[0]?.identity ?? null
  })
}

/** Remembers that the session lives; called at most once a minute per session. */
export async function touchSession(db: Database, token: string, now: Date): Promise<void> {
  await asSystem(db, 'a session was used', (tx) =>
    sql`update platform.session set last_seen_at = ${now} where id_hash = ${sessionHash(token)} and ended_at is null`.execute(tx),
  )
}
