import { IconPhone } from '@tabler/icons-react'
import { Fragment, type ReactNode, useMemo, useRef, useState } from 'react'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { displayZone, formatLongDay, formatSpan, formatWeekDay } from '../../platform/web/text/dates.ts'
import { initials } from '../../platform/web/text/names.ts'
import { capital, plural } from '../../platform/web/text/typography.ts'
import type { StayLine } from '../contract/stay.ts'
import { type DayOfMember, dayOfMember, type HalfDay, onDuty } from './half-days.ts'
import { StayBands } from './StayBands.tsx'
import type { TeamData } from './TeamCalendar.tsx'
import { useTodayFirst } from './use-today-first.ts'

const halfWords: Readonly<Record<HalfDay, string>> = { free: 'libre', taken: 'pris', away: 'en absence' }

/** « Karim Belkacem, jeudi 26 novembre : matin pris, après-midi libre, 2 rendez-vous, permanence ». */
function dayWords(name: string, day: string, { morning, afternoon, duty, moments, absence }: DayOfMember): string {
  const halves =
    morning === 'away' && afternoon === 'away'
      ? `absence toute la journée${absence?.substituteName ? `, ${absence.substituteName} remplace` : ''}`
      : morning === afternoon
        ? morning === 'free'
          ? 'libre toute la journée'
          : 'matin et après-midi pris'
        : `matin ${halfWords[morning]}, après-midi ${halfWords[afternoon]}`
  const more = [moments === 0 ? null : plural(moments, 'rendez-vous', 'rendez-vous'), duty ? 'permanence' : null].filter(Boolean)
  return `${name}, ${formatLongDay(day)}\u00a0: ${[halves, ...more].join(', ')}`
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())

/** Four weeks of the team, to find when several are free: who is taken in the morning, in the afternoon, who is away, who holds the line. A day opens its week. */
export function TeamFourWeeks(props: {
  readonly data: TeamData
  readonly days: readonly string[]
  readonly onDay: (day: string) => void
  readonly onStay: (stay: StayLine) => void
}): ReactNode {
  const { data, days } = props
  const table = useRef<HTMLTableElement>(null)
  useTodayFirst(table, days)
  // One cell takes the focus of the table; the arrows go to the others.
  const [at, setAt] = useState({ member: 0, day: Math.max(0, days.indexOf(data.today)) })
  // Worked out when the data change, not at each arrow: a team of forty has more than a thousand cells.
  const onTheLine = useMemo(() => days.map((day) => onDuty(day, data.rows, displayZone())), [data, days])
  const cells = useMemo(() => data.members.map(({ userId }) => days.map((day) => dayOfMember(userId, day, data, displayZone()))), [data, days])
  const weeks = Array.from({ length: days.length / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7))
  const dayClass = (day: string, index: number): string | undefined =>
    [day === data.today ? 'team-cal__today' : '', isWeekend(day) ? 'team-four__off' : '', index % 7 === 0 ? 'team-four__monday' : '']
      .filter(Boolean)
      .join(' ') || undefined
  const go = (event: React.KeyboardEvent<HTMLElement>): void => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -days.length],
      End: [0, days.length],
    }
    const step = steps[event.key]
    if (step === undefined || !(event.target as HTMLElement).dataset['cell']) return
    event.preventDefault()
    const within = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value))
    const next = { member: within(at.member + step[0], data.members.length), day: within(at.day + step[1], days.length) }
    setAt(next)
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.member}:${next.day}"]`)?.focus()
  }
  return (
    <>
      <table className="team-cal team-four" ref={table} onKeyDown={go}>
        <caption className="vh">
          Disponibilités de l’équipe, du {formatLongDay(days[0] as string)} au {formatLongDay(days.at(-1) as string)}
        </caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Équipe
            </th>
            {weeks.map((week) => (
              <th key={week[0]} scope="colgroup" colSpan={7} className="team-four__monday">
                {formatSpan(week[0] as string, week.at(-1) as string)}
              </th>
            ))}
          </tr>
          <tr>
            {days.map((day, index) => (
              <th key={day} scope="col" className={dayClass(day, index)} title={capital(formatLongDay(day))}>
                <span aria-hidden="true">
                  {formatWeekDay(day).slice(0, 1)}
                  <br />
                  {Number(day.slice(8))}
                </span>
                <span className="vh">
                  {formatLongDay(day)}
                  {day === data.today ? ', aujourd’hui' : ''}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Permanence</th>
            {days.map((day, index) => {
              const names = onTheLine[index] ?? []
              return (
                <td key={day} className={dayClass(day, index)} title={names.join(', ') || undefined}>
                  {names.map((name) => (
                    <Fragment key={name}>
                      <span className="team-four__who" aria-hidden="true">
                        {initials(name)}
                      </span>
                      <span className="vh">{name} </span>
                    </Fragment>
                  ))}
                  {names.length === 0 ? <span className="vh">personne</span> : null}
                </td>
              )
            })}
          </tr>
          {data.stays.length === 0 ? null : (
            <tr>
              <th scope="row">À l’hôpital</th>
              <td colSpan={days.length} className="team-cal__staybands">
                <StayBands days={days} today={data.today} stays={data.stays} onOpen={props.onStay} />
              </td>
            </tr>
          )}
          {data.members.map((member, row) => (
            <tr key={member.userId}>
              <th scope="row">{member.name}</th>
              {days.map((day, column) => {
                const one = cells[row]?.[column] as DayOfMember
                const words = dayWords(member.name, day, one)
                return (
                  <td key={day} className={dayClass(day, column)}>
                    <button
                      type="button"
                      className="team-four__day"
                      data-cell={`${row}:${column}`}
                      tabIndex={at.member === row && at.day === column ? 0 : -1}
                      title={words}
                      aria-label={words}
                      onFocus={() => setAt({ member: row, day: column })}
                      onClick={() => props.onDay(day)}
                    >
                      <span className={`team-four__half team-four__half--${one.morning}`} />
                      <span className={`team-four__half team-four__half--${one.afternoon}`} />
                      {one.duty ? <Ic of={IconPhone} size="s" /> : null}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="team-four__legend small mut">
        <span className="team-four__half team-four__half--free" /> libre
        <span className="team-four__half team-four__half--taken" /> pris
        <span className="team-four__half team-four__half--away" /> absence
        <Ic of={IconPhone} size="s" /> permanence
        <span>À gauche le matin, à droite l’après-midi.</span>
      </p>
    </>
  )
}
