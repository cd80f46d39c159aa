import { addDays } from '../../platform/contract/dates.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import { type AppointmentId, mostOccurrences, type ParticipantId } from '../contract/appointment.ts'
import { feedContent, feeds, importCalendar, openFeed, revokeFeed } from '../contract/calendars.ts'
import { ruleParts } from '../contract/recurrence.ts'
import {
  type AppointmentRow,
  cancelFrom,
  findByUid,
  insertAppointment,
  insertOccurrences,
  listOccurrences,
  placeOccurrence,
  placeSlots,
  setOccurrenceState,
  updateAppointment,
} from './appointment.sql.ts'
import { clearOccurrences, endFeed, type FeedRow, insertFeed, listFeeds, listImported, selectFeed } from './calendar.sql.ts'
import { type CalendarEntry, fromICalendar, toICalendar } from './ical.ts'
import { insertParticipant } from './participant.sql.ts'
import { tellAgenda } from './tell.ts'
import { unfold } from './unfold.ts'

export const openFeedImplementation = implement(openFeed, {
  load: noTarget,
  run: async ({ tx, actor, now }, { id, label, detail, secretHash }) => {
    if (actor.serviceId === null) throw invalid('agenda.no_service')
    await insertFeed(tx, { id, userId: actor.userId, serviceId: actor.serviceId, hash: secretHash, label, detail }, now)
    return { id }
  },
})

export const revokeFeedImplementation = implement(revokeFeed, {
  load: noTarget,
  run: async ({ tx, now }, { id }) => {
    if (!(await endFeed(tx, id, now))) throw notFound('feed')
    return { id }
  },
})

export const feedsImplementation = implement(feeds, { load: noTarget, run: async ({ tx }) => ({ rows: await listFeeds(tx) }) })

const thirtyDays = 30 * 86_400_000

export const feedContentImplementation = implement(feedContent, {
  load: noTarget,
  run: async ({ tx, now }, { detail }) => {
    const kinds = detail === 'kind' ? await valueSetLabels(tx, 'agenda.appointment_kind') : new Map<string, string>()
    const rows = await selectFeed(tx, new Date(now.getTime() - thirtyDays))
    return {
      text: toICalendar(
        'Jalon',
        rows.map((row) => entryOf(row, (row.kind === null ? undefined : kinds.get(row.kind)) ?? 'RDV Jalon')),
      ),
    }
  },
})

function entryOf(row: FeedRow, summary: string): CalendarEntry {
  const iso = (instant: string): string => new Date(instant).toISOString()
  return {
    uid: row.uid,
    sequence: row.sequence,
    summary,
    startsLocal: row.startsLocal,
    minutes: row.minutes,
    allDay: row.allDay,
    timeZone: row.timeZone,
    rule: row.rule,
    changedAt: iso(row.changedAt),
    cancelled: row.times.every(({ cancelled }) => cancelled),
    without: row.rule === null ? [] : row.times.filter(({ cancelled }) => cancelled).map(({ recurrenceAt }) => iso(recurrenceAt)),
    moved:
      row.rule === null
        ? []
        : row.times
            .filter(({ moved, cancelled }) => moved && !cancelled)
            .map(({ recurrenceAt, startsAt, endsAt }) => ({ recurrenceAt: iso(recurrenceAt), startsAt: iso(startsAt), endsAt: iso(endsAt), summary })),
  }
}

/** What is brought in at once: beyond, the calendar is that of a building, or a file made to stop the server. */
const [mostEntries, mostTimes] = [2_000, 20_000]

interface UnfoldingBudget {
  left: number
}

/** Told without unfolding: what has no rule, or whose rule says itself when it ended. */
function isLongOver(entry: CalendarEntry, before: Date): boolean {
  const day = before.toISOString().slice(0, 10)
  if (entry.moved.some(({ endsAt }) => endsAt.slice(0, 10) >= day)) return false
  const until = entry.rule === null ? null : (ruleParts(entry.rule).get('UNTIL') ?? '')
  if (until === null) return addDays(entry.startsLocal.slice(0, 10), Math.ceil(entry.minutes / 1440)) < day
  return until !== '' && until.slice(0, 8) < day.replaceAll('-', '')
}

/** Days ahead to which a rule without an end is unfolded; the next import goes further. */
const aheadDays = 365

export const importCalendarImplementation = implement(importCalendar, {
  load: noTarget,
  run: async (context, { text, whole }) => {
    const { tx, actor, now } = context
    const read = readOrRefuse(text, context.timeZone)
    const recent = read.entries.filter((entry) => !isLongOver(entry, new Date(now.getTime() - thirtyDays)))
    if (recent.length > mostEntries) throw invalid('agenda.calendar_too_large', { most: mostEntries })
    const count = { added: 0, changed: 0, same: 0, cancelled: 0, past: read.entries.length - recent.length, ...read.left }
    const budget: UnfoldingBudget = { left: mostTimes }
    for (const entry of recent) {
      const outcome = await keepEntry(context, entry, budget)
      count[outcome]++
    }
    if (whole) {
      const there = new Set(read.entries.map(({ uid }) => uid))
      for (const { id, uid } of await listImported(tx, actor.userId, now)) {
        if (there.has(uid)) continue
        await cancelFrom(tx, id, now.toISOString(), null)
        await placeSlots(tx, id)
        count.cancelled++
      }
    }
    context.note({ added: count.added, changed: count.changed })
    context.emit({ type: 'agenda.calendar.imported', audience: [actor.userId, actor.serviceId as string], payload: {} })
    return count
  },
})

function readOrRefuse(text: string, timeZone: string): ReturnType<typeof fromICalendar> {
  try {
    return fromICalendar(text, timeZone)
  } catch {
    throw invalid('agenda.calendar_unreadable')
  }
}

/**
 * One entry of a file: the same UID is the same appointment, however often it comes. The times that it unfolds to are taken from the budget of its file:
 * refuses (`agenda.calendar_too_large`) what goes beyond.
 */
export async function keepEntry(context: Context, entry: CalendarEntry, budget?: UnfoldingBudget): Promise<'added' | 'changed' | 'same' | 'unreadable'> {
  const { tx, actor, now } = context
  const known = await findByUid(tx, actor.userId, entry.uid)
  const rule = entry.rule === null ? null : bounded(entry.rule, now)
  const moments = momentsOf(entry, rule)
  if (budget !== undefined) {
    budget.left -= moments?.length ?? mostOccurrences
    if (budget.left < 0) throw invalid('agenda.calendar_too_large', { most: mostEntries })
  }
  if (moments === null) return 'unreadable'
  const row: AppointmentRow = {
    id: known?.id ?? context.newId<AppointmentId>(),
    personId: null,
    kind: 'other',
    title: entry.summary === '' ? null : entry.summary,
    startsLocal: entry.startsLocal,
    minutes: Math.min(entry.minutes, 44_640),
    allDay: entry.allDay,
    timeZone: entry.timeZone,
    rule,
    placeKind: 'none',
    place: null,
    communeCode: null,
    words: null,
    state: 'booked',
    uid: entry.uid,
    sequence: entry.sequence,
    imported: true,
    follows: null,
    followsId: null,
    organizerId: actor.userId,
    organizerName: actor.displayName,
    volet: 'administrative',
    holderOrg: actor.serviceId as ServiceId,
    protection: 'restricted',
    version: known?.version ?? 1,
  }
  if (known === undefined) {
    await insertAppointment(tx, row, now)
    await insertParticipant(
      tx,
      row,
      {
        id: context.newId<ParticipantId>(),
        kind: 'colleague',
        partyId: actor.userId,
        serviceId: actor.serviceId,
        name: actor.displayName,
        words: null,
        response: 'accepted',
      },
      now,
    )
  } else if (await holds(context, known, row, entry, moments)) return 'same'
  else {
    const { title, startsLocal, minutes, allDay, timeZone, sequence } = row
    await updateAppointment(
      tx,
      known.id,
      { title, startsLocal, minutes, allDay, timeZone, rule, sequence, state: entry.cancelled ? 'cancelled' : 'booked' },
      known.version + 1,
      now,
    )
    await clearOccurrences(tx, known.id)
  }
  await insertOccurrences(
    tx,
    row,
    moments.map((moment) => ({ ...moment, id: context.newId() })),
  )
  const wanted = new Map(entry.moved.map((one) => [one.recurrenceAt, one]))
  const without = new Set(entry.without)
  for (const occurrence of await listOccurrences(tx, row.id)) {
    const at = new Date(occurrence.recurrenceAt).toISOString()
    const moved = wanted.get(at)
    if (entry.cancelled || without.has(at)) await setOccurrenceState(tx, occurrence.id, 'cancelled')
    else if (moved !== undefined)
      await placeOccurrence(
        tx,
        occurrence.id,
        { startsAt: new Date(moved.startsAt), endsAt: new Date(moved.endsAt) },
        { moved: true, version: 2, asRule: false },
      )
  }
  await placeSlots(tx, row.id)
  await tellAgenda(context, 'agenda.appointment.changed', row)
  return known === undefined ? 'added' : 'changed'
}

type Moments = ReturnType<typeof unfold>

function momentsOf(entry: CalendarEntry, rule: string | null): Moments | null {
  try {
    return unfold(entry.startsLocal, Math.min(entry.minutes, 44_640), entry.allDay, entry.timeZone, rule)
  } catch {
    return null
  }
}

/** What stands already is what the file says: nothing to write. */
async function holds({ tx }: Context, known: AppointmentRow, row: AppointmentRow, entry: CalendarEntry, moments: Moments): Promise<boolean> {
  const fields = ['title', 'startsLocal', 'minutes', 'allDay', 'timeZone', 'rule', 'sequence'] as const
  if (fields.some((field) => known[field] !== row[field])) return false
  const wanted = new Map(entry.moved.map((one) => [one.recurrenceAt, one]))
  const expected = moments.map(({ startsAt, endsAt }) => {
    const at = startsAt.toISOString()
    const moved = wanted.get(at)
    const gone = entry.cancelled || entry.without.includes(at)
    return gone ? `${at} gone` : `${at} ${moved?.startsAt ?? at} ${moved?.endsAt ?? endsAt.toISOString()}`
  })
  const there = (await listOccurrences(tx, known.id)).map(({ recurrenceAt, startsAt, endsAt, state }) => {
    const at = new Date(recurrenceAt).toISOString()
    return state === 'cancelled' ? `${at} gone` : `${at} ${new Date(startsAt).toISOString()} ${new Date(endsAt).toISOString()}`
  })
  return expected.sort().join() === there.sort().join()
}

/** A rule without an end, ended a year ahead of the first day of this month: the same file gives the same rule until the next month. */
function bounded(rule: string, now: Date): string {
  const parts = ruleParts(rule)
  if (parts.has('UNTIL') || parts.has('COUNT')) return rule
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1) + aheadDays * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  return `${rule};UNTIL=${until}T000000Z`
}
