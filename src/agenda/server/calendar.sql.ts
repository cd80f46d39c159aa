import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PartyId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AppointmentId } from '../contract/appointment.ts'
import type { FeedId, feeds } from '../contract/calendars.ts'

export async function insertFeed(
  tx: Tx,
  feed: {
    readonly id: FeedId
    readonly userId: UserId
    readonly serviceId: ServiceId | null
    readonly hash: string
    readonly label: string
    readonly detail: string
  },
  at: Date,
): Promise<void> {
  await sql`insert into agenda.feed (id, user_id, service_id, secret_hash, label, detail, created_at)
    values (${feed.id}, ${feed.userId}, ${feed.serviceId}, decode(${feed.hash}, 'hex'), ${feed.label}, ${feed.detail}, ${at})`.execute(tx)
}

/** False when it is not hers, or closed already. */
export async function endFeed(tx: Tx, id: FeedId, at: Date): Promise<boolean> {
  return (await sql`update agenda.feed set revoked_at = ${at} where id = ${id} and revoked_at is null returning id`.execute(tx)).rows.length === 1
}

export async function listFeeds(tx: Tx): Promise<OutputOf<typeof feeds>['rows']> {
  return (
    await sql<
      OutputOf<typeof feeds>['rows'][number]
    >`select id, label, detail, created_at as "createdAt", last_read_at as "lastReadAt" from agenda.feed where revoked_at is null order by created_at`.execute(
      tx,
    )
  ).rows
}

export interface FeedReader {
  readonly userId: UserId
  readonly serviceId: ServiceId
  readonly professionalId: PartyId | null
  readonly detail: 'minimal' | 'kind'
}

/** Whose calendar an address is, while it stands, her account is open and she still works in that service; and that it was read. As the system. */
export async function readerOfFeed(tx: Tx, hash: string, at: Date, today: string): Promise<FeedReader | undefined> {
  return (
    await sql<FeedReader>`update agenda.feed f set last_read_at = ${at} from territory.user_account u
      where f.secret_hash = decode(${hash}, 'hex') and f.revoked_at is null and u.id = f.user_id and u.status = 'active'
        and exists (select from territory.membership m where m.user_id = u.id and m.service_id = f.service_id and m.starts_on <= ${today} and (m.ends_on is null or m.ends_on >= ${today}))
      returning f.user_id as "userId", f.service_id as "serviceId", u.professional_id as "professionalId", f.detail`.execute(tx)
  ).rows[0]
}

export interface FeedRow {
  readonly uid: string
  readonly sequence: number
  /** Null once she may no longer read the appointment: only its hours are hers. */
  readonly kind: string | null
  readonly startsLocal: string
  readonly minutes: number
  readonly allDay: boolean
  readonly timeZone: string
  readonly rule: string | null
  readonly changedAt: string
  readonly times: readonly {
    readonly recurrenceAt: string
    readonly startsAt: string
    readonly endsAt: string
    readonly cancelled: boolean
    readonly moved: boolean
  }[]
}

export async function selectFeed(tx: Tx, since: Date): Promise<readonly FeedRow[]> {
  return (
    await sql<FeedRow>`select uid, sequence, kind, to_char(starts_local, 'YYYY-MM-DD"T"HH24:MI') as "startsLocal", minutes, all_day as "allDay", time_zone as "timeZone", rule,
      changed_at as "changedAt", times from agenda.feed_content(${since})`.execute(tx)
  ).rows
}

/** What this user brought in and that still stands, to come. */
export async function listImported(tx: Tx, organizerId: UserId, after: Date): Promise<readonly { readonly id: AppointmentId; readonly uid: string }[]> {
  return (
    await sql<{
      id: AppointmentId
      uid: string
    }>`select a.id, a.uid from agenda.appointment a where a.organizer_id = ${organizerId} and a.imported and a.uid not like 'link:%' and a.state = 'booked'
      and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.state = 'booked' and o.ends_at > ${after})`.execute(tx)
  ).rows
}

/** Takes back every time of an appointment, so that those of its new form are put in their place. */
export async function clearOccurrences(tx: Tx, appointmentId: AppointmentId): Promise<void> {
  await sql`delete from agenda.occurrence where appointment_id = ${appointmentId} and state in ('booked', 'cancelled')`.execute(tx)
}
