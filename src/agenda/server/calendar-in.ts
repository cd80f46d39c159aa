import type { Context } from '../../platform/server/implement.ts'
import type { AppointmentId } from '../contract/appointment.ts'
import type { OutsideEvent } from '../contract/calendar-links.ts'
import { cancelFrom, findByUid, placeSlots } from './appointment.sql.ts'
import { adoptOrphan, type CopyRow, copyOf, writeCopy } from './calendar-copy.sql.ts'
import { forgetTitle, listOfLink, type TakenLink } from './calendar-link.sql.ts'
import { keepEntry } from './calendars.ts'
import { ownerOf } from './link-at-work.ts'
import { wallOf } from './unfold.ts'

/** Identity here of one of theirs: never that of something that Jalon made. */
const uidOfTheirs = (link: TakenLink, id: string): string => `link:${link.id}:${id}`
const iso = (instant: string): string => new Date(instant).toISOString()
const hours = (startsAt: string, endsAt: string): string => `${iso(startsAt)}/${iso(endsAt)}`

/** Takes in a page of changes: theirs become moments of hers, « occupé »; a change to one of ours is our own echo, or waits for its owner. */
export async function takeIn(context: Context, link: TakenLink, events: readonly OutsideEvent[]): Promise<void> {
  const hers = { ...context, actor: { ...context.actor, ...ownerOf(link) } }
  for (const event of events) {
    const copy =
      event.ours === null
        ? await copyOf(context.tx, link.id, { outsideId: event.id })
        : await copyOf(context.tx, link.id, { occurrenceId: event.ours.occurrenceId })
    if (copy !== undefined) await hearOfOurs(context, link, copy, event)
    else if (event.ours !== null) {
      if (!event.deleted)
        await adoptOrphan(context.tx, link.id, { ...event.ours, outsideId: event.id, etag: event.etag, startsAt: event.startsAt, endsAt: event.endsAt })
    } else await takeInTheirs(hers, link, event)
  }
}

/** The same for everything that stands there: what is no longer there goes here too. With nothing, everything goes. */
export async function takeInWhole(context: Context, link: TakenLink, events: readonly OutsideEvent[]): Promise<void> {
  await takeIn(context, link, events)
  const there = new Set(events.filter(({ deleted, free }) => !deleted && !free).map(({ id }) => uidOfTheirs(link, id)))
  for (const { id, uid } of await listOfLink(context.tx, link.userId, link.id)) if (!there.has(uid)) await dropTheirs(context, id as AppointmentId)
}

async function takeInTheirs(context: Context, link: TakenLink, event: OutsideEvent): Promise<void> {
  const uid = uidOfTheirs(link, event.id)
  if (event.deleted || event.free) {
    const known = await findByUid(context.tx, link.userId, uid)
    if (known !== undefined) await dropTheirs(context, known.id)
    return
  }
  const { timeZone } = context
  const [start, end] = [Date.parse(event.startsAt), Date.parse(event.endsAt)]
  await keepEntry(context, {
    uid,
    sequence: 0,
    summary: link.incoming === 'title' ? printable(event.title) : '',
    startsLocal: event.allDay ? `${event.startsAt.slice(0, 10)}T00:00` : wallOf(event.startsAt, timeZone),
    minutes: event.allDay ? Math.max(1, Math.round((end - start) / 86_400_000)) * 1440 : Math.max(5, Math.round((end - start) / 60_000)),
    allDay: event.allDay,
    timeZone,
    rule: null,
    changedAt: context.now.toISOString(),
    cancelled: false,
    without: [],
    moved: [],
  })
}

/** A title as it may be kept: 120 characters, without those that no screen shows and no database takes. */
const printable = (title: string): string =>
  title
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 120)

/** Gone there, or linked no more: its hours are cancelled, and what it was called is forgotten. */
async function dropTheirs(context: Context, id: AppointmentId): Promise<void> {
  await forgetTitle(context.tx, id)
  if ((await cancelFrom(context.tx, id, '1970-01-01T00:00:00Z', null)) === 0) return
  await placeSlots(context.tx, id)
}

/** What came back of one of ours. Its own hours, under whatever version: an echo. Others: its owner says which hold, nothing is written over meanwhile. */
export async function hearOfOurs(context: Pick<Context, 'tx' | 'now' | 'emit'>, link: TakenLink, copy: CopyRow, event: OutsideEvent): Promise<void> {
  const { tx, now } = context
  const write = (facts: Readonly<Record<string, unknown>>): Promise<void> => writeCopy(tx, link.id, copy.occurrenceId, facts)
  const stale = event.ours !== null && event.ours.generation !== copy.generation
  if (stale || (copy.outsideId !== null && copy.outsideId !== event.id)) return
  if (event.deleted) {
    if (copy.state === 'removed' || copy.state === 'hidden') return
    if (copy.wish === 'remove') return write({ state: 'removed', etag: null })
    if (copy.theirDeletion) return
    await write({
      outsideId: event.id,
      etag: event.etag,
      state: 'differs',
      theirDeletion: true,
      theirStartsAt: null,
      theirEndsAt: null,
      unheard: [],
      differsSince: now,
    })
    return tellOwner(context, link)
  }
  if (event.etag === copy.etag) return
  // Made by us where nobody looks, its answer lost: it is put at its hours.
  if (event.unplaced) return write({ outsideId: event.id, etag: event.etag })
  const theirs = hours(event.startsAt, event.endsAt)
  const sent = copy.sentStartsAt === null || copy.sentEndsAt === null ? null : hours(copy.sentStartsAt, copy.sentEndsAt)
  const known = { outsideId: event.id, etag: event.etag }
  if (copy.state === 'hidden' || copy.state === 'removed' || copy.wish === 'remove') return write(known)
  const agreed = { sentStartsAt: event.startsAt, sentEndsAt: event.endsAt, unheard: [] }
  const resolved = { theirStartsAt: null, theirEndsAt: null, theirDeletion: false, differsSince: null }
  if (theirs === hours(copy.startsAt, copy.endsAt))
    return write({ ...known, ...agreed, ...resolved, ...(copy.state === 'differs' ? { state: 'to_send' } : {}) })
  // Its former hours under another version, while others of ours may have been there meanwhile: she may have moved it back.
  const echo = copy.unheard.length === 0 ? theirs === sent : copy.unheard.includes(theirs)
  if (copy.state !== 'differs' && echo) return write({ ...known, ...agreed })
  await write({ ...known, ...agreed, ...resolved, state: 'differs', theirStartsAt: event.startsAt, theirEndsAt: event.endsAt, differsSince: now })
  return tellOwner(context, link)
}

function tellOwner({ emit }: Pick<Context, 'emit'>, link: TakenLink): void {
  emit({ type: 'agenda.calendarLink.changed', audience: [link.userId], payload: { linkId: link.id } })
}
