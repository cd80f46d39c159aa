import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { asSystem, type Database } from './db.ts'

/** The identifier as the browser holds it: 256 bits, base64url. Only its hash is stored. */
export interface NewSession {
  readonly token: string
  readonly expiresAt: Date
}

/** How she proved who she is. */
export type SignInMethod = 'psc' | 'passkey' | 'password_totp'

export interface Opening {
  readonly userId: string
  /** null until she has chosen her situation, when she has several. */
  readonly membershipId: string | null
  readonly method?: SignInMethod
  readonly identity?: Readonly<Record<string, unknown>>
  readonly userAgent?: string | undefined
  /** Address of the browser; kept without its last part. */
  readonly address?: string | undefined
  /** The session and the subject at the identity provider, for the logout that it announces. */
  readonly provider?: { readonly session: string | null; readonly subject: string } | undefined
  readonly now: Date
  /** When she proved who she is: now unless said; null where the identity provider does not say, and then it proves nothing recent. */
  readonly provedAt?: Date | null | undefined
  /** Bounds it whatever she does; the region's own limit (setting session.limits) bounds it besides. */
  readonly absoluteMinutes: number
}

export function sessionHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The longest that a session may be given, whatever the region says. */
export const longestSessionMinutes = 1440

/** Opens a session for a user: always a new identifier, never one that the browser brought. */
export async function openSession(db: Database, opening: Opening): Promise<NewSession> {
  const { userId, membershipId, now } = opening
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + opening.absoluteMinutes * 60_000)
  // A user keeps hers from session to session: what her browser sealed before a session was lost opens again at the next login, and only then.
  const fresh = randomBytes(32).toString('base64url')
  const draftSecret =
    membershipId === null
      ? fresh
      : sql`coalesce((select former.draft_secret from platform.session former
          where former.user_id = ${userId} and former.membership_id is not null order by former.created_at desc limit 1), ${fresh})`
  await asSystem(db, 'open a session', (tx) =>
    sql`insert into platform.session (id_hash, user_id, membership_id, draft_secret, identity, user_agent, created_at, last_seen_at, expires_at,
        authenticated_at, method, network, provider_session, provider_subject)
      values (${sessionHash(token)}, ${userId}, ${membershipId}, ${draftSecret}, ${JSON.stringify(opening.identity ?? {})}::jsonb, ${opening.userAgent?.slice(0, 200) ?? null},
        ${now}, ${now}, ${expiresAt}, ${proofInstant(opening.provedAt, now)}, ${opening.method ?? 'psc'}, ${networkOf(opening.address)}, ${opening.provider?.session ?? null}, ${subjectHash(opening.provider?.subject)})`.execute(
      tx,
    ),
  )
  return { token, expiresAt }
}

/** A proof is never of later than now, whatever another clock says. */
function proofInstant(provedAt: Date | null | undefined, now: Date): Date | null {
  if (provedAt === undefined || provedAt === null) return provedAt === null ? null : now
  return provedAt < now ? provedAt : now
}

/** The subject at the identity provider, as it is kept. */
export function subjectHash(subject: string | undefined): Buffer | null {
  return subject === undefined ? null : createHash('sha256').update(`provider subject\0${subject}`).digest()
}

/** An address without what tells one device of a network from another: three numbers of IPv4, the first 48 bits of IPv6. */
export function networkOf(address: string | undefined): string | null {
  if (address === undefined) return null
  const plain = address.replace(/^::ffff:/i, '')
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return `${plain.split('.').slice(0, 3).join('.')}.x`
  const groups = plain.split('::')[0]?.split(':').slice(0, 3) ?? []
  return plain.includes(':') ? `${groups.join(':') || ':'}::x` : null
}

/**
 * Ends a session on the server: the cookie is worth nothing from the next request on. Gives what it kept of the identity, or null if
 * it had already ended: of two calls at the same moment, one only receives it.
 */
export async function endSession(db: Database, token: string, reason: string, now: Date): Promise<Readonly<Record<string, unknown>> | null> {
  return asSystem(db, 'end a session', async (tx) => {
    const { rows } = await sql<{ identity: Readonly<Record<string, unknown>> }>`
      with live as (select id_hash, identity from platform.session where id_hash = ${sessionHash(token)} and ended_at is null for update)
      update platform.session as s set ended_at = ${now}, end_reason = ${reason}, identity = live.identity - 'idToken' - 'arrival' - 'refresh'
      from live where s.id_hash = live.id_hash returning live.identity`.execute(tx)
    return rows[0]?.identity ?? null
  })
}

/**
 * She has just proved again who she is: the session takes that hour and a new identifier. The former one serves some seconds more, for requests
 * already on their way, and proves no more than it did. The session stays what it was opened as: a proof of the other kind (Pro Santé Connect or
 * local) renews nothing. Gives the new identifier, or null if the session had ended or is of the other kind.
 */
export async function renewSession(
  db: Database,
  token: string,
  { now, method, provedAt }: { readonly now: Date; readonly method: SignInMethod; readonly provedAt?: Date | undefined },
): Promise<string | null> {
  const next = randomBytes(32).toString('base64url')
  return asSystem(db, 'renew a session', async (tx) => {
    const { rows } = await sql`update platform.session set id_hash = ${sessionHash(next)}, former_hash = id_hash, rotated_at = ${now},
        former_authenticated_at = authenticated_at, authenticated_at = ${proofInstant(provedAt, now)}, last_seen_at = ${now}
        where id_hash = ${sessionHash(token)} and ended_at is null and expires_at > ${now} and (method = 'psc') = ${method === 'psc'} returning handle`.execute(
      tx,
    )
    return rows.length === 0 ? null : next
  })
}

/** Ends what an identity provider says is over: one session of its own, or all of a subject. Gives how many ended. */
export async function endProviderSessions(
  db: Database,
  { session, subject, now }: { readonly session: string | null; readonly subject: string | null; readonly now: Date },
): Promise<number> {
  if (session === null && subject === null) return 0
  return asSystem(db, 'the identity provider announces a logout', async (tx) => {
    const { rows } =
      await sql`update platform.session set ended_at = ${now}, end_reason = 'provider_logout', identity = identity - 'idToken' - 'arrival' - 'refresh'
      where ended_at is null and method = 'psc' and ${
        session === null ? sql`provider_subject = ${subjectHash(subject ?? '')}` : sql`provider_session = ${session}`
      } and (${subject}::text is null or provider_subject = ${subjectHash(subject ?? '')}) returning handle`.execute(tx)
    return rows.length
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

/** What the login left in a live session (identity, tokens), or null. */
export async function sessionIdentity(db: Database, token: string): Promise<Readonly<Record<string, unknown>> | null> {
  return asSystem(db, 'who logged in here', async (tx) => {
    const { rows } = await sql<{ identity: Readonly<Record<string, unknown>> }>`select identity from platform.session
      where id_hash = ${sessionHash(token)} and ended_at is null`.execute(tx)
    return rows[0]?.identity ?? null
  })
}

/** Remembers that the session lives; called at most once a minute per session. */
export async function touchSession(db: Database, handle: string, now: Date): Promise<void> {
  await asSystem(db, 'a session was used', (tx) =>
    sql`update platform.session set last_seen_at = ${now} where handle = ${handle} and ended_at is null`.execute(tx),
  )
}
