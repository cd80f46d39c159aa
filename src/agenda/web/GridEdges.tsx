import { type ReactNode, useEffect, useState } from 'react'
import { dayOf } from '../../platform/contract/dates.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { displayZone, formatHour, formatLongDay } from '../../platform/web/text/dates.ts'
import type { Absence, Occurrence } from '../contract/queries.ts'
import { minutesOn } from './grid.ts'
import { headWords, hoursWords, iconOf } from './occurrence-words.ts'
import { hourHeight } from './use-carry.ts'

/** What lasts whole days, and absences, above the hours. */
export function LongRow(props: {
  readonly days: readonly string[]
  readonly long: readonly Occurrence[]
  readonly absences?: readonly Absence[] | undefined
  readonly ofOnePerson?: boolean | undefined
  readonly kindOf: (one: Occurrence) => string
  readonly onOpen: (one: Occurrence) => void
}): ReactNode {
  const zone = displayZone()
  const covers = (one: { readonly startsAt: string; readonly endsAt: string }, day: string): boolean =>
    dayOf(one.startsAt, zone) <= day && dayOf(new Date(Date.parse(one.endsAt) - 1000), zone) >= day
  return (
    <div className="cal__long">
      <span className="cal__longlabel">jour</span>
      {props.days.map((day) => (
        <ul key={day} data-day={day} aria-label={`Journée du ${formatLongDay(day)}`}>
          {(props.absences ?? [])
            .filter((one) => covers(one, day))
            .map((one) => (
              <li key={one.id} className="cal__absence">
                Absence{one.wholeDays ? '' : ` ${formatHour(one.startsAt)} – ${formatHour(one.endsAt)}`}
              </li>
            ))}
          {props.long
            .filter((one) => covers(one, day))
            .map((one) => (
              <li key={one.id}>
                <button type="button" data-id={one.id} className={`cal__longevent cal__longevent--${one.state}`} onClick={() => props.onOpen(one)}>
                  <Ic of={iconOf(one.kind)} size="s" />
                  <span className="cut">{props.ofOnePerson ? (one.title ?? props.kindOf(one)) : headWords(one, props.kindOf(one))}</span>
                  <span className="vh">
                    , {props.kindOf(one)}, {hoursWords(one)}
                  </span>
                </button>
              </li>
            ))}
        </ul>
      ))}
    </div>
  )
}

/** The line of now, moved each minute. */
export function NowLine({ first, last }: { readonly first: number; readonly last: number }): ReactNode {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const minutes = minutesOn(now.toISOString(), displayZone())
  if (minutes < first * 60 || minutes > last * 60) return null
  return <span className="cal__now" style={{ top: ((minutes - first * 60) / 60) * hourHeight }} aria-hidden="true" />
}
