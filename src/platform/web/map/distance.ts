import type { Feature, LineString } from 'geojson'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

const kilometresOfDegree = 111.32

/** A ring at some kilometres around a place, as a line with its label. */
export function circleAround(place: Place, kilometres: number): Feature<LineString, { label: string }> {
  const scale = Math.cos((place.latitude * Math.PI) / 180)
  const reach = kilometres / kilometresOfDegree
  const coordinates = Array.from({ length: 73 }, (_, step) => {
    const angle = (step / 72) * 2 * Math.PI
    return [place.longitude + (reach * Math.cos(angle)) / scale, place.latitude + reach * Math.sin(angle)]
  })
  return { type: 'Feature', properties: { label: `${kilometres}\u00a0km` }, geometry: { type: 'LineString', coordinates } }
}

/** West, south, east, north of places, with some kilometres around; null without a place. */
export function boxAround(places: readonly Place[], kilometres: number): readonly [number, number, number, number] | null {
  const [first] = places
  if (first === undefined) return null
  const latitudes = places.map(({ latitude }) => latitude)
  const longitudes = places.map(({ longitude }) => longitude)
  const reach = kilometres / kilometresOfDegree
  const wide = reach / Math.cos((first.latitude * Math.PI) / 180)
  return [Math.min(...longitudes) - wide, Math.min(...latitudes) - reach, Math.max(...longitudes) + wide, Math.max(...latitudes) + reach]
}
