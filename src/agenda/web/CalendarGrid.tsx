import './agenda.css'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useSingleKeys } from '../../platform/web/shell/keys.ts'
import { displayZone, formatHour, formatLongDay, formatWeekDay } from '../../platform/web/text/dates.ts'
import type { Absence, Busy, Occurrence } from '../contract/queries.ts'
import type { StayLine } from '../contract/stay.ts'
import { LongRow, NowLine } from './GridEdges.tsx'
import { GridEvent } from './GridEvent.tsx'
import { hoursShown, isLong, placedOn, wallOn } from './grid.ts'
import { StayBands } from './StayBands.tsx'
import { carriedRow, hourHeight, useCarry } from './use-carry.ts'

export interface CalendarGridProps {
  readonly days: readonly string[]
  readonly today: string
  readonly rows: readonly Occurrence[]
  readonly busy?: readonly Busy[] | undefined
  readonly absences?: readonly Absence[] | undefined
  /** In hospital, above everything. */
  readonly stays?: readonly StayLine[] | undefined
  readonly onStay?: ((stay: StayLine) => void) | undefined
  /** What cannot be held as it is, by occurrence. */
  readonly hints?: ReadonlyMap<string, string> | undefined
  readonly onOpen: (one: Occurrence) => void
  /** A wall time of the installation, and a length in minutes. */
  readonly onMove: (one: Occurrence, wall: string, minutes: number) => void
  readonly onBook: (wall: string) => void
  readonly canMove: (one: Occurrence) => boolean
  readonly onDay?: ((day: string) => void) | undefined
  /** In the file of a person, her name is not repeated. */
  readonly ofOnePerson?: boolean | undefined
}

/** Days side by side, hours from top to bottom. By keyboard: arrows go from one to the next, M takes one up, arrows carry it, ↵ puts it down, N books. */
export function CalendarGrid(props: CalendarGridProps): ReactNode {
  const { days, rows, onMove, onBook, onOpen, canMove } = props
  const zone = displayZone()
  const label = useValueLabels()
  const singleKeys = useSingleKeys()
  const grid = useRef<HTMLDivElement>(null)
  const carry = useCarry(grid, { days, onOpen, onMove, canMove })
  const { carried } = carry
  const timed = rows.filter((one) => !isLong(one) && one.id !== carried?.one.id)
  const long = rows.filter(isLong)
  const shown = carried === null ? timed : [...timed, carriedRow(carried, zone)]
  const placed = new Map(days.map((day) => [day, placedOn(day, shown, zone)]))
  const taken = new Map(days.map((day) => [day, placedOn(day, props.busy ?? [], zone)]))
  const [first, last] = hoursShown([...placed.values(), ...taken.values()].flat())
  const height = (last - first) * hourHeight
  const kindOf = (one: Occurrence): string => label('agenda.appointment_kind', one.kind)

  const onNew = (event: KeyboardEvent<HTMLElement>): void => {
    if (!singleKeys || event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey) return
    const element = event.target as HTMLElement
    const day = element.closest<HTMLElement>('[data-day]')?.dataset.day ?? days.find((one) => one >= props.today) ?? days[0]
    const after = rows.find((one) => one.id === element.dataset.id)
    event.preventDefault()
    onBook(after === undefined || isLong(after) ? `${day}T09:00` : wallOn(after.endsAt, zone))
  }
  const bookAt = (event: React.MouseEvent, day: string): void => {
    if (event.target !== event.currentTarget) return
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top
    const minutes = Math.floor(((y / hourHeight) * 60) / 30) * 30 + first * 60
    onBook(`${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: one key for all that stands in it; each appointment is a button.
    <div
      className={`cal${days.length === 1 ? ' cal--day' : ''}`}
      ref={grid}
      onKeyDown={onNew}
      style={{ '--days': days.length, '--cal-height': `${height}px`, '--hour': `${hourHeight}px` } as CSSProperties}
    >
      <div className="cal__heads">
        <span />
        {days.map((day) => (
          <span key={day} data-day={day} className={day === props.today ? 'cal__dayhead cal__dayhead--today' : 'cal__dayhead'}>
            {props.onDay && days.length > 1 ? (
              <button type="button" className="linklike" onClick={() => props.onDay?.(day)}>
                {formatWeekDay(day)}
                <span className="vh">, {formatLongDay(day)}</span>
              </button>
            ) : (
              <span>{days.length === 1 ? formatLongDay(day) : formatWeekDay(day)}</span>
            )}
            {day === props.today ? <span className="vh"> aujourd’hui</span> : null}
          </span>
        ))}
      </div>
      {(props.stays ?? []).length > 0 ? (
        <div className="cal__staybands">
          <StayBands days={days} today={props.today} stays={props.stays ?? []} onOpen={(stay) => props.onStay?.(stay)} ofOnePerson={props.ofOnePerson} />
        </div>
      ) : null}
      {long.length > 0 || (props.absences ?? []).length > 0 ? <LongRow {...props} long={long} kindOf={kindOf} /> : null}
      <div className="cal__body">
        <div className="cal__hours" aria-hidden="true">
          {Array.from({ length: last - first }, (_, index) => first + index).map((hour) => (
            <span key={hour} style={{ height: hourHeight }}>
              {hour}&nbsp;h
            </span>
          ))}
        </div>
        {days.map((day) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: a click where nothing stands books there; by keyboard, N does.
          // biome-ignore lint/a11y/useKeyWithClickEvents: N books, from any appointment or day.
          <div
            key={day}
            data-day={day}
            className={`cal__day${day === props.today ? ' cal__day--today' : ''}`}
            style={{ height }}
            onClick={(click) => bookAt(click, day)}
          >
            {day === props.today ? <NowLine first={first} last={last} /> : null}
            <ol aria-label={formatLongDay(day)}>
              {(taken.get(day) ?? []).map(({ item, from, to, column, columns }) => (
                <li
                  key={`${item.id}${item.partyId}`}
                  className="cal__busy"
                  style={{
                    top: ((from - first * 60) / 60) * hourHeight,
                    height: ((to - from) / 60) * hourHeight - 2,
                    left: `${(column / columns) * 100}%`,
                    width: `${100 / columns}%`,
                  }}
                >
                  <span>
                    {formatHour(item.startsAt)} occupé<span className="vh"> jusqu’à {formatHour(item.endsAt)} : ce rendez-vous ne vous est pas ouvert</span>
                  </span>
                </li>
              ))}
              {(placed.get(day) ?? []).map((at) => (
                <GridEvent
                  key={at.item.id}
                  at={at}
                  first={first}
                  carry={carry}
                  hint={props.hints?.get(at.item.id)}
                  ofOnePerson={props.ofOnePerson}
                  canMove={canMove}
                  onOpen={onOpen}
                />
              ))}
            </ol>
          </div>
        ))}
      </div>
      <p className="vh" role="status">
        {carried?.by === 'keys'
          ? `${formatLongDay(carried.wall.slice(0, 10))}, ${Number(carried.wall.slice(11, 13))} h ${carried.wall.slice(14, 16)}, ${carried.minutes} minutes`
          : ''}
      </p>
      {carried?.by === 'keys' ? (
        <p className="cal__carry">
          <b>Déplacement</b> ↑ ↓ un quart d’heure · ← → un jour · Maj ↑ ↓ la durée · ↵ poser · Échap laisser
        </p>
      ) : null}
    </div>
  )
}
