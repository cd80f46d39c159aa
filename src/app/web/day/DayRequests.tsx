import './day.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RequestLine } from '../../../intake/contract/request-line.ts'
import { motives } from '../../../intake/contract/value-sets.ts'
import { calendarOf, requestDelay } from '../../../intake/web/words.ts'
import { ageOn } from '../../../platform/contract/dates.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { DelayWords, JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'

/** Requests that wait for me, the most pressing first, each with its delay running. */
export function DayRequests(props: { readonly rows: readonly RequestLine[] }): ReactNode {
  const calendar = calendarOf(useSession().settings)
  return (
    <ul className="lines lines--card" aria-label="Demandes">
      {props.rows.map((row) => {
        const delay = requestDelay(row, calendar)
        const title = row.motives[0] === undefined ? (row.text ?? `Demande n° ${row.number}`) : row.motives.map((code) => labelOf(motives, code)).join(', ')
        const who = row.person === null ? row.personName : formatCivilName(row.person)
        const birth = row.person?.birthDay ?? row.personBirthDate
        return (
          <li key={row.id} className="dayrequest">
            {delay === null ? null : <JalonPole bands={delay.bands} tone={delay.tone} />}
            <div className="grow">
              <Link to="/demandes" search={{ demande: row.id } as never}>
                <b>{title}</b>
              </Link>
              <div className="small mut cut">
                {[who, birth === null ? null : `${ageOn(birth, today())} ans`, row.communeName].filter(Boolean).join(', ')}
                {row.requesterName ? ` · ${row.requesterName}` : ''}
              </div>
            </div>
            {delay === null ? null : <DelayWords delay={delay} />}
          </li>
        )
      })}
    </ul>
  )
}
