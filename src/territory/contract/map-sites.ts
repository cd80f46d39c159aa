import type { OutputOf } from '../../platform/contract/action.ts'
import type { territoryMap } from './map.ts'

export type TerritoryMap = OutputOf<typeof territoryMap>

/** A commune as the map draws it: what it belongs to, and the fill of its cell. Null: outside the region. */
export interface MapSite {
  readonly latitude: number
  readonly longitude: number
  readonly group: string | null
  readonly fill: string
}

const beyondOf = ({ beyond }: TerritoryMap): MapSite[] => beyond.map(([latitude, longitude]) => ({ latitude, longitude, group: null, fill: 'blank' }))

/** The perimeter of one service, everything else of the region left blank. */
export function sitesOfService(map: TerritoryMap, serviceId: string | null): readonly MapSite[] {
  const place = map.services.findIndex(({ id }) => id === serviceId)
  return [
    ...map.communes.map(([, , , latitude, longitude, , , services]): MapSite => {
      const own = place >= 0 && services.includes(place)
      return { latitude, longitude, group: own ? 'own' : 'other', fill: own ? 'own' : 'blank' }
    }),
    ...beyondOf(map),
  ]
}

/** How many tints the map has for services side by side. */
const tints = 7

/** The perimeters of all services of a kind; what none covers and what several cover are told apart from them. */
export function sitesOfKind(map: TerritoryMap, kind: 'dac' | 'cpts'): readonly MapSite[] {
  const ranks = new Map(map.services.flatMap((service, place) => (service.kind === kind ? [place] : [])).map((place, rank) => [place, rank]))
  return [
    ...map.communes.map(([, , , latitude, longitude, , , services]): MapSite => {
      const covering = services.filter((place) => ranks.has(place))
      const [first] = covering
      if (first === undefined) return { latitude, longitude, group: 'hole', fill: 'hole' }
      if (covering.length > 1) return { latitude, longitude, group: `overlap ${covering.join(' ')}`, fill: 'overlap' }
      return { latitude, longitude, group: String(first), fill: `area-${(ranks.get(first) ?? 0) % tints}` }
    }),
    ...beyondOf(map),
  ]
}

/** The name of each service of a kind, in the middle of its communes. */
export function namesOfKind(
  map: TerritoryMap,
  kind: 'dac' | 'cpts',
): readonly { readonly name: string; readonly latitude: number; readonly longitude: number; readonly size: number }[] {
  return map.services.flatMap((service, place) => {
    if (service.kind !== kind) return []
    const covered = map.communes.filter(([, , , , , , , services]) => services.includes(place))
    if (covered.length === 0) return []
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    const name = (service.shortName ?? service.name).replace(/^CPTS (?:de |du |des |d’)?/u, '')
    return [{ name, latitude: mean(covered.map((row) => row[3])), longitude: mean(covered.map((row) => row[4])), size: covered.length }]
  })
}

/** Communes as towns to be named; estimated places are not, they would be read as certain. */
export function townsOf(
  map: TerritoryMap,
): readonly { readonly name: string; readonly latitude: number; readonly longitude: number; readonly population: number }[] {
  return map.communes.flatMap(([, name, , latitude, longitude, population, estimated]) => (estimated === 1 ? [] : [{ name, latitude, longitude, population }]))
}

/** West, south, east, north of the communes of a service, or of the whole region. */
export function boxOfService(map: TerritoryMap, serviceId: string | null): readonly [number, number, number, number] | null {
  const place = map.services.findIndex(({ id }) => id === serviceId)
  const covered = map.communes.filter(([, , , , , , , services]) => place >= 0 && services.includes(place))
  const shown = covered.length > 0 ? covered : map.communes
  if (shown.length === 0) return null
  const latitudes = shown.map((row) => row[3])
  const longitudes = shown.map((row) => row[4])
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}
