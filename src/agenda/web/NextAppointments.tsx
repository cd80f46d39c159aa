import './agenda.css'
import { type ReactNode, useState } from 'react'
import { addDays, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatUpcoming, today } from '../../platform/web/text/dates.ts'
import { type Occurrence, personAgenda } from '../contract/queries.ts'
import { OccurrenceDrawer } from './OccurrenceDrawer.tsx'
import { useMove } from './use-move.tsx'

const shown = 3

/** The next appointments of a person, as her volets open them; what comes again each day is told once. */
export function NextAppointments({ personId }: { readonly personId: PersonId }): ReactNode {
  const now = today()
  const query = useJalonQuery(personAgenda, { personId, from: now, to: addDays(now, 30) })
  useEvents(['agenda.*'])
  const label = useValueLabels()
  const [open, setOpen] = useState<Occurrence | null>(null)
  const { move, question } = useMove()
  return (
    <>
      <QueryState query={query}>
        {(data) => {
          const next = nextOf(data.rows)
          if (next.length === 0)
            return <p className="small mut">{data.nextOn ? `Le prochain rendez-vous est le ${formatDay(data.nextOn)}.` : 'Aucun rendez-vous pris.'}</p>
          return (
            <ul className="lines">
              {next.map((one) => (
                <li key={one.id} className="row">
                  <span className="small mut nw next-when">
                    {one.allDay ? formatUpcoming(one.startsAt).replace(/ \d+\u00a0h.*/, '') : formatUpcoming(one.startsAt)}
                  </span>
                  <button type="button" className="linklike plainlink next-what grow cut" onClick={() => setOpen(one)}>
                    {one.title ?? label('agenda.appointment_kind', one.kind)}
                  </button>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryState>
      {open === null ? null : <OccurrenceDrawer one={open} part="facts" onMove={move} onClose={() => setOpen(null)} />}
      {question}
    </>
  )
}

/** The soonest of each appointment still to be held; what happens once before what comes each day. */
function nextOf(rows: readonly Occurrence[]): readonly Occurrence[] {
  const ahead = rows.filter((one) => one.state === 'booked' && Date.parse(one.endsAt) > Date.now()).sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const first = [...new Map([...ahead].reverse().map((one) => [one.appointmentId, one])).values()]
  const rare = first.filter((one) => one.rule === null)
  return [...rare, ...first.filter((one) => one.rule !== null)].slice(0, shown).sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}
