import { nbsp } from './typography.ts'

export type DelayTone = 'calm' | 'near' | 'late'

export interface Delay {
  /** Bands of the jalon that are filled, 0 to 5; a late delay has all five. */
  readonly bands: number
  readonly tone: DelayTone
  /** « reste 2 h », « retard 3 h », « à l’heure dite ». */
  readonly words: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Where a delay stands. `from` and `due` are instants; the delay is near when less than a fifth of it is left. */
export function delayOf(from: string | Date, due: string | Date, now: Date = new Date()): Delay {
  const start = new Date(from).getTime()
  const end = new Date(due).getTime()
  const left = end - now.getTime()
  if (left < 0) return { bands: 5, tone: 'late', words: formatDelay(left) }
  const share = end > start ? Math.min(1, Math.max(0, (now.getTime() - start) / (end - start))) : 1
  const bands = Math.min(4, Math.max(1, Math.floor(share * 5)))
  return { bands, tone: share >= 0.8 ? 'near' : 'calm', words: formatDelay(left) }
}

/** Takes milliseconds left, negative once late: « reste 2 h », « reste 3 j », « retard 40 min ». */
export function formatDelay(left: number): string {
  return `${left < 0 ? 'retard' : 'reste'} ${formatDuration(Math.abs(left))}`
}

/** Takes milliseconds: « 40 min », « 2 h », « 3 j ». Rounded down, so that nobody is promised more than what is left. */
export function formatDuration(span: number): string {
  if (span < minute) return `moins d’une${nbsp}minute`
  if (span < hour) return `${Math.floor(span / minute)}${nbsp}min`
  if (span < day) return `${Math.floor(span / hour)}${nbsp}h`
  return `${Math.floor(span / day)}${nbsp}j`
}
