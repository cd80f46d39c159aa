import './agenda.css'
import { type ReactNode, useEffect, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatUpcoming } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { bookedByUs } from '../contract/queries.ts'

const unread: readonly { readonly appointmentId: string }[] = []

/**
 * What the team booked for her and is still to come, each to be cancelled unless it is unticked; what others booked is not here, and goes on. Gives nothing
 * before the list is there (an empty one would cancel nothing without a word); where it cannot be read, which is said, none.
 */
export function AppointmentsAhead({
  personId,
  onChange,
}: {
  readonly personId: PersonId
  readonly onChange: (cancelled: readonly string[]) => void
}): ReactNode {
  const query = useJalonQuery(bookedByUs, { personId })
  useEvents(['agenda.*'])
  const label = useValueLabels()
  const [kept, setKept] = useState<readonly string[]>([])
  const rows = query.data?.rows ?? (query.error === null ? undefined : unread)
  useEffect(() => {
    if (rows !== undefined) onChange(rows.map((row) => row.appointmentId as string).filter((id) => !kept.includes(id)))
  }, [rows, kept, onChange])
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <QueryState query={query}>
        {(data) =>
          data.rows.length === 0 ? null : (
            <fieldset className="f">
              <legend className="lab">Rendez-vous de l’équipe à annuler</legend>
              <ul className="ahead">
                {data.rows.map((row) => {
                  const keeps = kept.includes(row.appointmentId)
                  return (
                    <li key={row.appointmentId}>
                      <label className="ahead-line">
                        <input
                          type="checkbox"
                          checked={!keeps}
                          onChange={() => setKept(keeps ? kept.filter((id) => id !== row.appointmentId) : [...kept, row.appointmentId])}
                        />
                        <span className="ahead-words">
                          <span className="ahead-when nw">
                            {row.allDay ? formatUpcoming(row.startsAt).replace(/ \d+\u00a0h.*/, '') : formatUpcoming(row.startsAt)}
                          </span>
                          <span className="ahead-what">
                            {row.title ?? label('agenda.appointment_kind', row.kind)}
                            {row.times > 1 ? <span className="mut"> · {plural(row.times, 'date')} à venir</span> : null}
                            {row.others.length > 0 ? <span className="mut"> · avec {row.others.join(', ')}</span> : null}
                          </span>
                        </span>
                      </label>
                    </li>
                  )
                })}
              </ul>
              <p className="small mut">
                Décochez ce qui doit avoir lieu quand même. Les agendas des invités suivent. Ce que d’autres professionnels ont pris reste en place.
              </p>
            </fieldset>
          )
        }
      </QueryState>
    </div>
  )
}
