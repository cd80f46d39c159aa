import { dayOf } from '../../platform/contract/dates.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { perimeterGaps, territoryMap } from '../contract/map.ts'
import { mapCommunes, mapServices, placesBeyond, readGaps } from './map.sql.ts'

export const mapReadings: readonly Implementation[] = [
  implement(territoryMap, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { on }) => {
      const day = on ?? dayOf(now, timeZone)
      const services = await mapServices(tx, day)
      return { services: [...services], communes: await mapCommunes(tx, day, services), beyond: await placesBeyond(tx) }
    },
  }),
  implement(perimeterGaps, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { kind, show, on, limit, cursor }) => {
      const after = decodeCursor(cursor, 4)
      const found = await readGaps(tx, kind, show, on ?? dayOf(now, timeZone), {
        limit,
        after: after === null ? null : [String(after[0]), String(after[1]), String(after[2]), String(after[3])],
      })
      const rows = found.rows.slice(0, limit)
      const last = rows.at(-1)
      return {
        rows: rows.map(({ key: _key, ...row }) => row),
        next: found.rows.length > limit && last !== undefined ? encodeCursor(last.key) : null,
        total: found.total,
        population: found.population,
      }
    },
  }),
]
