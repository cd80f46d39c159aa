import { dayOf } from '../../platform/contract/dates.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
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
    run: ({ tx, now, timeZone }, { kind, show, on }) => readGaps(tx, kind, show, on ?? dayOf(now, timeZone)),
  }),
]
