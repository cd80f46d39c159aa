import { type ReactNode, useState } from 'react'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { nbsp } from '../../platform/web/text/typography.ts'
import { setOpeningHours } from '../contract/actions.ts'
import type { ReadingCalendar } from '../contract/queries.ts'
import { withBreak, withoutBreak } from './midday-break.ts'

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
            <li key={day} className={week === null ? 'row' : 'row row--top'}>
              <span className="grow">{dayNames[day]}</span>
              {week === null ? (
                <span className="mut nw">{hours.length === 0 ? 'fermé' : hours.map(([opens, closes]) => `${words(opens)} à ${words(closes)}`).join(', ')}</span>
              ) : (
                <DayHours name={dayNames[day] ?? ''} hours={hours} onChange={(pairs) => change(day, pairs)} />
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

/** One opening, or two around a midday break. */
function DayHours(props: {
  readonly name: string
  readonly hours: readonly (readonly [number, number])[]
  readonly onChange: (hours: [number, number][]) => void
}): ReactNode {
  const { name, onChange } = props
  const hours = props.hours.map(([opens, closes]): [number, number] => [opens, closes])
  const put = (rank: number, edge: 0 | 1, typed: string): void =>
    onChange(hours.map((pair, index) => (index === rank ? (edge === 0 ? [minutesOf(typed), pair[1]] : [pair[0], minutesOf(typed)]) : pair)))
  return (
    <span className="stack openings">
      <span className="row wrap openings__switches">
        <label className="small row">
          <input type="checkbox" aria-label={`${name} ouvert`} checked={hours.length > 0} onChange={() => onChange(hours.length > 0 ? [] : [[510, 1080]])} />
          ouvert
        </label>
        {hours.length === 0 ? null : (
          <label className="small row">
            <input
              type="checkbox"
              aria-label={`${name}, pause à midi`}
              checked={hours.length > 1}
              onChange={() => onChange(hours.length > 1 ? withoutBreak(hours) : withBreak(hours))}
            />
            pause
          </label>
        )}
      </span>
      {hours.map(([opens, closes], rank) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an opening is known by its rank in the day alone.
        <span key={rank} className="row nw openings__pair">
          <input
            className="in in--time"
            type="time"
            aria-label={`${name}, ${edgeWords(hours.length, rank)}ouverture`}
            value={clock(opens)}
            onChange={(event) => put(rank, 0, event.currentTarget.value)}
          />
          <span className="small mut">à</span>
          <input
            className="in in--time"
            type="time"
            aria-label={`${name}, ${edgeWords(hours.length, rank)}fermeture`}
            value={clock(closes)}
            onChange={(event) => put(rank, 1, event.currentTarget.value)}
          />
        </span>
      ))}
    </span>
  )
}

const edgeWords = (pairs: number, rank: number): string => (pairs === 1 ? '' : rank === 0 ? 'matin, ' : 'après-midi, ')
