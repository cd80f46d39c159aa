import { holds } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { legalPersons, serviceDetail, users } from '../contract/queries.ts'
import { listLegalPersons, readServiceDetail } from './organisations.sql.ts'
import { listUsers } from './users.sql.ts'

function place(cursor: string | null): readonly [string, string] | null {
  const values = decodeCursor(cursor, 2)
  return values === null ? null : [String(values[0]), String(values[1])]
}

export const administrationReadings: readonly Implementation[] = [
  implement(serviceDetail, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { id }) => {
      const detail = await readServiceDetail(tx, id, dayOf(now, timeZone))
      if (detail === null) throw notFound('service')
      return detail
    },
  }),
  implement(legalPersons, {
    load: noTarget,
    run: async ({ tx }, { text, limit, cursor }) => {
      const found = await listLegalPersons(tx, text, limit, place(cursor))
      const rows = found.slice(0, limit)
      const last = rows[rows.length - 1]
      return { rows, next: found.length > limit && last !== undefined ? encodeCursor([last.name, last.id]) : null }
    },
  }),
  implement(users, {
    load: noTarget,
    run: async ({ tx, actor, now, timeZone }, { cursor, limit, ...filter }) => {
      // A team leader sees her own service, whatever she asks.
      const serviceId = holds(actor, 'regional_admin') ? filter.serviceId : actor.serviceId
      const found = await listUsers(tx, { ...filter, serviceId, limit, after: place(cursor) }, dayOf(now, timeZone))
      const rows = found.rows.slice(0, limit)
      const last = rows[rows.length - 1]
      return {
        rows,
        total: found.total,
        next: found.rows.length > limit && last !== undefined ? encodeCursor([`${last.familyName} ${last.givenName}`.toLowerCase(), last.id]) : null,
      }
    },
  }),
]
