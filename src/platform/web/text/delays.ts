export type DelayTone = 'calm' | 'near' | 'late'

/** A delay as it is drawn. A capability computes it in working time (`requestDelay` of intake): the clock alone would lie over a week-end. */
export interface Delay {
  /** Bands of the jalon that are filled, 0 to 5; a late delay has all five. */
  readonly bands: number
  readonly tone: DelayTone
  /** « reste 2 h », « en retard de 3 h ». */
  readonly words: string
}
