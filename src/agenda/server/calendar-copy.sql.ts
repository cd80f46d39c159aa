import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { OccurrenceId } from '../contract/appointment.ts'
import type { CalendarLinkId } from '../contract/calendar-links.ts'
import type { TakenLink } from './calendar-link.sql.ts'

/** Days of one's moments that are shown there. */
export const windowDays = { back: 1, ahead: 92 }

/** Compares what should stand there with what was sent, and leaves what is to be sent or taken back. As the system; nothing of a link that closes is kept. */
export async function reconcileCopies(tx: Tx, link: TakenLink, now: Date): Promise<void> {
  const parties = `{${[link.userId, ...(link.professionalId === null ? [] : [link.professionalId])].join(',')}}`
  const open = link.state === 'open' && link.stands
  await sql`with wanted as materialized (
      select distinct on (o.id) o.id, o.starts_at, o.ends_at, md5(concat_ws('|', extract(epoch from o.starts_at), extract(epoch from o.ends_at), case when ${link.detail} = 'kind' and agenda.kind_told(a.person_id, a.volet, ${parties}::uuid[]) then a.kind end)) as print
      from agenda.slot s join agenda.occurrence o on o.id = s.occurrence_id join agenda.appointment a on a.id = o.appointment_id
      where ${open} and s.party_id = any (${parties}::uuid[]) and not a.imported and s.starts_at >= ${now}::timestamptz - interval '32 days'
        and s.ends_at > ${now}::timestamptz - ${windowDays.back} * interval '1 day' and s.starts_at < ${now}::timestamptz + ${windowDays.ahead} * interval '1 day'),
    kept as (
      insert into agenda.calendar_copy as c (link_id, occurrence_id, print, starts_at, ends_at) select ${link.id}, id, print, starts_at, ends_at from wanted
      on conflict (link_id, occurrence_id) do update set print = excluded.print, starts_at = excluded.starts_at, ends_at = excluded.ends_at, wish = 'keep',
        generation = c.generation + case when c.state = 'removed' then 1 else 0 end,
        outside_id = case when c.state = 'removed' then null else c.outside_id end, etag = case when c.state = 'removed' then null else c.etag end,
        tried = c.tried and c.state <> 'removed', unheard = case when c.state = 'removed' then '{}' else c.unheard end,
        sent_print = case when c.state = 'removed' then null else c.sent_print end,
        state = case when c.state = 'hidden' then 'hidden' when c.state <> 'differs' then 'to_send'
          when c.their_starts_at = excluded.starts_at and c.their_ends_at = excluded.ends_at then 'to_send' else 'differs' end
      where c.print is distinct from excluded.print or c.wish <> 'keep' or c.starts_at <> excluded.starts_at or c.ends_at <> excluded.ends_at returning 1)
    update agenda.calendar_copy c set wish = 'remove', state = case when c.tried and not c.their_deletion and c.state <> 'hidden' then 'to_send' else 'removed' end
    where c.link_id = ${link.id} and c.wish = 'keep' and (not ${open} or c.ends_at > ${now}::timestamptz - ${windowDays.back} * interval '1 day')
      and not exists (select from wanted w where w.id = c.occurrence_id) and (select count(*) from kept) >= 0`.execute(tx)
}

export interface CopyRow {
  readonly occurrenceId: OccurrenceId
  readonly generation: number
  readonly outsideId: string | null
  readonly etag: string | null
  readonly print: string
  readonly startsAt: string
  readonly endsAt: string
  readonly wish: 'keep' | 'remove'
  readonly state: 'to_send' | 'sent' | 'differs' | 'removed' | 'hidden'
  readonly tried: boolean
  readonly sentStartsAt: string | null
  readonly sentEndsAt: string | null
  readonly unheard: readonly string[]
  readonly theirDeletion: boolean
  /** Null once its owner may no longer read the appointment. */
  readonly kind: string | null
}

const columns = sql`c.occurrence_id as "occurrenceId", c.generation, c.outside_id as "outsideId", c.etag, c.print, c.starts_at as "startsAt", c.ends_at as "endsAt", c.wish, c.state, c.tried,
  c.sent_starts_at as "sentStartsAt", c.sent_ends_at as "sentEndsAt", c.unheard, c.their_deletion as "theirDeletion",
  (select a.kind from agenda.calendar_link l join territory.user_account u on u.id = l.user_id join agenda.occurrence o on o.id = c.occurrence_id
      join agenda.appointment a on a.id = o.appointment_id
    where l.id = c.link_id and agenda.kind_told(a.person_id, a.volet, array_remove(array[u.id, u.professional_id], null))) as kind`

export async function copyOf(
  tx: Tx,
  linkId: CalendarLinkId,
  key: { readonly occurrenceId?: string; readonly outsideId?: string },
): Promise<CopyRow | undefined> {
  return (
    await sql<CopyRow>`select ${columns} from agenda.calendar_copy c where c.link_id = ${linkId}
      and ${key.occurrenceId === undefined ? sql`c.outside_id = ${key.outsideId ?? ''}` : sql`c.occurrence_id = ${key.occurrenceId}::uuid`} for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function dueCopies(tx: Tx, linkId: CalendarLinkId): Promise<readonly CopyRow[]> {
  return (
    await sql<CopyRow>`select ${columns} from agenda.calendar_copy c where c.link_id = ${linkId} and c.state = 'to_send' order by c.starts_at, c.occurrence_id`.execute(
      tx,
    )
  ).rows
}

/** Ours that should stand there, and were given an id there. */
export async function copiesThere(tx: Tx, linkId: CalendarLinkId): Promise<readonly CopyRow[]> {
  return (
    await sql<CopyRow>`select ${columns} from agenda.calendar_copy c where c.link_id = ${linkId} and c.outside_id is not null and c.state in ('to_send', 'sent', 'differs') and not c.their_deletion`.execute(
      tx,
    )
  ).rows
}

const fields: Readonly<Record<string, string>> = {
  outsideId: 'outside_id',
  etag: 'etag',
  state: 'state',
  tried: 'tried',
  wish: 'wish',
  sentPrint: 'sent_print',
  sentStartsAt: 'sent_starts_at',
  sentEndsAt: 'sent_ends_at',
  unheard: 'unheard',
  theirStartsAt: 'their_starts_at',
  theirEndsAt: 'their_ends_at',
  theirDeletion: 'their_deletion',
  differsSince: 'differs_since',
}

/** Writes some facts; with `whilePrint`, the state becomes « to send » again when ours changed meanwhile. */
export async function writeCopy(
  tx: Tx,
  linkId: CalendarLinkId,
  occurrenceId: string,
  facts: Readonly<Record<string, unknown>>,
  whilePrint: string | null = null,
): Promise<void> {
  const set = Object.entries(facts).map(([field, value]) =>
    field === 'state' && whilePrint !== null
      ? sql`state = case when print = ${whilePrint} and state = 'to_send' then ${value} else state end`
      : field === 'unheard'
        ? sql`unheard = ${[...(value as readonly string[])]}::text[]`
        : sql`${sql.ref(fields[field] as string)} = ${value}`,
  )
  await sql`update agenda.calendar_copy set ${sql.join(set)} where link_id = ${linkId} and occurrence_id = ${occurrenceId}::uuid`.execute(tx)
}

/** Something of ours that no line remembers: an earlier link left it there. It is taken back. */
export async function adoptOrphan(
  tx: Tx,
  linkId: CalendarLinkId,
  orphan: {
    readonly occurrenceId: string
    readonly generation: number
    readonly outsideId: string
    readonly etag: string
    readonly startsAt: string
    readonly endsAt: string
  },
): Promise<void> {
  await sql`insert into agenda.calendar_copy (link_id, occurrence_id, generation, outside_id, etag, print, starts_at, ends_at, wish, tried)
    values (${linkId}, ${orphan.occurrenceId}::uuid, ${orphan.generation}, ${orphan.outsideId}, ${orphan.etag}, 'orphan', ${orphan.startsAt}, ${orphan.endsAt}, 'remove', true)
    on conflict do nothing`.execute(tx)
}
