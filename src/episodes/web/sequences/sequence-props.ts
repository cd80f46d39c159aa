import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import { displayZone, formatHour } from '../../../platform/web/text/dates.ts'
import type { EpisodeTarget } from '../../contract/episode.ts'
import type { CriticalSequence } from '../../contract/sequences.ts'

export interface SequenceProps {
  readonly sequence: CriticalSequence
  /** What the rules look at: the accompaniment. */
  readonly target: EpisodeTarget
  readonly mayAct: boolean
}

/** « par Julie Marchal, le 15/11 à 9 h 12 » */
export function answeredWords(line: { readonly answeredAt: string | null; readonly answeredByName: string | null }): string {
  if (line.answeredAt === null) return ''
  return `par ${line.answeredByName ?? 'un collègue'}, le ${formatDay(dayOf(line.answeredAt, displayZone())).slice(0, 5)} à ${formatHour(line.answeredAt)}`
}
