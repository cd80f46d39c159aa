/** Semi-major axis and flattening of GRS80, that every legal projection of France uses. */
const axis = 6_378_137
const flattening = 1 / 298.257222101
const e2 = flattening * (2 - flattening)
const e = Math.sqrt(e2)
const degrees = 180 / Math.PI

export type Point = readonly [latitude: number, longitude: number]

/** From metres of Lambert-93 to degrees (RGF93, a few centimetres from WGS84). */
function fromLambert93(x: number, y: number): Point {
  const n = 0.725607765053267
  const c = 11_754_255.4261
  const [xs, ys, origin] = [700_000, 12_655_612.0499, 3 / degrees]
  const [dx, dy] = [x - xs, ys - y]
  const isometric = -Math.log(Math.hypot(dx, dy) / c) / n
  let latitude = 2 * Math.atan(Math.exp(isometric)) - Math.PI / 2
  for (let turn = 0; turn < 12; turn += 1) {
    const s = e * Math.sin(latitude)
    latitude = 2 * Math.atan(((1 + s) / (1 - s)) ** (e / 2) * Math.exp(isometric)) - Math.PI / 2
  }
  return [latitude * degrees, (Math.atan(dx / dy) / n + origin) * degrees]
}

/** From metres of a UTM zone to degrees. */
function fromUtm(zone: number, south: boolean) {
  return (x: number, y: number): Point => {
    const scale = 0.9996
    const n = flattening / (2 - flattening)
    const radius = (axis / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
    const beta = [n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96, n ** 2 / 48 + n ** 3 / 15, (17 * n ** 3) / 480]
    const delta = [2 * n - (2 * n ** 2) / 3 - 2 * n ** 3, (7 * n ** 2) / 3 - (8 * n ** 3) / 5, (56 * n ** 3) / 15]
    const xi = (y - (south ? 10_000_000 : 0)) / (scale * radius)
    const eta = (x - 500_000) / (scale * radius)
    let [xiPlain, etaPlain] = [xi, eta]
    for (const [at, one] of beta.entries()) {
      const order = 2 * (at + 1)
      xiPlain -= one * Math.sin(order * xi) * Math.cosh(order * eta)
      etaPlain -= one * Math.cos(order * xi) * Math.sinh(order * eta)
    }
    const chi = Math.asin(Math.sin(xiPlain) / Math.cosh(etaPlain))
    const latitude = delta.reduce((sum, one, at) => sum + one * Math.sin(2 * (at + 1) * chi), chi)
    const longitude = Math.atan2(Math.sinh(etaPlain), Math.cos(xiPlain))
    return [latitude * degrees, longitude * degrees + (zone * 6 - 183)]
  }
}

/** The projections that FINESS names in its sources of coordinates, by EPSG code. */
const projections: Readonly<Record<string, (x: number, y: number) => Point>> = {
  '2154': fromLambert93,
  '5490': fromUtm(20, false),
  '2972': fromUtm(22, false),
  '2975': fromUtm(40, true),
  '4471': fromUtm(38, true),
  '32621': fromUtm(21, false),
  '4467': fromUtm(21, false),
}

/** Degrees of a point that FINESS placed; `source` is its text, « 1,ATLASANTE,96,BAN,EPSG:2154 RGF93… ». Null for a system that it does not name. */
export function pointOfFiness(x: number, y: number, source: string): Point | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null
  const code = /EPSG:(\d+)/.exec(source)?.[1] ?? (/UTM\s*(?:zone\s*)?21N/i.test(source) ? '32621' : '')
  const [latitude, longitude] = projections[code]?.(x, y) ?? [Number.NaN, Number.NaN]
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? [round(latitude), round(longitude)] : null
}

/** A tenth of a metre. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
