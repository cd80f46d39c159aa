import './agenda.css'
import { IconAlertTriangle, IconCheck, IconLock, IconRepeat } from '@tabler/icons-react'
import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { dayOf } from '../../platform/contract/dates.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useSingleKeys } from '../../platform/web/shell/keys.ts'
import { displayZone, formatHour, formatLongDay, formatWeekDay } from '../../platform/web/text/dates.ts'
import type { Absence, Busy, Occurrence } from '../contract/queries.ts'
import { hoursShown, minutesOn, movedWall, type Placed, placedOn, wallOn } from './grid.ts'
import { headWords, hoursWords, iconOf, placeWords } from './occurrence-words.ts'

const hourHeight = 54
const step = 15

export interface CalendarGridProps {
  readonly days: readonly string[]
  readonly today: string
  readonly rows: readonly Occurrence[]
  readonly busy?: readonly Busy[] | undefined
  readonly absences?: readonly Absence[] | undefined
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

/** Where an appointment is being carried, by the mouse or by the arrows. */
interface Carried {
  readonly one: Occurrence
  readonly wall: string
  readonly minutes: number
  readonly by: 'pointer' | 'keys'
}

const lengthOf = (one: Occurrence): number => Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000)
const isLong = (one: Occurrence): boolean => one.allDay || lengthOf(one) >= 1440

/** Days side by side, hours from top to bottom. By keyboard: arrows go from one to the next, M takes one up, arrows carry it, ↵ puts it down, N books. */
export function CalendarGrid(props: CalendarGridProps): ReactNode {
  const { days, rows, onMove, onBook, onOpen, canMove } = props
  const zone = displayZone()
  const label = useValueLabels()
  const singleKeys = useSingleKeys()
  const grid = useRef<HTMLDivElement>(null)
  const [carried, setCarried] = useState<Carried | null>(null)
  const dragging = useRef<{ readonly one: Occurrence; readonly x: number; readonly y: number; readonly resizing: boolean; moved: boolean } | null>(null)
  const timed = rows.filter((one) => !isLong(one) && one.id !== carried?.one.id)
  const long = rows.filter(isLong)
  const shown = carried === null ? timed : [...timed, carriedRow(carried, zone)]
  const placed = new Map(days.map((day) => [day, placedOn(day, shown, zone)]))
  const taken = new Map(days.map((day) => [day, placedOn(day, props.busy ?? [], zone)]))
  const [first, last] = hoursShown([...placed.values(), ...taken.values()].flat())
  const height = (last - first) * hourHeight
  const kindOf = (one: Occurrence): string => label('agenda.appointment_kind', one.kind)

  useEffect(() => {
    if (carried?.by === 'keys') grid.current?.querySelector<HTMLElement>(`[data-id="${carried.one.id}"]`)?.focus()
  })

  const columnAt = (x: number): number => {
    const columns = [...(grid.current?.querySelectorAll<HTMLElement>('.cal__day') ?? [])]
    const found = columns.findIndex((column) => x < column.getBoundingClientRect().right)
    return found === -1 ? columns.length - 1 : found
  }
  const start = (event: PointerEvent, one: Occurrence, resizing: boolean): void => {
    if (event.button !== 0 || event.pointerType === 'touch' || !canMove(one)) return
    dragging.current = { one, x: event.clientX, y: event.clientY, resizing, moved: false }
    event.currentTarget.setPointerCapture(event.pointerId)
    event.stopPropagation()
  }
  const drag = (event: PointerEvent): void => {
    const held = dragging.current
    if (held === null) return
    const dy = event.clientY - held.y
    if (!held.moved && Math.abs(dy) < 5 && Math.abs(event.clientX - held.x) < 5) return
    held.moved = true
    const by = Math.round(((dy / hourHeight) * 60) / step) * step
    const wall = wallOn(held.one.startsAt, zone)
    if (held.resizing) {
      setCarried({ one: held.one, wall, minutes: Math.max(step, lengthOf(held.one) + by), by: 'pointer' })
      return
    }
    const from = columnAt(held.x)
    setCarried({ one: held.one, wall: movedWall(wall, columnAt(event.clientX) - from, by), minutes: lengthOf(held.one), by: 'pointer' })
  }
  const drop = (event: PointerEvent): void => {
    const held = dragging.current
    dragging.current = null
    if (held === null) return
    event.stopPropagation()
    if (held.moved && carried !== null) put(carried)
    else if (!held.moved) onOpen(held.one)
    setCarried(null)
  }
  const put = ({ one, wall, minutes }: Carried): void => {
    if (wall !== wallOn(one.startsAt, zone) || minutes !== lengthOf(one)) onMove(one, wall, minutes)
  }

  const go = (from: HTMLElement, key: string): void => {
    const all = [...(grid.current?.querySelectorAll<HTMLElement>('[data-id]') ?? [])]
    const dayOfElement = (element: HTMLElement): number => days.indexOf(element.closest<HTMLElement>('[data-day]')?.dataset.day ?? '')
    const at = all.indexOf(from)
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      all[at + (key === 'ArrowDown' ? 1 : -1)]?.focus()
      return
    }
    const side = key === 'ArrowRight' ? 1 : -1
    const there = all.filter((one) => (dayOfElement(one) - dayOfElement(from)) * side > 0)
    const near = side === 1 ? there[0] : there.at(-1)
    if (near !== undefined) all.find((one) => dayOfElement(one) === dayOfElement(near))?.focus()
  }

  const onKeys = (event: KeyboardEvent<HTMLElement>, one: Occurrence): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (carried?.by === 'keys') {
      const by: Readonly<Record<string, readonly [number, number, number]>> = event.shiftKey
        ? { ArrowUp: [0, 0, -step], ArrowDown: [0, 0, step] }
        : { ArrowUp: [0, -step, 0], ArrowDown: [0, step, 0], ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0] }
      const move = by[event.key]
      if (move !== undefined) {
        const wall = movedWall(carried.wall, move[0], move[1])
        if (days.includes(wall.slice(0, 10))) setCarried({ ...carried, wall, minutes: Math.max(step, carried.minutes + move[2]) })
      } else if (event.key === 'Enter' || event.key === ' ') {
        put(carried)
        setCarried(null)
      } else if (event.key === 'Escape' || event.key === 'Tab') setCarried(null)
      else return
      if (event.key !== 'Tab') event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.key.startsWith('Arrow')) {
      event.preventDefault()
      go(event.currentTarget, event.key)
    } else if (singleKeys && event.key === 'm' && canMove(one)) {
      event.preventDefault()
      setCarried({ one, wall: wallOn(one.startsAt, zone), minutes: lengthOf(one), by: 'keys' })
    }
  }
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

  const event = ({ item: one, from, to, column, columns }: Placed<Occurrence>): ReactNode => {
    const mine = one.participants.find((participant) => participant.mine)
    const hint = props.hints?.get(one.id)
    const held = carried?.one.id === one.id
    const short = to - from < 40
    const roomy = to - from >= 60
    const head = props.ofOnePerson ? (one.title ?? kindOf(one)) : headWords(one, kindOf(one))
    const where = placeWords(one)
    const state = stateWords(one)
    const classes = [
      'cal__event',
      `cal__event--${one.state}`,
      mine?.response === 'needs_action' ? 'cal__event--asked' : '',
      held ? 'cal__event--held' : '',
      short ? 'cal__event--short' : '',
    ]
    return (
      <li
        key={one.id}
        style={{
          top: ((from - first * 60) / 60) * hourHeight,
          height: ((to - from) / 60) * hourHeight - 2,
          left: `${(column / columns) * 100}%`,
          width: `${100 / columns}%`,
        }}
      >
        <button
          type="button"
          data-id={one.id}
          className={classes.filter(Boolean).join(' ')}
          onPointerDown={(down) => start(down, one, false)}
          onPointerMove={drag}
          onPointerUp={drop}
          onClick={(click) => {
            // Keyboard and touch come here; the mouse opened it at its release.
            if (click.detail === 0 || !canMove(one) || (click.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') onOpen(one)
          }}
          onKeyDown={(key) => onKeys(key, one)}
        >
          <span className="cal__time">
            {formatHour(one.startsAt)}
            <span className="cal__marks">
              {hint ? <Ic of={IconAlertTriangle} size="s" /> : null}
              {one.rule ? <Ic of={IconRepeat} size="s" /> : null}
              {one.isPrivate ? <Ic of={IconLock} size="s" /> : null}
              {one.state === 'fulfilled' ? <Ic of={IconCheck} size="s" /> : null}
            </span>
          </span>
          <span className="cal__head">
            <Ic of={iconOf(one.kind)} size="s" />
            <b>{head}</b>
          </span>
          {!roomy ? null : (
            <span className="cal__where">{[props.ofOnePerson || one.person === null ? null : kindOf(one), where].filter(Boolean).join(' · ')}</span>
          )}
          {state && !short ? <span className="cal__state">{state}</span> : null}
          {mine?.response === 'needs_action' && !short ? <span className="cal__state">à répondre</span> : null}
          <span className="vh">
            {[
              `, jusqu’à ${formatHour(one.endsAt)}`,
              head === kindOf(one) || roomy ? null : kindOf(one),
              roomy ? null : where,
              short ? state : null,
              short && mine?.response === 'needs_action' ? 'attend votre réponse' : null,
              hint,
              held ? 'en déplacement' : null,
            ]
              .filter(Boolean)
              .join(', ')}
          </span>
          {canMove(one) ? (
            <span className="cal__grip" aria-hidden="true" onPointerDown={(down) => start(down, one, true)} onPointerMove={drag} onPointerUp={drop} />
          ) : null}
        </button>
      </li>
    )
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
              {(placed.get(day) ?? []).map(event)}
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

/** The appointment as it would stand where it is carried. */
function carriedRow({ one, wall, minutes }: Carried, zone: string): Occurrence {
  const shift = Date.parse(`${wall}:00Z`) - Date.parse(`${wallOn(one.startsAt, zone)}:00Z`)
  const startsAt = new Date(Date.parse(one.startsAt) + shift).toISOString()
  return { ...one, startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString() }
}

function stateWords(one: Occurrence): string | null {
  if (one.state === 'cancelled') return 'annulé'
  if (one.state === 'noshow') return 'personne'
  return null
}

function LongRow(props: CalendarGridProps & { readonly long: readonly Occurrence[]; readonly kindOf: (one: Occurrence) => string }): ReactNode {
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
function NowLine({ first, last }: { readonly first: number; readonly last: number }): ReactNode {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const minutes = minutesOn(now.toISOString(), displayZone())
  if (minutes < first * 60 || minutes > last * 60) return null
  return <span className="cal__now" style={{ top: ((minutes - first * 60) / 60) * hourHeight }} aria-hidden="true" />
}
