import './messages.css'
import { IconMessage } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { handleMessage } from '../contract/contacts.ts'
import { messagesForMe } from '../contract/queries.ts'
import type { ContactId } from '../contract/sollicitation.ts'
import { phoneWords } from './words.ts'

type Message = OutputOf<typeof messagesForMe>['rows'][number]

/** What colleagues took down for me: whom to call back, what was said, « Traité ». Nothing while there is none. */
export function MessagesForMe(): ReactNode {
  const { data } = useJalonQuery(messagesForMe, {})
  if (!data || data.rows.length === 0) return null
  return (
    <details className="messages">
      <summary>
        <Ic of={IconMessage} size="s" />
        {plural(data.rows.length, 'message')} pour vous
      </summary>
      <ul className="lines">
        {data.rows.map((row) => (
          <MessageLine key={row.id} row={row} />
        ))}
      </ul>
    </details>
  )
}

function MessageLine({ row }: { readonly row: Message }): ReactNode {
  const done = useAction(handleMessage, { id: row.id as ContactId } as never)
  return (
    <li>
      <div className="row sp">
        <b>{row.callerName ?? 'Sans nom'}</b>
        <span className="small nw">{phoneWords(row.callerPhone)}</span>
      </div>
      <p className="small">{row.text}</p>
      <p className="row sp small dim">
        <span>
          {row.person ? `${formatPersonName(row.person)} · ` : ''}
          {formatWhen(row.at)}, {row.recordedByName}
        </span>
        <ActionButton action={done} input={{ id: row.id as ContactId }} small>
          Traité
        </ActionButton>
      </p>
    </li>
  )
}
