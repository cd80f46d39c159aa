import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import type { ReportEntry } from '../contract/queries.ts'

/** One line of the journal as it is read, on the screen and on paper: what, when, by whom; the words as they were written. */
export function EntryLine({ entry }: { readonly entry: ReportEntry }): ReactNode {
  const label = useValueLabels()
  switch (entry.kind) {
    case 'fact':
      return (
        <li className="entry">
          <blockquote className="verbatim">{entry.body}</blockquote>
          <p className="small mut">
            {entry.name}, le {formatDay(entry.on ?? entry.recordedAt)} · {written(entry)}
          </p>
        </li>
      )
    case 'concerned':
      return (
        <li className="entry">
          <p>
            <b>{entry.name}</b> <span className="mut">{label('safeguarding.concerned_role', entry.code).toLocaleLowerCase('fr-FR')}</span>
          </p>
          {entry.body ? <p className="small">{entry.body}</p> : null}
        </li>
      )
    case 'notice':
      return (
        <li className="entry">
          <p className="row wrap">
            <b>{label('safeguarding.told', entry.code)}</b>
            {entry.told ? (
              <StatusPill tone="success" icon={IconCheck}>
                prévenue
              </StatusPill>
            ) : (
              <StatusPill icon={IconX}>non prévenue</StatusPill>
            )}
            {entry.told && entry.on ? (
              <span className="small mut">
                le {formatDay(entry.on)}
                {entry.name ? ` par ${entry.name}` : ''}
              </span>
            ) : null}
          </p>
          {entry.body ? <p className="entry__words">{entry.told ? entry.body : `N’a pas été prévenue parce que : ${entry.body}`}</p> : null}
          <p className="small mut">{written(entry)}</p>
        </li>
      )
    case 'sending':
      return (
        <li className="entry">
          <p>
            <b>{label('safeguarding.authority', entry.code)}</b>
            {entry.name ? `, ${entry.name}` : ''}
          </p>
          <p className="small">
            Le {formatDay(entry.on ?? entry.recordedAt)}, {label('safeguarding.sending_means', entry.means).toLocaleLowerCase('fr-FR')}
            {entry.reference ? ` · référence ${entry.reference}` : ''}
          </p>
          {entry.body ? <p className="entry__words">{entry.body}</p> : null}
          <p className="small mut">{written(entry)}</p>
        </li>
      )
    default:
      return (
        <li className="entry">
          <p>
            <b>{label('safeguarding.step', entry.code)}</b> <span className="mut">le {formatDay(entry.on ?? entry.recordedAt)}</span>
          </p>
          <p className="entry__words">{entry.body}</p>
          <p className="small mut">{written(entry)}</p>
        </li>
      )
  }
}

/** « noté par Julie Marchal, le 14/10/2026 à 9 h 42 » */
function written(entry: ReportEntry): string {
  return `noté par ${entry.authorName} le ${formatInstant(entry.recordedAt)}`
}
