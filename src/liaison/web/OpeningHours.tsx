import { type ReactNode, useState } from 'react'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { nbsp } from '../../platform/web/text/typography.ts'
import { setOpeningHours } from '../contract/actions.ts'
import type { ReadingCalendar } from '../contract/queries.ts'

type Week = ReadingCalendar['week']
const dayNames = ['Dimanche', 'Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi']
/** Monday first, as one reads a week. */
const order = [1, 2, 3, 4, 5, 6, 0]

const words = (minutes: number): string => `${Math.floor(minutes / 60)}${nbsp}h${minutes % 60 === 0 ? '' : `${nbsp}${String(minutes % 60).padStart(2, '0')}`}`
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const minutesOf = (typed: string): number => {
  const [hours = '0', minutes = '0'] = typed.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** When the DAC reads what is written to it; public holidays are always closed. */
export function OpeningHours({ calendar }: { readonly calendar: ReadingCalendar }): ReactNode {
  const [week, setWeek] = useState<Week | null>(null)
  const save = useAction(setOpeningHours, undefined, { onDone: () => setWeek(null) })
  const change = (day: number, hours: [number, number][]): void => setWeek((week ?? calendar.week).map((one, index) => (index === day ? hours : one)))
  return (
    <Section
      title="Quand le DAC lit"
      end={
        save.allowed && week === null ? (
          <button type="button" className="linklike" onClick={() => setWeek(calendar.week)}>
            Changer
          </button>
        ) : undefined
      }
    >
      <ul className="lines small">
        {order.map((day) => {
          const hours = (week ?? calendar.week)[day] ?? []
          return (
            <li key={day} className="row">
              <span className="grow">{dayNames[day]}</span>
              {week === null ? (
                <span className="mut nw">{hours.length === 0 ? 'fermé' : hours.map(([opens, closes]) => `${words(opens)} à ${words(closes)}`).join(', ')}</span>
              ) : (
                <DayHours name={dayNames[day] ?? ''} hours={hours[0] ?? null} onChange={(pair) => change(day, pair === null ? [] : [pair])} />
              )}
            </li>
          )
        })}
      </ul>
      <p className="small mut">Jours fériés fermés. Ces heures comptent pour les alertes, et se disent à qui écrit hors d’elles.</p>
      {week === null ? null : (
        <div className="row">
          <ActionButton action={save} input={{ week }} small main>
            Garder ces horaires
          </ActionButton>
          <Button small quiet onClick={() => setWeek(null)}>
            Annuler
          </Button>
        </div>
      )}
      {save.error ? (
        <p className="small t-alert" role="alert">
          {errorDetail(save.error)}
        </p>
      ) : null}
    </Section>
  )
}

function DayHours(props: {
  readonly name: string
  readonly hours: [number, number] | null
  readonly onChange: (hours: [number, number] | null) => void
}): ReactNode {
  const { hours } = props
  return (
    <span className="row nw" style={{ gap: 4 }}>
      <label className="small row" style={{ gap: 4 }}>
        <input
          type="checkbox"
          aria-label={`${props.name} ouvert`}
          checked={hours !== null}
          onChange={() => props.onChange(hours === null ? [510, 1080] : null)}
        />
        ouvert
      </label>
      {hours === null ? null : (
        <>
          <input
            className="in in--time"
            type="time"
            aria-label={`${props.name}, ouverture`}
            value={clock(hours[0])}
            onChange={(event) => props.onChange([minutesOf(event.currentTarget.value), hours[1]])}
          />
          <input
            className="in in--time"
            type="time"
            aria-label={`${props.name}, fermeture`}
            value={clock(hours[1])}
            onChange={(event) => props.onChange([hours[0], minutesOf(event.currentTarget.value)])}
          />
        </>
      )}
    </span>
  )
}
