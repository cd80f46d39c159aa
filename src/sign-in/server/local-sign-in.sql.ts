import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import { type SignInMethod, sessionHash } from '../../platform/server/sessions.ts'

export interface LiveInvitation {
  readonly id: string
  readonly userId: string
  readonly replaces: boolean
  readonly expiresAt: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly serviceName: string | null
}

/** The invitation that this secret opens now, or null: wrong, used, cancelled, expired, account closed. Locked until the end of the transaction. */
export async function liveInvitation(tx: Tx, id: string, secretHash: Buffer, now: Date): Promise<LiveInvitation | null> {
  const { rows } = await sql<LiveInvitation>`select i.id, i.user_id as "userId", i.replaces, i.expires_at as "expiresAt",
      u.given_name as "givenName", u.family_name as "familyName", u.email,
      (select s.name from territory.membership m join territory.service s on s.id = m.service_id
        where m.user_id = u.id and m.starts_on <= ${now}::date and (m.ends_on is null or m.ends_on >= ${now}::date) order by m.starts_on limit 1) as "serviceName"
    from sign_in.invitation i join territory.user_account u on u.id = i.user_id and u.status = 'active' and u.email is not null
    where i.id = ${id} and i.secret_hash = ${secretHash} and i.used_at is null and i.cancelled_at is null and i.expires_at > ${now} for update of i`.execute(tx)
  return rows[0] ?? null
}

/**
 * It has served. With `replaces`, everything that she had before is taken away, and with it the sessions opened otherwise than by Pro Santé
 * Connect: whoever held a lost key or a known password is out. Gives how many sessions ended.
 */
export async function useInvitation(tx: Tx, { id, userId, replaces }: LiveInvitation, used: 'passkey' | 'password_totp', now: Date): Promise<number> {
  await sql`update sign_in.invitation set used_at = ${now}, used_for = ${used} where id = ${id}`.execute(tx)
  if (!replaces) return 0
  await sql`update sign_in.passkey set revoked_at = ${now} where user_id = ${userId} and revoked_at is null`.execute(tx)
  await sql`update sign_in.password set revoked_at = ${now} where user_id = ${userId} and revoked_at is null`.execute(tx)
  const { rows } = await sql`update platform.session set ended_at = ${now}, end_reason = 'means_replaced'
    where user_id = ${userId} and method <> 'psc' and ended_at is null returning handle`.execute(tx)
  return rows.length
}

export interface Ceremony {
  readonly id: string
  readonly kind: 'enrol' | 'sign_in' | 'confirm'
  readonly userId: string | null
  readonly invitationId: string | null
  readonly sessionHandle: string | null
  readonly challenge: string
  readonly totpSealed: Buffer | null
}

export async function insertCeremony(tx: Tx, ceremony: Ceremony, expiresAt: Date): Promise<void> {
  await sql`insert into sign_in.ceremony (id, kind, user_id, invitation_id, session_handle, challenge, totp_sealed, expires_at)
    values (${ceremony.id}, ${ceremony.kind}, ${ceremony.userId}, ${ceremony.invitationId}, ${ceremony.sessionHandle}, ${ceremony.challenge}, ${ceremony.totpSealed}, ${expiresAt})`.execute(
    tx,
  )
}

/** Takes a ceremony: it serves once, whatever comes of it. Null when unknown, late or taken. */
export async function takeCeremony(tx: Tx, id: string, now: Date): Promise<Ceremony | null> {
  const { rows } = await sql<Ceremony>`update sign_in.ceremony set used_at = ${now} where id = ${id} and used_at is null and expires_at > ${now}
    returning id, kind, user_id as "userId", invitation_id as "invitationId", session_handle as "sessionHandle", challenge, totp_sealed as "totpSealed"`.execute(
    tx,
  )
  return rows[0] ?? null
}

export interface StoredPasskey {
  readonly id: string
  readonly userId: string
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
}

export async function insertPasskey(
  tx: Tx,
  passkey: StoredPasskey & { readonly name: string; readonly backedUp: boolean; readonly invitationId: string; readonly now: Date },
): Promise<void> {
  await sql`insert into sign_in.passkey (id, user_id, credential_id, public_key, counter, transports, name, backed_up, invitation_id, created_at)
    values (${passkey.id}, ${passkey.userId}, ${passkey.credentialId}, ${passkey.publicKey}, ${passkey.counter}, ${passkey.transports}::text[], ${passkey.name}, ${passkey.backedUp}, ${passkey.invitationId}, ${passkey.now})`.execute(
    tx,
  )
}

/** A live passkey of a live account, or null. */
export async function passkeyById(tx: Tx, credentialId: string): Promise<StoredPasskey | null> {
  const { rows } =
    await sql<StoredPasskey>`select p.id, p.user_id as "userId", p.credential_id as "credentialId", p.public_key as "publicKey", p.counter, p.transports
    from sign_in.passkey p join territory.user_account u on u.id = p.user_id and u.status = 'active'
    where p.credential_id = ${credentialId} and p.revoked_at is null for update of p`.execute(tx)
  return rows[0] ?? null
}

export async function passkeyServed(tx: Tx, id: string, counter: number, now: Date): Promise<void> {
  await sql`update sign_in.passkey set counter = ${counter}, last_used_at = ${now} where id = ${id}`.execute(tx)
}

export interface StoredPassword {
  readonly userId: string
  readonly hash: string
  readonly totpSealed: Buffer
  readonly totpStep: number
}

/** False when the identifier belongs to somebody else. */
export async function keepPassword(
  tx: Tx,
  given: StoredPassword & { readonly identifier: string; readonly invitationId: string; readonly now: Date },
): Promise<boolean> {
  const taken = await sql`select from sign_in.password where identifier = ${given.identifier} and user_id <> ${given.userId}`.execute(tx)
  if (taken.rows.length > 0) return false
  await sql`insert into sign_in.password (user_id, identifier, hash, totp_sealed, totp_step, invitation_id, created_at)
    values (${given.userId}, ${given.identifier}, ${given.hash}, ${given.totpSealed}, ${given.totpStep}, ${given.invitationId}, ${given.now})
    on conflict (user_id) do update set identifier = excluded.identifier, hash = excluded.hash, totp_sealed = excluded.totp_sealed, totp_step = excluded.totp_step,
      invitation_id = excluded.invitation_id, created_at = excluded.created_at, last_used_at = null, revoked_at = null, revoked_by = null`.execute(tx)
  return true
}

export async function passwordOf(tx: Tx, where: { readonly identifier: string } | { readonly userId: string }): Promise<StoredPassword | null> {
  const { rows } = await sql<StoredPassword>`select p.user_id as "userId", p.hash, p.totp_sealed as "totpSealed", p.totp_step as "totpStep"
    from sign_in.password p join territory.user_account u on u.id = p.user_id and u.status = 'active'
    where ${'userId' in where ? sql`p.user_id = ${where.userId}` : sql`p.identifier = ${where.identifier}`} and p.revoked_at is null`.execute(tx)
  return rows[0] ?? null
}

/** Takes the step of a code; false if another try of the same moment took it: a code serves once. */
export async function takeStep(tx: Tx, userId: string, step: number, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update sign_in.password set totp_step = ${step}, last_used_at = ${now} where user_id = ${userId} and totp_step < ${step} returning user_id`.execute(
      tx,
    )
  return rows.length > 0
}

/** Refused tries since an instant, by account and by address. Tries on one account follow one another until the end of the transaction. */
export async function refusedTries(tx: Tx, account: Buffer, address: Buffer, since: Date): Promise<{ account: number; address: number }> {
  await sql`select pg_advisory_xact_lock(hashtext(${account.toString('hex')}))`.execute(tx)
  const { rows } = await sql<{ account: number; address: number }>`select
    (select count(*)::int from sign_in.attempt a where a.account_key = ${account} and a.refused and a.at > ${since}
      and a.id > coalesce((select max(b.id) from sign_in.attempt b where b.account_key = ${account} and not b.refused), 0)) as account,
    (select count(*)::int from sign_in.attempt where address_key = ${address} and refused and at > ${since}) as address`.execute(tx)
  return rows[0] ?? { account: 0, address: 0 }
}

/** Gives the number of the try, to say afterwards that it passed. Old ones go away. */
export async function noteTry(tx: Tx, account: Buffer, address: Buffer, now: Date): Promise<number> {
  await sql`delete from sign_in.attempt where at < ${now}::timestamptz - interval '1 day'`.execute(tx)
  await sql`delete from sign_in.ceremony where expires_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
  const { rows } = await sql<{
    id: number
  }>`insert into sign_in.attempt (account_key, address_key, at, refused) values (${account}, ${address}, ${now}, true) returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

export async function tryPassed(tx: Tx, id: number): Promise<void> {
  await sql`update sign_in.attempt set refused = false where id = ${id}`.execute(tx)
}

export interface OpenMembership {
  readonly id: string
  readonly serviceName: string
  readonly jobTitle: string | null
}

/** Where she works on a day, if her account is open. */
export async function membershipsOn(tx: Tx, userId: string, today: string): Promise<readonly OpenMembership[]> {
  return (
    await sql<OpenMembership>`select m.id, s.name as "serviceName", m.job_title as "jobTitle" from territory.membership m
      join territory.user_account u on u.id = m.user_id and u.status = 'active'
      join territory.service s on s.id = m.service_id and (s.ends_on is null or s.ends_on >= ${today}::date)
      where m.user_id = ${userId} and m.starts_on <= ${today}::date and (m.ends_on is null or m.ends_on >= ${today}::date) order by m.starts_on, m.id`.execute(
      tx,
    )
  ).rows
}

/** Regional administrators, who are told of a locked account. */
export async function regionalAdmins(tx: Tx, today: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`select distinct m.user_id as id from territory.membership m join territory.user_account u on u.id = m.user_id and u.status = 'active'
    where 'regional_admin' = any (m.functions) and m.starts_on <= ${today}::date and (m.ends_on is null or m.ends_on >= ${today}::date)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whose choice of situation waits under this identifier. */
export async function choosing(tx: Tx, token: string): Promise<{ userId: string; method: SignInMethod }> {
  const { rows } = await sql<{
    userId: string
    method: SignInMethod
  }>`select user_id as "userId", method from platform.session where id_hash = ${sessionHash(token)}`.execute(tx)
  if (rows[0] === undefined) throw new Error('the choice went away')
  return rows[0]
}
