import { Delaunay } from 'd3-delaunay'
import type { Feature, FeatureCollection, MultiLineString, Polygon, Position } from 'geojson'

/** A place with what its surroundings belong to; null for what is only there to bound the others. */
export interface Site {
  readonly latitude: number
  readonly longitude: number
  /** Two sites of one group have no line between them. Null: outside, neither filled nor lined. */
  readonly group: string | null
  /** How the cell is filled: a name of the style. */
  readonly fill: string
}

export interface Cells {
  readonly fills: FeatureCollection<Polygon, { fill: string; site: number }>
  /** Where one group ends and another begins. */
  readonly borders: Feature<MultiLineString>
}

/**
 * Draws areas from the middles of their communes, where no contours are at hand: each point of the map belongs to the nearest middle (Voronoi), on
 * a flat map right within a region. Lines run between cells of different groups only. Sites outside (`group` null) bound those inside.
 */
export function cellsOf(sites: readonly Site[]): Cells {
  const empty: Cells = {
    fills: { type: 'FeatureCollection', features: [] },
    borders: { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: [] } },
  }
  if (sites.length < 3) return empty
  const middle = sites.reduce((sum, site) => sum + site.latitude, 0) / sites.length
  const scale = Math.cos((middle * Math.PI) / 180)
  const flat = sites.map(({ latitude, longitude }): [number, number] => [longitude * scale, latitude])
  const back = ([x, y]: readonly [number, number]): Position => [round(x / scale), round(y)]
  const xs = flat.map(([x]) => x)
  const ys = flat.map(([, y]) => y)
  const margin = 0.3
  const delaunay = Delaunay.from(flat)
  const voronoi = delaunay.voronoi([Math.min(...xs) - margin, Math.min(...ys) - margin, Math.max(...xs) + margin, Math.max(...ys) + margin])
  const features = sites.flatMap(({ group, fill }, index): Feature<Polygon, { fill: string; site: number }>[] => {
    if (group === null) return []
    const polygon = voronoi.cellPolygon(index) as [number, number][] | null
    return polygon === null ? [] : [{ type: 'Feature', properties: { fill, site: index }, geometry: { type: 'Polygon', coordinates: [polygon.map(back)] } }]
  })
  const lines: Position[][] = []
  const { halfedges, triangles } = delaunay
  const corner = (triangle: number): readonly [number, number] => [voronoi.circumcenters[triangle * 2] ?? 0, voronoi.circumcenters[triangle * 2 + 1] ?? 0]
  for (let edge = 0; edge < halfedges.length; edge += 1) {
    const opposite = halfedges[edge] ?? -1
    if (opposite < edge) continue
    const next = edge % 3 === 2 ? edge - 2 : edge + 1
    const one = sites[triangles[edge] ?? 0]?.group ?? null
    const other = sites[triangles[next] ?? 0]?.group ?? null
    if (one !== other) lines.push([back(corner(Math.floor(edge / 3))), back(corner(Math.floor(opposite / 3)))])
  }
  return { fills: { type: 'FeatureCollection', features }, borders: { ...empty.borders, geometry: { type: 'MultiLineString', coordinates: lines } } }
}

/** About ten metres. */
const round = (degrees: number): number => Math.round(degrees * 10_000) / 10_000
