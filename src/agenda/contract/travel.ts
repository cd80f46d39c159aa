/** A point of the map, in degrees: the middle of a commune. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Roads are longer than the straight line; the usual ratio of rural France. */
const detour = 1.3
/** Mean speed between two communes, parking included, in kilometres per hour. */
const speed = 50
/** From door to door inside one commune. */
const insideMinutes = 10

const earthKilometres = 6371

/** Kilometres of the straight line between two points. */
export function straightKilometres(a: Point, b: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const half = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
  const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * earthKilometres * Math.asin(Math.sqrt(half + across))
}

/** Minutes by car between two communes, rounded up to five: the straight line, a detour, a mean speed. An estimate, and said so wherever it shows. */
export function travelMinutes(a: Point, b: Point): number {
  const minutes = ((straightKilometres(a, b) * detour) / speed) * 60
  return Math.max(insideMinutes, Math.ceil(minutes / 5) * 5)
}

export interface Timed {
  readonly id: string
  readonly startsAt: string
  readonly endsAt: string
  readonly point: Point | null
}

/** What cannot be held as it is written: two at once, or too little time between two places. */
export type Hint =
  | { readonly kind: 'conflict'; readonly ids: readonly [string, string] }
  | { readonly kind: 'travel'; readonly ids: readonly [string, string]; readonly gap: number; readonly travel: number }

/** Hints over the moments of one party, in any order. Minutes. */
export function hintsOf(moments: readonly Timed[]): readonly Hint[] {
  const inOrder = [...moments].sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id))
  const hints: Hint[] = []
  let last: Timed | null = null
  for (const moment of inOrder) {
    for (const other of inOrder) {
      if (other === moment) break
      if (Date.parse(other.endsAt) > Date.parse(moment.startsAt)) hints.push({ kind: 'conflict', ids: [other.id, moment.id] })
    }
    if (last !== null && last.point !== null && moment.point !== null) {
      const gap = (Date.parse(moment.startsAt) - Date.parse(last.endsAt)) / 60_000
      const travel = travelMinutes(last.point, moment.point)
      const elsewhere = last.point.latitude !== moment.point.latitude || last.point.longitude !== moment.point.longitude
      if (gap >= 0 && elsewhere && gap < travel) hints.push({ kind: 'travel', ids: [last.id, moment.id], gap, travel })
    }
    if (last === null || moment.endsAt > last.endsAt) last = moment
  }
  return hints
}
