import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import {
  type CalendarLinkId,
  calendarLinks,
  changeCalendarLink,
  closeCalendarLink,
  openCalendarLink,
  settleCalendarDifference,
} from '../contract/calendar-links.ts'
import {
  beginClosing,
  changeLink,
  closeLinksOf,
  findCalendarLink,
  forgetTitlesOfLink,
  insertCalendarLink,
  makeDue,
  selectCalendarLinks,
  settleCopy,
} from './calendar-link.sql.ts'

/** A link of the actor's; anybody else's does not exist here. */
async function loadLink({ tx }: Context, id: CalendarLinkId): Promise<NonNullable<Awaited<ReturnType<typeof findCalendarLink>>>> {
  const link = await findCalendarLink(tx, id)
  if (link === undefined) throw notFound('calendar')
  return link
}

const told = (context: Context, linkId: CalendarLinkId): void =>
  context.emit({ type: 'agenda.calendarLink.changed', audience: [context.actor.userId], payload: { linkId } })

export const openCalendarLinkImplementation = implement(openCalendarLink, {
  load: noTarget,
  run: async (context, { id, provider, detail, incoming, secrets }) => {
    const { tx, actor, now } = context
    if (actor.serviceId === null) throw invalid('agenda.no_service')
    await closeLinksOf(tx, actor.userId, provider, now)
    await insertCalendarLink(tx, { id, userId: actor.userId, serviceId: actor.serviceId as ServiceId, provider, detail, incoming, secrets }, now)
    told(context, id)
    return { id }
  },
})

export const changeCalendarLinkImplementation = implement(changeCalendarLink, {
  load: (context, { id }) => loadLink(context, id),
  run: async (context, { id, detail, incoming }) => {
    await changeLink(context.tx, id, { detail, incoming }, context.now)
    if (incoming === 'busy') await forgetTitlesOfLink(context.tx, context.actor.userId, id)
    told(context, id)
    return { id }
  },
})

export const closeCalendarLinkImplementation = implement(closeCalendarLink, {
  load: (context, { id }) => loadLink(context, id),
  run: async (context, { id }) => {
    await beginClosing(context.tx, id, context.now)
    told(context, id)
    return { id }
  },
})

export const settleCalendarDifferenceImplementation = implement(settleCalendarDifference, {
  load: (context, { linkId }) => loadLink(context, linkId),
  run: async (context, { linkId, occurrenceId, keep }) => {
    if (!(await settleCopy(context.tx, linkId, occurrenceId, keep))) throw conflict('agenda.nothing_differs')
    await makeDue(context.tx, linkId, context.now)
    told(context, linkId)
    return { occurrenceId }
  },
})

export const calendarLinksImplementation = implement(calendarLinks, { load: noTarget, run: ({ tx }) => selectCalendarLinks(tx) })
