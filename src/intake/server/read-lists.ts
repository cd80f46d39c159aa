import { loadPerson } from '../../persons/server/api.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import {
  filedRequest,
  filedRequests,
  messagesForMe,
  personContacts,
  queueCounts,
  reorientationsToFollow,
  request,
  requestQueue,
  similarRequests,
  triageList,
} from '../contract/queries.ts'
import { selectExchanges, selectMessages } from './exchanges.sql.ts'
import { selectFiled, selectFiledDetail } from './filed.sql.ts'
import { loadById } from './request-at-hand.ts'
import { selectDetail } from './request-detail.sql.ts'
import { selectCounts, selectQueue, selectReorientations, selectSimilar, selectTriage } from './request-lists.sql.ts'

type Place = readonly [string, string]
const placeOf = (cursor: string | null): Place | null => decodeCursor(cursor, 2) as Place | null

/** The first `limit` rows, and the cursor of the next page when one row more came. */
function pageOf<Row extends { readonly id: string; readonly sortKey: string }>(rows: readonly Row[], limit: number): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown[shown.length - 1]
  return { rows: shown, next: rows.length > limit && last !== undefined ? encodeCursor([last.sortKey, last.id]) : null }
}

export const queueHandler = implement(requestQueue, {
  load: noTarget,
  run: async ({ tx, actor }, { cursor, limit, ...filter }) => {
    const {
      rows,
      counts: { closed, ...counts },
    } = await selectQueue(tx, { ...filter, service: actor.serviceId as ServiceId, user: actor.userId, limit, after: placeOf(cursor) })
    return { ...pageOf(rows, limit), total: filter.view === 'closed' ? closed : counts[filter.view], counts }
  },
})

export const countsHandler = implement(queueCounts, { load: noTarget, run: ({ tx, actor }) => selectCounts(tx, actor.serviceId as ServiceId, actor.userId) })

export const requestHandler = implement(request, { load: loadById, run: ({ tx }, { id }) => selectDetail(tx, id) })

export const similarHandler = implement(similarRequests, {
  load: noTarget,
  run: async ({ tx }, { name, ...to }) => ({
    rows: await selectSimilar(tx, { ...to, nameKey: name === null ? null : searchKey(name) }),
  }),
})

export const triageListHandler = implement(triageList, {
  load: noTarget,
  run: async ({ tx, actor }) => ({ rows: await selectTriage(tx, actor.serviceId as ServiceId) }),
})

export const reorientationsHandler = implement(reorientationsToFollow, {
  load: noTarget,
  run: async ({ tx, actor }, { cursor, limit, due }) => {
    const { rows, counts } = await selectReorientations(tx, { service: actor.serviceId as ServiceId, due, limit, after: placeOf(cursor) })
    return { ...pageOf(rows, limit), total: due ? counts.due : counts.all, counts }
  },
})

export const filedRequestsHandler = implement(filedRequests, {
  load: noTarget,
  run: async ({ tx, actor }, { cursor, limit, open }) => {
    const { rows, counts } = await selectFiled(tx, actor, { open, limit, after: placeOf(cursor) })
    return { ...pageOf(rows, limit), total: open ? counts.open : counts.all, counts }
  },
})

export const filedRequestHandler = implement(filedRequest, { load: loadById, run: ({ tx }, { id }) => selectFiledDetail(tx, id) })

export const personContactsHandler = implement(personContacts, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, { personId, cursor, limit }) => pageOf(await selectExchanges(tx, personId, limit, placeOf(cursor)), limit),
})

export const messagesHandler = implement(messagesForMe, { load: noTarget, run: async ({ tx, actor }) => ({ rows: await selectMessages(tx, actor.userId) }) })

export const listHandlers: readonly Implementation[] = [
  queueHandler,
  countsHandler,
  requestHandler,
  similarHandler,
  triageListHandler,
  reorientationsHandler,
  filedRequestsHandler,
  filedRequestHandler,
  personContactsHandler,
  messagesHandler,
]
