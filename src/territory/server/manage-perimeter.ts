import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { addToPerimeter, endPerimeter } from '../contract/actions.ts'
import { areas, coverage, perimeter, perimeterPreview } from '../contract/queries.ts'
import { assertValue } from './api.ts'
import { unknownCommunes } from './communes.sql.ts'
import { lockService } from './organisations.sql.ts'
import {
  communeNames,
  communesOfAreas,
  endCommunes,
  insertPerimeter,
  lockPerimeters,
  overlaps,
  ownCommunes,
  readCoverage,
  readPerimeter,
  recordedCommunes,
  searchAreas,
} from './perimeter.sql.ts'

/** The period of a perimeter as it is kept: the last day that the user gives belongs to it. */
function period(startsOn: string, lastDay: string | null): { startsOn: string; endsOn: string | null } {
  if (lastDay !== null && lastDay < startsOn) throw invalid('perimeter_dates')
  return { startsOn, endsOn: lastDay === null ? null : addDays(lastDay, 1) }
}

const insee = /\b(?:\d{5}|2[AB]\d{3})\b/gi

export const perimeters: readonly Implementation[] = [
  implement(addToPerimeter, {
    load: async ({ tx }, { serviceId }) => {
      if ((await lockService(tx, serviceId)) === null) throw notFound('service')
      return null
    },
    run: async (context, { serviceId, communeCodes, startsOn, endsOn, source }) => {
      const { tx, actor, now } = context
      await lockPerimeters(tx)
      const service = await lockService(tx, serviceId)
      if (service === null) throw notFound('service')
      await assertValue(tx, 'territory.perimeter_source', source)
      const dates = period(startsOn, endsOn)
      if (service.endsOn !== null && (dates.endsOn === null || dates.endsOn > addDays(service.endsOn, 1))) throw invalid('service_ended')
      const recorded = await recordedCommunes(tx, communeCodes)
      const unknown = await unknownCommunes(tx, communeCodes)
      if (unknown.length > 0) throw invalid('commune_unknown', { count: unknown.length }, { codes: unknown })
      const own = await ownCommunes(tx, serviceId, recorded, dates)
      if (own.colliding.length > 0) throw conflict('perimeter_same_service', { count: own.colliding.length }, { communes: own.colliding })
      const added = recorded.filter((code) => !own.covered.includes(code))
      const exclusive = service.kind === 'dac'
      const others = exclusive ? await overlaps(tx, serviceId, added, dates) : []
      if (others.length > 0) throw conflict('perimeter_overlap', { count: others.length }, { overlaps: others })
      await insertPerimeter(tx, serviceId, added, dates, exclusive, source, actor.userId, now)
      context.note({ added: added.length })
      context.emit({ type: 'territory.perimeter.changed', payload: { serviceId } })
      return { serviceId, added: added.length, already: own.covered.length }
    },
  }),
  implement(endPerimeter, {
    load: async ({ tx }, { serviceId }) => {
      if ((await lockService(tx, serviceId)) === null) throw notFound('service')
      return null
    },
    run: async ({ tx, now, timeZone, note, emit }, { serviceId, communeCodes, lastDay }) => {
      const ended = await endCommunes(tx, serviceId, await recordedCommunes(tx, communeCodes), addDays(lastDay, 1), dayOf(now, timeZone))
      note({ ended })
      emit({ type: 'territory.perimeter.changed', payload: { serviceId } })
      return { serviceId, ended }
    },
  }),
  implement(perimeter, { load: noTarget, run: ({ tx, now, timeZone }, { serviceId, on }) => readPerimeter(tx, serviceId, on ?? dayOf(now, timeZone)) }),
  implement(perimeterPreview, {
    load: noTarget,
    run: async ({ tx }, { serviceId, text, epciCodes, departmentCodes, startsOn, endsOn }) => {
      const pasted = [...new Set((text.match(insee) ?? []).map((code) => code.toUpperCase()))]
      const recorded = await recordedCommunes(tx, [...pasted, ...(await communesOfAreas(tx, epciCodes, departmentCodes))])
      const dates = period(startsOn, endsOn)
      const [names, own, others] = [
        await communeNames(tx, recorded),
        await ownCommunes(tx, serviceId, recorded, dates),
        await overlaps(tx, serviceId, recorded, dates),
      ]
      return {
        rows: recorded.map((communeCode) => {
          const other = others.find((overlap) => overlap.communeCode === communeCode)
          return {
            communeCode,
            communeName: names.get(communeCode) ?? '',
            already: own.covered.includes(communeCode),
            other: other === undefined ? null : { serviceName: other.serviceName, startsOn: other.startsOn, endsOn: other.endsOn },
          }
        }),
        unknown: [...(await unknownCommunes(tx, pasted))],
      }
    },
  }),
  implement(areas, { load: noTarget, run: async ({ tx }, { text }) => ({ rows: await searchAreas(tx, text) }) }),
  implement(coverage, { load: noTarget, run: ({ tx, now, timeZone }, { departmentCode }) => readCoverage(tx, dayOf(now, timeZone), departmentCode) }),
]
