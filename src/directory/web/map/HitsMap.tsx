import { type ReactNode, useMemo } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { cellsOf } from '../../../platform/web/map/cells.ts'
import { boxAround } from '../../../platform/web/map/distance.ts'
import { MapCanvas, type MapPoint } from '../../../platform/web/map/MapCanvas.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { territoryMap } from '../../../territory/contract/map.ts'
import { boxOfService, sitesOfService, townsOf } from '../../../territory/contract/map-sites.ts'
import type { DirectoryHit } from '../../contract/hit.ts'
import { toneOf } from './layers.ts'

/** An hour: perimeters and communes hardly change, and events say so when they do. */
export const territoryStaleness = 3_600_000

export interface AroundPlace {
  readonly name: string
  readonly latitude: number | null
  readonly longitude: number | null
}

/** Those who stand at one place are shown around it, so that each keeps her number. */
function apart(points: readonly MapPoint[]): readonly MapPoint[] {
  const seen = new Map<string, number>()
  return points.map((point) => {
    const key = `${point.latitude.toFixed(4)} ${point.longitude.toFixed(4)}`
    const place = seen.get(key) ?? 0
    seen.set(key, place + 1)
    if (place === 0) return point
    const angle = place * 2.39996
    const reach = 0.0022 * Math.sqrt(place)
    return {
      ...point,
      latitude: point.latitude + reach * Math.sin(angle),
      longitude: point.longitude + (reach * Math.cos(angle)) / Math.cos((point.latitude * Math.PI) / 180),
    }
  })
}

/** The answers of the list on the map, under the same numbers, with the perimeter of one's own service and distances from where one looks. */
export function HitsMap(props: {
  readonly rows: readonly DirectoryHit[]
  readonly around: AroundPlace | null
  readonly chosen: string | null
  readonly onChoose: (partyId: string) => void
}): ReactNode {
  const { rows, around, chosen } = props
  const actor = useActor()
  const { data } = useJalonQuery(territoryMap, {}, { staleTime: territoryStaleness })
  const cells = useMemo(() => (data ? cellsOf(sitesOfService(data, actor.serviceId)) : undefined), [data, actor.serviceId])
  const towns = useMemo(() => (data ? townsOf(data) : undefined), [data])
  const points = useMemo(
    () =>
      apart(
        rows.flatMap((hit, index): MapPoint[] =>
          hit.latitude === null || hit.longitude === null
            ? []
            : [{ id: hit.partyId, label: hit.label, latitude: hit.latitude, longitude: hit.longitude, tone: toneOf(hit.facet), mark: String(index + 1) }],
        ),
      ),
    [rows],
  )
  const latitude = around?.latitude ?? null
  const longitude = around?.longitude ?? null
  const here = useMemo(() => (latitude === null || longitude === null ? undefined : { latitude, longitude, rings: [10, 20] }), [latitude, longitude])
  const box = useMemo(() => {
    const near = points.slice(0, 12)
    return near.length > 0 ? boxAround(here ? [here, ...near] : near, 3) : here ? boxAround([here], 20) : data ? boxOfService(data, actor.serviceId) : null
  }, [points, here, data, actor.serviceId])
  return (
    <MapCanvas
      label={`Carte : ${plural(points.length, 'résultat')}${around ? ` autour de ${around.name}` : ''}. La liste dit la même chose`}
      points={points}
      cells={cells}
      towns={towns}
      here={here}
      chosen={chosen}
      box={box}
      onChoose={props.onChoose}
    />
  )
}
