import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import { newId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NoticePace, NoticeWay, PushTarget, QuietHours } from '../contract/notice.ts'
import type { myNotices } from '../contract/queries.ts'

export interface WaysOf extends QuietHours {
  readonly userId: UserId
  readonly email: boolean
  readonly sms: boolean
  readonly push: boolean
  readonly pace: NoticePace
}

export async function waysOf(tx: Tx, users: readonly string[]): Promise<readonly WaysOf[]> {
  return (
    await sql<WaysOf>`select user_id as "userId", email, sms, push, pace, quiet_from as "quietFrom", quiet_until as "quietUntil" from liaison.ways_of(${[...users]}::uuid[])`.execute(
      tx,
    )
  ).rows
}

export interface NoticeToLeave {
  readonly userId: UserId
  readonly way: NoticeWay
  readonly cause: string
  readonly causeId: string
  readonly rank: number
  readonly createdAt: Date
  readonly sendAfter: Date
}

/** Left once for a user, a way, a cause and a rank: what was left already stays as it is. */
export async function insertNotice(tx: Tx, notice: NoticeToLeave): Promise<void> {
  await sql`insert into liaison.notice (id, user_id, way, cause, cause_id, rank, created_at, send_after)
    values (${newId()}, ${notice.userId}, ${notice.way}, ${notice.cause}, ${notice.causeId}, ${notice.rank}, ${notice.createdAt}, ${notice.sendAfter}) on conflict do nothing`.execute(
    tx,
  )
}

/**
 * Gathers what is due into one sending for each user and way, and leaves aside what need not be told any more: an alert taken or settled, an opinion
 * already given, what was told anew since (the last change of an hour), what waited three days, whatever was for an account closed since. Runs as the system; two at once share the work. Gives the sendings made.
 */
export async function gatherDue(tx: Tx, now: Date): Promise<number> {
  await sql`update liaison.notice n set state = case when n.send_after < ${now}::timestamptz - interval '3 days' then 'expired' else 'needless' end
    where n.state = 'waiting' and n.send_after <= ${now} and (n.send_after < ${now}::timestamptz - interval '3 days'
      or exists (select 1 from territory.user_account u where u.id = n.user_id and u.status <> 'active')
      or exists (select 1 from liaison.notice later where later.user_id = n.user_id and later.way = n.way and later.cause = n.cause and later.cause_id = n.cause_id
        and later.rank > n.rank and later.state = 'waiting')
      or (n.cause = 'liaison.alert' and not exists (select 1 from liaison.alert a where a.id = n.cause_id and a.state = 'to_take'))
      or (n.cause = 'liaison.opinion' and exists (select 1 from liaison.note r where r.root_id = n.cause_id and r.relation = 'reply')))`.execute(tx)
  await sql`update liaison.sending s set state = 'expired', answer = 'account closed' from territory.user_account u
    where s.state = 'to_send' and s.next_attempt_at <= ${now} and u.id = s.user_id and u.status <> 'active'`.execute(tx)
  const { rows } = await sql`with due as materialized (
      select n.id, n.user_id, n.way from liaison.notice n where n.state = 'waiting' and n.send_after <= ${now} order by n.send_after limit 2000 for update skip locked),
    sendings as materialized (select gen_random_uuid() as id, d.user_id, d.way, count(*)::int as count from due d group by d.user_id, d.way),
    made as (insert into liaison.sending (id, user_id, way, count, created_at, next_attempt_at) select id, user_id, way, count, ${now}, ${now} from sendings returning id)
    update liaison.notice n set state = 'gathered', sending_id = s.id from due d join sendings s on s.user_id = d.user_id and s.way = d.way where n.id = d.id
      and (select count(*) from made) > 0 returning n.id`.execute(tx)
  return rows.length
}

export interface DueSending {
  readonly id: string
  readonly userId: UserId
  readonly way: NoticeWay
  readonly count: number
  readonly attempts: number
  readonly createdAt: string
  readonly email: string | null
  readonly phone: string | null
  readonly devices: readonly PushTarget[]
}

/** The next sending to make to somebody whose account is open, held for the transaction: no other process takes it meanwhile, and it is free again if this one dies. */
export async function holdSending(tx: Tx, now: Date, ways: readonly NoticeWay[]): Promise<DueSending | undefined> {
  return (
    await sql<DueSending>`select s.id, s.user_id as "userId", s.way, s.count, s.attempts, s.created_at as "createdAt", u.email, u.phone,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'endpoint', d.endpoint, 'p256dh', d.p256dh, 'auth', d.auth)) from liaison.push_device d
        where d.user_id = s.user_id and d.ended_at is null), '[]') as devices
      from liaison.sending s join territory.user_account u on u.id = s.user_id and u.status = 'active'
      where s.state = 'to_send' and s.next_attempt_at <= ${now} and s.way = any (${[...ways]}::text[]) order by s.next_attempt_at limit 1 for update of s skip locked`.execute(
      tx,
    )
  ).rows[0]
}

export async function concludeSending(
  tx: Tx,
  id: string,
  end: { readonly state: 'sent' | 'refused' | 'expired' | 'to_send'; readonly at: Date; readonly answer: string | null; readonly nextAttemptAt?: Date },
): Promise<void> {
  await sql`update liaison.sending set state = ${end.state}, attempts = attempts + 1, sent_at = case when ${end.state} = 'sent' then ${end.at}::timestamptz end, answer = ${end.answer},
    next_attempt_at = ${end.nextAttemptAt ?? end.at} where id = ${id}`.execute(tx)
}

export async function endDevices(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await sql`update liaison.push_device set ended_at = ${at} where id = any (${[...ids]}::uuid[]) and ended_at is null`.execute(tx)
}

/** What its guest answered on the screen before it was told needs no telling. */
export async function dropNoticesOf(tx: Tx, cause: string, causeId: string): Promise<void> {
  await sql`update liaison.notice set state = 'needless' where cause = ${cause} and cause_id = ${causeId}::uuid and state = 'waiting'`.execute(tx)
}

/** Once nothing more can be asked of them: what was told, or need not be, 60 days ago. */
export async function forgetNotices(tx: Tx, now: Date): Promise<void> {
  await sql`delete from liaison.notice where state <> 'waiting' and created_at < ${now}::timestamptz - interval '60 days'`.execute(tx)
  await sql`delete from liaison.sending s where s.state <> 'to_send' and s.created_at < ${now}::timestamptz - interval '60 days' and not exists (select 1 from liaison.notice n where n.sending_id = s.id)`.execute(
    tx,
  )
}

export interface NoticeChoice {
  readonly email: boolean
  readonly sms: boolean
  readonly push: boolean
  readonly pace: NoticePace
  readonly quietFrom: number
  readonly quietUntil: number
}

/** Gives the new version; undefined when it changed since `baseVersion`. */
export async function writeChoice(tx: Tx, userId: UserId, baseVersion: number, choice: NoticeChoice, at: Date): Promise<number | undefined> {
  return (
    await sql<{ version: number }>`insert into liaison.notice_choice (user_id, email, sms, push, pace, quiet_from, quiet_until, updated_at)
      values (${userId}, ${choice.email}, ${choice.sms}, ${choice.push}, ${choice.pace}, ${choice.quietFrom}, ${choice.quietUntil}, ${at})
      on conflict (user_id) do update set email = excluded.email, sms = excluded.sms, push = excluded.push, pace = excluded.pace, quiet_from = excluded.quiet_from,
        quiet_until = excluded.quiet_until, updated_at = excluded.updated_at, version = notice_choice.version + 1 where notice_choice.version = ${baseVersion}
      returning version`.execute(tx)
  ).rows[0]?.version
}

export type MyNotices = Omit<OutputOf<typeof myNotices>, 'emailTo' | 'smsTo'> & { readonly address: string | null; readonly phone: string | null }

export async function selectMyNotices(tx: Tx, userId: UserId): Promise<MyNotices> {
  const { rows } =
    await sql<MyNotices>`select coalesce(c.version, 0) as version, coalesce(c.email, true) as email, coalesce(c.sms, false) as sms, coalesce(c.push, false) as push,
      coalesce(c.pace, 'at_once') as pace, coalesce(c.quiet_from, 1200)::int as "quietFrom", coalesce(c.quiet_until, 450)::int as "quietUntil", u.email as address, u.phone,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'label', d.label, 'addedAt', d.added_at) order by d.added_at) from liaison.push_device d
        where d.user_id = u.id and d.ended_at is null), '[]') as devices,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'way', s.way, 'count', s.count, 'at', coalesce(s.sent_at, s.created_at), 'state', s.state) order by s.created_at desc)
        from (select * from liaison.sending s where s.user_id = u.id order by s.created_at desc limit 10) s), '[]') as sendings
    from territory.user_account u left join liaison.notice_choice c on c.user_id = u.id where u.id = ${userId}`.execute(tx)
  return rows[0] as MyNotices
}

/** The same browser said again is the same device; on a shared computer, it is of whoever says it last. False when nothing could be written. */
export async function insertDevice(tx: Tx, device: PushTarget & { readonly userId: UserId; readonly label: string; readonly at: Date }): Promise<boolean> {
  await sql`select liaison.take_browser(${device.endpoint})`.execute(tx)
  const { rows } = await sql`with added as (insert into liaison.push_device (id, user_id, endpoint, p256dh, auth, label, added_at)
      values (${device.id}, ${device.userId}, ${device.endpoint}, ${device.p256dh}, ${device.auth}, ${device.label}, ${device.at}) on conflict do nothing returning id),
    again as (update liaison.push_device set p256dh = ${device.p256dh}, auth = ${device.auth}, ended_at = null
      where user_id = ${device.userId} and endpoint = ${device.endpoint} returning id)
    select id from added union all select id from again`.execute(tx)
  return rows.length > 0
}
