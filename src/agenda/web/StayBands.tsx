import { IconBuildingHospital } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { plural } from '../../platform/web/text/typography.ts'
import type { StayLine } from '../contract/stay.ts'
import { exitWords, stayTitle } from './stay-words.ts'

const shownAtOnce = 6

/** Stays in hospital over the days of a calendar, one band each: from the day of the entry to that of the exit, as far as one knows. */
export function StayBands(props: {
  readonly days: readonly string[]
  readonly today: string
  readonly stays: readonly StayLine[]
  readonly onOpen: (stay: StayLine) => void
  /** In the file of a person, her name is not repeated. */
  readonly ofOnePerson?: boolean | undefined
}): ReactNode {
  const { days, stays, today } = props
  const [all, setAll] = useState(false)
  const [first, last] = [days[0] as string, days.at(-1) as string]
  const shown = all ? stays : stays.slice(0, shownAtOnce)
  return (
    <ul className="staybands" style={{ gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` }} aria-label="À l’hôpital">
      {shown.map((stay) => {
        const from = stay.startsOn <= first ? 0 : days.indexOf(stay.startsOn)
        const to = stay.until === null || stay.until >= last ? days.length - 1 : days.indexOf(stay.until)
        const begins = stay.startsOn >= first
        const ends = stay.until !== null && stay.until <= last
        return (
          <li key={stay.id} style={{ gridColumn: `${from + 1} / ${to + 2}` }}>
            <button
              type="button"
              className={[
                'staybands__band',
                begins ? 'staybands__band--begins' : '',
                ends ? 'staybands__band--ends' : '',
                stay.startsOn > today ? 'staybands__band--planned' : '',
              ]
                .filter(Boolean)
                .join(' ')}
              onClick={() => props.onOpen(stay)}
            >
              <Ic of={IconBuildingHospital} size="s" />
              <span className="cut">
                {props.ofOnePerson ? <b>{stay.establishmentName}</b> : <b>{formatCivilName(stay.person)}</b>}
                {props.ofOnePerson ? '' : ` ${stay.establishmentName}`}
                <span className="staybands__exit">, {exitWords(stay)}</span>
              </span>
              <span className="vh">, {stayTitle(stay, today)}</span>
            </button>
          </li>
        )
      })}
      {stays.length > shown.length ? (
        <li style={{ gridColumn: '1 / -1' }}>
          <button type="button" className="linklike small" onClick={() => setAll(true)}>
            et {plural(stays.length - shown.length, 'autre')} à l’hôpital
          </button>
        </li>
      ) : null}
    </ul>
  )
}
