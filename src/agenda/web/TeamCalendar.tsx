import { IconAlertTriangle, IconPhone } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { displayZone, formatHour, formatLongDay, formatWeekDay } from '../../platform/web/text/dates.ts'
import { typo } from '../../platform/web/text/typography.ts'
import type { Occurrence, teamAgenda } from '../contract/queries.ts'
import type { StayLine } from '../contract/stay.ts'
import { headWords, iconOf, placeWords } from './occurrence-words.ts'
import { StayBands } from './StayBands.tsx'
import { hospitalWords } from './stay-words.ts'
import { useTodayFirst } from './use-today-first.ts'

export type TeamData = OutputOf<typeof teamAgenda>

const covers = (one: { readonly startsAt: string; readonly endsAt: string }, day: string): boolean =>
  dayOf(one.startsAt, displayZone()) <= day && dayOf(new Date(Date.parse(one.endsAt) - 1000), displayZone()) >= day

/** Colleagues down, days across: who is on the road, who holds the line, who is away. A cell is read at a glance, an appointment opens. */
export function TeamCalendar(props: {
  readonly data: TeamData
  readonly days: readonly string[]
  readonly onOpen: (one: Occurrence) => void
  readonly onBook: (wall: string) => void
  readonly onStay: (stay: StayLine) => void
}): ReactNode {
  const { data, days } = props
  const label = useValueLabels()
  const shown = data.members
  const table = useRef<HTMLTableElement>(null)
  useTodayFirst(table, days)
  return (
    <table className="team-cal" ref={table} onKeyDown={moveInTable}>
      <caption className="vh">
        Calendrier de l’équipe, du {formatLongDay(days[0] as string)} au {formatLongDay(days.at(-1) as string)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Équipe</th>
          {days.map((day) => (
            <th key={day} scope="col" className={day === data.today ? 'team-cal__today' : undefined}>
              {formatWeekDay(day)}
              {day === data.today ? <span className="vh"> aujourd’hui</span> : null}
              <Duty rows={data.rows.filter((one) => one.kind === 'desk_duty' && one.state !== 'cancelled' && covers(one, day))} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.stays.length === 0 ? null : (
          <tr>
            <th scope="row">À l’hôpital</th>
            <td colSpan={days.length} className="team-cal__staybands">
              <StayBands days={days} today={data.today} stays={data.stays} onOpen={props.onStay} />
            </td>
          </tr>
        )}
        {shown.map((member) => (
          <tr key={member.userId}>
            <th scope="row">
              {member.name}
              {member.jobTitle ? <small className="mut">{member.jobTitle}</small> : null}
            </th>
            {days.map((day) => {
              const away = data.absences.find((one) => one.userId === member.userId && covers(one, day))
              const things = data.rows.filter(
                (one) => covers(one, day) && one.participants.some(({ partyId, response }) => partyId === member.userId && response !== 'declined'),
              )
              const busy = data.busy.filter((one) => one.partyId === member.userId && covers(one, day))
              return (
                <td
                  key={day}
                  className={[away?.wholeDays ? 'team-cal__away' : '', day === data.today ? 'team-cal__today' : ''].filter(Boolean).join(' ') || undefined}
                >
                  {away ? (
                    <span className="team-cal__absence">
                      {away.wholeDays ? 'Absence' : `Absence ${formatHour(away.startsAt)} – ${formatHour(away.endsAt)}`}
                      {away.substituteName ? <small> {away.substituteName} remplace</small> : null}
                    </span>
                  ) : null}
                  {things.map((one) => (
                    <Chip key={one.id} one={one} label={label('agenda.appointment_kind', one.kind)} onOpen={props.onOpen} />
                  ))}
                  {busy.map((one) => (
                    <span key={one.id} className="team-cal__busy">
                      {formatHour(one.startsAt)} occupé
                    </span>
                  ))}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Duty({ rows }: { readonly rows: readonly Occurrence[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <small className="team-cal__duty">
      <Ic of={IconPhone} size="s" />
      <span className="vh">Permanence : </span>
      {[...new Set(rows.flatMap((one) => one.participants.map(({ name }) => name)))].join(', ')}
    </small>
  )
}

function Chip(props: { readonly one: Occurrence; readonly label: string; readonly onOpen: (one: Occurrence) => void }): ReactNode {
  const { one } = props
  const head = headWords(one, props.label)
  const inHospital = hospitalWords(one)
  return (
    <button type="button" className={`team-cal__chip team-cal__chip--${one.state}`} onClick={() => props.onOpen(one)}>
      <span className="team-cal__time">{one.allDay ? 'jour' : formatHour(one.startsAt)}</span>
      {inHospital === null ? <Ic of={iconOf(one.kind)} size="s" /> : <IconAlertTriangle className="ic ic--s ic--hint" stroke={1.75} aria-hidden="true" />}
      <span className="cut">{head}</span>
      <span className="vh">
        , {head === props.label ? '' : `${props.label}, `}
        {placeWords(one)}
        {one.state === 'cancelled' ? typo(', annulé') : ''}
        {inHospital === null ? '' : `, ${inHospital}`}
      </span>
    </button>
  )
}

/** ↑ ↓ ← → between appointments: down and up in order, left and right by day. */
function moveInTable(event: React.KeyboardEvent<HTMLElement>): void {
  if (!event.key.startsWith('Arrow') || !(event.target instanceof HTMLButtonElement)) return
  const table = event.currentTarget
  const all = [...table.querySelectorAll<HTMLElement>('tbody button')]
  const cell = event.target.closest('td') as HTMLTableCellElement
  const at = all.indexOf(event.target)
  event.preventDefault()
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const column = all.filter((one) => (one.closest('td') as HTMLTableCellElement).cellIndex === cell.cellIndex)
    column[column.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  } else all[at + (event.key === 'ArrowRight' ? 1 : -1)]?.focus()
}
