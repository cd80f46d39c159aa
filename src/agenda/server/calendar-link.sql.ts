import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PartyId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AppointmentId, OccurrenceId } from '../contract/appointment.ts'
import type { CalendarLinkId, CalendarLinkTarget, CalendarProvider, calendarLinks } from '../contract/calendar-links.ts'

/** Which calendars this installation can link, for the screen. As the system, at each start. */
export async function offerCalendars(tx: Tx, providers: readonly CalendarProvider[]): Promise<void> {
  await sql`insert into platform.setting (key, value) values ('calendar_providers', ${JSON.stringify(providers)}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now() where platform.setting.value is distinct from excluded.value`.execute(tx)
}

export async function insertCalendarLink(
  tx: Tx,
  link: {
    readonly id: CalendarLinkId
    readonly userId: UserId
    readonly serviceId: ServiceId
    readonly provider: CalendarProvider
    readonly detail: string
    readonly incoming: string
    readonly secrets: string
  },
  at: Date,
): Promise<void> {
  await sql`insert into agenda.calendar_link (id, user_id, service_id, provider, detail, incoming, secrets, next_at, opened_at)
    values (${link.id}, ${link.userId}, ${link.serviceId}, ${link.provider}, ${link.detail}, ${link.incoming}, decode(${link.secrets}, 'base64'), ${at}, ${at})`.execute(
    tx,
  )
}

export async function findCalendarLink(
  tx: Tx,
  id: CalendarLinkId,
): Promise<(CalendarLinkTarget & { readonly id: CalendarLinkId; readonly state: string }) | undefined> {
  return (
    await sql<
      CalendarLinkTarget & { id: CalendarLinkId; state: string }
    >`select id, user_id as "userId", state from agenda.calendar_link where id = ${id} and state <> 'closed'`.execute(tx)
  ).rows[0]
}

/** The links of one provider that a new one takes the place of. */
export async function closeLinksOf(tx: Tx, userId: UserId, provider: CalendarProvider, at: Date): Promise<void> {
  await sql`update agenda.calendar_link set state = 'closing', next_at = ${at}, attempts = 0 where user_id = ${userId} and provider = ${provider} and state in ('open', 'broken')`.execute(
    tx,
  )
}

export async function changeLink(tx: Tx, id: CalendarLinkId, to: { readonly detail: string; readonly incoming: string }, at: Date): Promise<void> {
  await sql`update agenda.calendar_link set detail = ${to.detail}, incoming = ${to.incoming}, next_at = ${at} where id = ${id}`.execute(tx)
}

/** What the moments that came in through a link are called there: « occupé » alone from now on. */
export async function forgetTitlesOfLink(tx: Tx, userId: UserId, linkId: CalendarLinkId): Promise<void> {
  await sql`update agenda.appointment set title = null where organizer_id = ${userId} and imported and title is not null and uid like ${`link:${linkId}:%`}`.execute(
    tx,
  )
}

export async function forgetTitle(tx: Tx, id: AppointmentId): Promise<void> {
  await sql`update agenda.appointment set title = null where id = ${id} and imported and title is not null`.execute(tx)
}

/** Of private moments, linked or brought in by a file, that are over since `before`: their titles say nothing useful any more. Gives how many. */
export async function forgetPastTitles(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql`update agenda.appointment a set title = null where a.imported and a.title is not null
    and not exists (select from agenda.occurrence o where o.appointment_id = a.id and o.ends_at > ${before}) returning a.id`.execute(tx)
  return rows.length
}

export async function beginClosing(tx: Tx, id: CalendarLinkId, at: Date): Promise<void> {
  await sql`update agenda.calendar_link set state = 'closing', next_at = ${at}, attempts = 0 where id = ${id} and state <> 'closed'`.execute(tx)
}

/** Jalon's hour goes back there (as a new event where theirs was deleted), or it is shown there no more. False when nothing differed. */
export async function settleCopy(tx: Tx, linkId: CalendarLinkId, occurrenceId: OccurrenceId, keep: 'jalon' | 'hide'): Promise<boolean> {
  const { rows } = await sql`update agenda.calendar_copy set state = ${keep === 'jalon' ? 'to_send' : 'hidden'}, sent_print = null,
      generation = generation + case when their_deletion then 1 else 0 end, outside_id = case when their_deletion then null else outside_id end,
      etag = case when their_deletion then null else etag end, tried = tried and not their_deletion, unheard = '{}',
      their_starts_at = null, their_ends_at = null, their_deletion = false, differs_since = null
    where link_id = ${linkId} and occurrence_id = ${occurrenceId} and state = 'differs' returning 1`.execute(tx)
  return rows.length === 1
}

export async function makeDue(tx: Tx, id: CalendarLinkId, at: Date): Promise<void> {
  await sql`update agenda.calendar_link set next_at = ${at} where id = ${id}`.execute(tx)
}

export async function selectCalendarLinks(tx: Tx): Promise<OutputOf<typeof calendarLinks>> {
  const { rows } = await sql<OutputOf<typeof calendarLinks>>`select
    coalesce((select s.value from platform.setting s where s.key = 'calendar_providers'), '[]'::jsonb) as offered,
    coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'provider', l.provider, 'state', l.state, 'detail', l.detail, 'incoming', l.incoming, 'openedAt', l.opened_at,
        'syncedAt', l.synced_at, 'problem', l.problem, 'shown', (select count(*)::int from agenda.calendar_copy c where c.link_id = l.id and c.state = 'sent'),
        'differs', coalesce((select jsonb_agg(jsonb_build_object('occurrenceId', c.occurrence_id, 'startsAt', c.starts_at, 'endsAt', c.ends_at, 'theirStartsAt', c.their_starts_at,
            'theirEndsAt', c.their_ends_at) order by c.starts_at) from agenda.calendar_copy c where c.link_id = l.id and c.state = 'differs' and c.wish = 'keep'), '[]'::jsonb)) order by l.opened_at)
      from agenda.calendar_link l where l.state <> 'closed'), '[]'::jsonb) as rows`.execute(tx)
  return rows[0] as OutputOf<typeof calendarLinks>
}

export interface TakenLink {
  readonly id: CalendarLinkId
  readonly provider: CalendarProvider
  readonly state: 'open' | 'closing'
  readonly detail: 'minimal' | 'kind'
  readonly incoming: 'busy' | 'title'
  readonly secrets: Buffer | null
  readonly cursor: Buffer | null
  readonly readWholeAt: string | null
  readonly attempts: number
  readonly userId: UserId
  readonly userName: string
  readonly serviceId: ServiceId
  readonly professionalId: PartyId | null
  /** Her account is open and she works there still. */
  readonly stands: boolean
}

const heldFor = sql`interval '2 minutes'`

/** Takes the next link that is due, so that nobody else reads and writes that calendar meanwhile; free again when its holder dies. As the system. */
export async function takeLink(tx: Tx, now: Date, today: string, providers: readonly string[]): Promise<TakenLink | undefined> {
  return (
    await sql<TakenLink>`with due as materialized (
        select l.id from agenda.calendar_link l where l.state in ('open', 'closing') and l.next_at <= ${now} and (l.taken_until is null or l.taken_until < ${now})
          and l.provider = any (${[...providers]}::text[]) order by l.next_at limit 1 for update skip locked)
      update agenda.calendar_link l set taken_until = ${now}::timestamptz + ${heldFor} from due, territory.user_account u where l.id = due.id and u.id = l.user_id
      returning l.id, l.provider, l.state, l.detail, l.incoming, l.secrets, l.cursor, l.read_whole_at as "readWholeAt", l.attempts, l.user_id as "userId",
        u.given_name || ' ' || u.family_name as "userName", l.service_id as "serviceId", u.professional_id as "professionalId",
        u.status = 'active' and exists (select from territory.membership m where m.user_id = u.id and m.service_id = l.service_id and m.starts_on <= ${today}
          and (m.ends_on is null or m.ends_on >= ${today})) as stands`.execute(tx)
  ).rows[0]
}

export async function holdLink(tx: Tx, id: CalendarLinkId, now: Date): Promise<void> {
  await sql`update agenda.calendar_link set taken_until = ${now}::timestamptz + ${heldFor} where id = ${id}`.execute(tx)
}

export async function keepSecrets(tx: Tx, id: CalendarLinkId, secrets: Buffer): Promise<void> {
  await sql`update agenda.calendar_link set secrets = ${secrets} where id = ${id}`.execute(tx)
}

/** Where the next reading begins; with `whole`, everything had been read. */
export async function keepCursor(tx: Tx, id: CalendarLinkId, cursor: Buffer | null, whole: Date | null): Promise<void> {
  await sql`update agenda.calendar_link set cursor = ${cursor}, read_whole_at = coalesce(${whole}::timestamptz, read_whole_at) where id = ${id}`.execute(tx)
}

export async function releaseLink(
  tx: Tx,
  id: CalendarLinkId,
  end: {
    readonly state: 'open' | 'closing' | 'closed' | 'broken' | null
    readonly nextAt: Date
    readonly attempts: number
    readonly problem: string | null
    readonly synced: Date | null
    readonly at: Date
  },
): Promise<void> {
  await sql`update agenda.calendar_link set taken_until = null, next_at = ${end.nextAt}, attempts = ${end.attempts}, problem = ${end.problem},
      synced_at = coalesce(${end.synced}::timestamptz, synced_at),
      state = case when ${end.state}::text is null or (state = 'closing' and ${end.state} <> 'closed') then state else ${end.state} end,
      secrets = case when ${end.state}::text = 'closed' then null else secrets end, cursor = case when ${end.state}::text = 'closed' then null else cursor end,
      closed_at = case when ${end.state}::text = 'closed' then ${end.at}::timestamptz end where id = ${id}`.execute(tx)
}

/** Appointments that came in through a link, by their id there. */
export async function listOfLink(tx: Tx, userId: UserId, linkId: CalendarLinkId): Promise<readonly { readonly id: string; readonly uid: string }[]> {
  return (
    await sql<{
      id: string
      uid: string
    }>`select a.id, a.uid from agenda.appointment a where a.organizer_id = ${userId} and a.imported and a.uid like ${`link:${linkId}:%`}
      and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.state = 'booked')`.execute(tx)
  ).rows
}
