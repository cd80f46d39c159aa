import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'

/**
 * `node scripts/make-map-data.ts [cities500.txt]`: makes again the two files that the map has without internet.
 * - src/app/seed/reference/commune-middles.csv: INSEE code, latitude, longitude of the places that GeoNames knows in France (dump « cities500 »,
 *   CC BY 4.0; its fourth administrative code is the INSEE code). Left as it is when no dump is given.
 * - public/map/land.json: France and its neighbours, from Natural Earth (public domain) through world-atlas, cut to what a region shows.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const [, , dump] = process.argv

if (dump !== undefined) {
  const places = new Map<string, readonly [population: number, line: string]>()
  for (const line of (await readFile(dump, 'utf8')).split('\n')) {
    const [, , , , latitude, longitude, , , country = '', , , , , commune = '', population] = line.split('\t')
    if (!/^(FR|GP|MQ|GF|RE|YT)$/.test(country) || !/^(\d{5}|2[AB]\d{3})$/.test(commune)) continue
    const people = Number(population)
    if ((places.get(commune)?.[0] ?? -1) < people) places.set(commune, [people, `${commune},${Number(latitude).toFixed(4)},${Number(longitude).toFixed(4)}`])
  }
  const lines = [...places.values()].map(([, line]) => line).sort()
  await writeFile(join(root, 'src/app/seed/reference/commune-middles.csv'), `code,latitude,longitude\n${lines.join('\n')}\n`)
  process.stdout.write(`${lines.length} communes\n`)
}

type Atlas = Parameters<typeof feature>[0]

const box = { west: -6.5, east: 11.5, south: 40.5, north: 52.5 }
const world = JSON.parse(await readFile(join(dirname(fileURLToPath(import.meta.resolve('world-atlas/package.json'))), 'countries-10m.json'), 'utf8')) as Atlas
const inside = (ring: readonly Position[]): boolean => ring.some(([x = 0, y = 0]) => x > box.west && x < box.east && y > box.south && y < box.north)
const rounded = (ring: readonly Position[]): Position[] => {
  const points = ring.map(([x = 0, y = 0]): Position => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000])
  return points.filter((point, index) => index === 0 || point[0] !== points[index - 1]?.[0] || point[1] !== points[index - 1]?.[1])
}
/** A ring is cut to the box, side by side (Sutherland and Hodgman). */
function cut(ring: readonly Position[]): Position[] {
  const sides: readonly [axis: 0 | 1, limit: number, keepsAbove: boolean][] = [
    [0, box.west, true],
    [0, box.east, false],
    [1, box.south, true],
    [1, box.north, false],
  ]
  let kept = [...ring]
  for (const [axis, limit, above] of sides) {
    const within = (point: Position): boolean => (point[axis] ?? 0) >= limit === above
    const next: Position[] = []
    for (const [index, point] of kept.entries()) {
      const before = kept[(index + kept.length - 1) % kept.length] as Position
      if (within(point) !== within(before)) {
        const share = (limit - (before[axis] ?? 0)) / ((point[axis] ?? 0) - (before[axis] ?? 0))
        next.push([0, 1].map((one) => (before[one] ?? 0) + share * ((point[one] ?? 0) - (before[one] ?? 0))))
      }
      if (within(point)) next.push(point)
    }
    kept = next
  }
  if (kept.length > 0) kept.push(kept[0] as Position)
  return kept
}
const countries = feature(world, 'countries') as unknown as FeatureCollection<Polygon | MultiPolygon, { name: string }>
const features: Feature<MultiPolygon, { name: string }>[] = countries.features.flatMap(({ geometry, properties }) => {
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
    .filter(([outer = []]) => inside(outer))
    .map((rings) =>
      rings
        .map(cut)
        .map(rounded)
        .filter((ring) => ring.length > 4),
    )
    .filter((rings) => rings.length > 0)
  return polygons.length === 0 ? [] : [{ type: 'Feature', properties: { name: properties.name }, geometry: { type: 'MultiPolygon', coordinates: polygons } }]
})
// All that is not France, to cover what areas drawn from the middles of communes would spill into the sea.
const france = features.find(({ properties }) => properties.name === 'France')?.geometry.coordinates.map(([outer = []]) => outer) ?? []
const corners = [
  [-40, 20],
  [40, 20],
  [40, 65],
  [-40, 65],
  [-40, 20],
]
features.push({ type: 'Feature', properties: { name: 'beyond' }, geometry: { type: 'MultiPolygon', coordinates: [[corners, ...france]] } })
const text = JSON.stringify({ type: 'FeatureCollection', features })
await writeFile(join(root, 'public/map/land.json'), `${text}\n`)
process.stdout.write(`${features.map(({ properties }) => properties.name).join(', ')}: ${text.length} characters\n`)
