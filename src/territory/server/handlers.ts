import { dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { colleagues, communes, dacForCommune, services, valueSets } from '../contract/queries.ts'
import '../contract/errors.ts'
import { birthPlacesHandler } from './birth-places.ts'
import { communeByCode, searchCommunes } from './communes.sql.ts'
import { organisations } from './manage-organisations.ts'
import { perimeters } from './manage-perimeter.ts'
import { accounts } from './manage-users.ts'
import { valueSetAdministration } from './manage-value-sets.ts'
import { administrationReadings } from './read-administration.ts'
import { mapReadings } from './read-map.ts'
import { dacAnnouncedFor, listServices, membersOn, servicesCovering } from './services.sql.ts'
import { readValueSets } from './value-sets.sql.ts'

const readings: readonly Implementation[] = [
  implement(valueSets, { load: noTarget, run: async ({ tx }) => ({ sets: await readValueSets(tx) }) }),
  implement(communes, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { text, limit }) => ({ rows: [...(await searchCommunes(tx, text, dayOf(now, timeZone), limit))] }),
  }),
  implement(dacForCommune, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { communeCode }) => {
      const day = dayOf(now, timeZone)
      const commune = await communeByCode(tx, communeCode)
      if (commune === null) throw notFound('commune')
      const dacs = await servicesCovering(tx, commune.code, day, 'dac')
      const announced = dacs.length === 0 && commune.departmentCode !== null ? await dacAnnouncedFor(tx, commune.departmentCode, day) : []
      return {
        commune: { code: commune.code, name: commune.name, departmentCode: commune.departmentCode },
        dac: dacs.length === 1 ? (dacs[0] ?? null) : null,
        announced: [...announced],
        cpts: [...(await servicesCovering(tx, commune.code, day, 'cpts'))],
      }
    },
  }),
  implement(services, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { cursor, ...filter }) => {
      const place = decodeCursor(cursor, 2)
      const found = await listServices(tx, { ...filter, after: place === null ? null : [String(place[0]), String(place[1])] }, dayOf(now, timeZone))
      const rows = found.slice(0, filter.limit)
      const last = rows[rows.length - 1]
      return { rows, next: found.length > rows.length && last !== undefined ? encodeCursor([last.name, last.id]) : null }
    },
  }),
  implement(colleagues, {
    load: noTarget,
    run: async ({ tx, actor, now, timeZone }, { functions }) => ({
      rows:
        actor.serviceId === null
          ? []
          : (await membersOn(tx, actor.serviceId, dayOf(now, timeZone), functions)).map((row) => ({ ...row, functions: [...row.functions] })),
    }),
  }),
]

/** Everything that territory can do, as the gate runs it. */
export const territoryHandlers: readonly Implementation[] = [
  ...readings,
  birthPlacesHandler,
  ...mapReadings,
  ...administrationReadings,
  ...organisations,
  ...perimeters,
  ...accounts,
  ...valueSetAdministration,
]
