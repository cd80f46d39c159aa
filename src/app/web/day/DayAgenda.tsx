import './day.css'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { AppointmentOfDay, type DayAppointment } from '../../../agenda/web/AppointmentOfDay.tsx'
import type { TaskLine } from '../../../episodes/contract/queries.ts'
import { TaskTick } from '../../../episodes/web/TaskList.tsx'
import { ageOn, dayOf } from '../../../platform/contract/dates.ts'
import { displayZone, formatHour, today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'
import { instantAt } from '../../../territory/contract/working-time.ts'

/** Kinds of tasks that are a meeting with somebody: they show here as a card, with where, and nowhere else. */
const meetings = new Set(['plan_visit', 'organise_meeting'])

/** What the agenda of a day holds entirely: no need to repeat it among the tasks. */
export function isMeetingOn(task: TaskLine, on: string): boolean {
  return task.dueOn === on && task.dueTime !== null && meetings.has(task.kind)
}

/** What has an hour today, around the line of now. */
export function DayAgenda(props: { readonly tasks: readonly TaskLine[]; readonly appointments: readonly DayAppointment[] }): ReactNode {
  const now = useMinute()
  const clock = clockOf(now)
  const timed = [
    ...props.tasks.filter((task) => task.dueOn === today() && task.dueTime !== null).map((task) => ({ at: String(task.dueTime), task, appointment: null })),
    ...props.appointments
      .filter((one) => dayOf(one.startsAt, displayZone()) <= today() && Date.parse(one.endsAt) > startOfToday())
      .map((appointment) => ({
        at: appointment.allDay || dayOf(appointment.startsAt, displayZone()) < today() ? '00:00' : clockOf(new Date(appointment.startsAt)),
        task: null,
        appointment,
      })),
  ].sort((a, b) => a.at.localeCompare(b.at))
  const next = timed.findIndex(({ at }) => at > clock)
  const at = next === -1 ? timed.length : next
  return (
    <ol className="agenda" aria-label="Agenda du jour">
      {timed.map((one, index) => (
        <Fragment key={(one.task ?? one.appointment)?.id}>
          {index === at ? <Now now={now} /> : null}
          {one.task === null ? (
            <AppointmentOfDay
              one={one.appointment}
              hour={one.at}
              past={Date.parse(one.appointment.endsAt) <= now.getTime() || one.appointment.state !== 'booked'}
            />
          ) : (
            <Line task={one.task} past={one.at <= clock || one.task.state === 'done'} />
          )}
        </Fragment>
      ))}
      {at === timed.length ? <Now now={now} /> : null}
    </ol>
  )
}

const startOfToday = (): number => instantAt(today(), 0, displayZone()).getTime()

function Now({ now }: { readonly now: Date }): ReactNode {
  return (
    <li className="now">
      <time>{formatHour(now)}</time>
      <span className="node" />
      <hr aria-label="Maintenant" />
    </li>
  )
}

function Line({ task, past }: { readonly task: TaskLine; readonly past: boolean }): ReactNode {
  const { person } = task
  const meeting = meetings.has(task.kind) && person !== null
  const visit = meeting && !past
  return (
    <li className={past ? 'past' : undefined}>
      <time>{hourWords(String(task.dueTime))}</time>
      <span className="node" />
      <div className={visit ? 'ev ev--visit evline' : 'ev evline'}>
        <div className="grow">
          {person === null ? (
            task.title
          ) : visit ? (
            <>
              <Link to="/personnes/$personId" params={{ personId: person.personId } as never}>
                <b>
                  {formatCivilName(person)}
                  {person.birthDay === null ? '' : `, ${ageOn(person.birthDay, today())} ans`}
                </b>
              </Link>
              <div className="small mut">{[task.title, person.commune].filter(Boolean).join(' · ')}</div>
              {task.details === null ? null : <div className="small">{task.details}</div>}
            </>
          ) : (
            <>
              {task.title}
              <div className="small mut">
                <Link to="/personnes/$personId" params={{ personId: person.personId } as never}>
                  {formatCivilName(person)}
                </Link>
              </div>
            </>
          )}
        </div>
        {meeting ? <TaskTick task={task} /> : null}
      </div>
    </li>
  )
}

/** « 10 h 30 » from 10:30. */
export function hourWords(time: string): string {
  return `${Number(time.slice(0, 2))}${nbsp}h${nbsp}${time.slice(3, 5)}`
}

/** The hour on the clock of the installation, as tasks write it. */
function clockOf(now: Date): string {
  const [hour = '0', minute = '00'] = formatHour(now)
    .replace(/\u00a0/g, '')
    .split('h')
  return `${hour.padStart(2, '0')}:${minute}`
}

/** Now, moved each minute. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
