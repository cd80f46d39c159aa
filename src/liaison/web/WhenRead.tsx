import type { ReactNode } from 'react'
import type { ReadingCalendar } from '../contract/queries.ts'
import { readingTime } from './reading-words.ts'

/** When the DAC reads, before one sends: a line in its hours; out of them it stands out as soon as a quick answer is asked. */
export function WhenRead(props: { readonly calendar: ReadingCalendar | null; readonly asked: boolean }): ReactNode {
  if (props.calendar === null) return 'Lue aux heures du DAC. Urgence\u00a0: 15 ou 114.'
  const { open, words } = readingTime(props.calendar)
  if (open || !props.asked) return words
  return (
    <b className="t-alert" role="alert">
      {words}
    </b>
  )
}
