import './liaison.css'
import '../../platform/web/display/Timeline.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { displayZone, formatHour, formatWhen, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { openItem } from '../contract/actions.ts'
import type { dayNews } from '../contract/queries.ts'

type News = OutputOf<typeof dayNews>['news'][number]

/** What is new in the files that I follow, one line each; following a line opens the Fil there and clears its mark. */
export function NewsList(props: { readonly news: readonly News[] }): ReactNode {
  const open = useAction(openItem, null)
  return (
    <ul className="lines lines--card" aria-label="Nouveautés">
      {props.news.map((line) => (
        <li key={line.id} className="newsline">
          <span className="unread" />
          <Link
            to="/personnes/$personId/fil"
            params={{ personId: line.person.personId } as never}
            className="grow cut"
            onClick={() => void open.run({ itemId: line.id })}
          >
            <span className="vh">Nouveau, </span>
            <b>{formatCivilName(line.person)}</b> · {line.title}
            {line.summary && line.note?.relation === null && line.title.length < 24 ? `, ${line.summary}` : ''}
          </Link>
          <VoletChip volet={line.isPrivate ? 'private' : line.volet} />
          <span className="small dim nw">{shortWhen(line.at)}</span>
        </li>
      ))}
    </ul>
  )
}

/** « 8 h 05 » today, else the day alone. */
function shortWhen(at: string): string {
  return dayOf(at, displayZone()) === today() ? formatHour(at) : (formatWhen(at).split(/[ \u00a0]\d+\u00a0h/)[0] ?? '')
}
