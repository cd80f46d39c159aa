import { loadPerson } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { calendarFrom } from '../../territory/server/api.ts'
import { askedOpinions, dayNews, fileNews, noteThread, teamAlerts, timeline, unreadCount, unreadItems } from '../contract/queries.ts'
import { readingCalendar } from './alert-rules.ts'
import { loadNote } from './load-note.ts'
import { selectThread } from './note.sql.ts'
import { countUnread, selectAskedOpinions, selectDayNews, selectFileNews, selectTeamAlerts, selectTimeline, selectUnread } from './timeline.sql.ts'

/** The place after a line of the Fil. */
function placeAfter(cursor: string | null): { readonly at: string; readonly id: string } | null {
  const values = decodeCursor(cursor, 2)
  return values === null ? null : { at: String(values[0]), id: String(values[1]) }
}

/** Cuts the extra line that says there is more. */
function page<Row extends { readonly id: string; readonly at: string }>(rows: readonly Row[], limit: number): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown[shown.length - 1]
  return { rows: shown, next: rows.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null }
}

export const timelineImplementation = implement(timeline, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor }, { cursor, limit, ...filter }) => {
    const { rows, unread } = await selectTimeline(tx, actor.userId, { ...filter, after: placeAfter(cursor), limit })
    return { ...page(rows, limit), unread }
  },
})

export const fileNewsImplementation = implement(fileNews, {
  sharedPlans: true,
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId }, person) => {
    const { dac, ...news } = await selectFileNews(context.tx, context.actor.userId, personId, context.now)
    return { ...news, openVolets: [...person.volets], calendar: dac === null ? null : readingCalendar(dac.serviceName, calendarFrom(dac, context.timeZone)) }
  },
})

export const noteThreadImplementation = implement(noteThread, {
  load: (context, { id }) => loadNote(context, id),
  run: async (context, { id }) => {
    const root = await loadNote(context, (await loadNote(context, id)).rootId)
    return { rootId: root.id, personId: root.personId, volet: root.volet, isPrivate: root.isPrivate, ...(await selectThread(context.tx, root.id)) }
  },
})

export const dayNewsImplementation = implement(dayNews, {
  sharedPlans: true,
  load: noTarget,
  run: ({ tx, actor, now, timeZone }) => selectDayNews(tx, actor.userId, dayOf(now, timeZone), now),
})

export const unreadItemsImplementation = implement(unreadItems, {
  load: noTarget,
  run: async ({ tx, actor }, { cursor, limit }) => {
    const { rows, total } = await selectUnread(tx, actor.userId, placeAfter(cursor), limit)
    return { ...page(rows, limit), total }
  },
})

export const unreadCountImplementation = implement(unreadCount, { load: noTarget, run: ({ tx, actor }) => countUnread(tx, actor.userId) })

export const teamAlertsImplementation = implement(teamAlerts, {
  load: noTarget,
  run: async ({ tx, actor }) => ({ rows: await selectTeamAlerts(tx, String(actor.serviceId)), next: null }),
})

export const askedOpinionsImplementation = implement(askedOpinions, {
  load: noTarget,
  run: async ({ tx, actor }) => ({ rows: await selectAskedOpinions(tx, actor.userId), next: null }),
})
