import { IconCalendarPlus, IconFileTypePdf, IconMailForward, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { requestKindTexts, requestKindWords, requestOutcomeWords } from '../../contract/requests.ts'
import { type PersonRequest, requestLetter } from '../../contract/rights-queries.ts'
import { useFileAnswer } from '../save-answer.ts'

export type RequestGesture = { readonly kind: 'new' } | { readonly kind: 'answer' | 'extend' | 'erase'; readonly request: PersonRequest }

/** Her requests: what is due first, the next gesture of each, its letter. */
export function RequestList(props: {
  readonly requests: readonly PersonRequest[]
  readonly today: string
  readonly onAsk: (gesture: RequestGesture) => void
}): ReactNode {
  const { requests, today, onAsk } = props
  return (
    <Card
      title="Ses demandes"
      count={requests.length === 0 ? undefined : String(requests.length)}
      end={
        <Button small quiet icon={IconPlus} onClick={() => onAsk({ kind: 'new' })}>
          Noter une demande
        </Button>
      }
      flush
    >
      {requests.length === 0 ? (
        <p className="in-card small mut">Aucune demande notée. Une demande reçoit sa réponse dans le mois ; Jalon compte le délai et prépare la lettre.</p>
      ) : (
        <ul className="asks">
          {requests.map((request) => (
            <RequestLine key={request.id} request={request} today={today} onAsk={onAsk} />
          ))}
        </ul>
      )}
    </Card>
  )
}

/** « Répondre avant le 15/11/2026 », late when that day is over. */
export function TermPill({
  request,
  today,
}: {
  readonly request: Pick<PersonRequest, 'state' | 'dueOn' | 'outcome' | 'answeredOn'>
  readonly today: string
}): ReactNode {
  if (request.state === 'answered')
    return (
      <StatusPill tone={request.outcome === 'refused' ? 'warning' : 'success'}>
        {request.outcome ? requestOutcomeWords[request.outcome] : 'Répondue'} le {formatDay(request.answeredOn ?? today)}
      </StatusPill>
    )
  return today > request.dueOn ? (
    <StatusPill tone="alert">En retard depuis le {formatDay(request.dueOn)}</StatusPill>
  ) : (
    <StatusPill tone="info">Répondre avant le {formatDay(request.dueOn)}</StatusPill>
  )
}

function RequestLine(props: { readonly request: PersonRequest; readonly today: string; readonly onAsk: (gesture: RequestGesture) => void }): ReactNode {
  const { request, today, onAsk } = props
  const label = useValueLabels()
  const { making, save } = useFileAnswer()
  const open = request.state === 'open'
  const asker =
    request.askedBy === 'person'
      ? 'par elle-même'
      : `par ${request.askedByName ?? ''}, ${label('persons.right_exercised_by', request.askedBy).toLocaleLowerCase('fr-FR')}`
  return (
    <li>
      <div className="row sp wrap">
        <h3>
          {requestKindWords[request.kind]} <span className="small mut num">n° {request.number}</span>
        </h3>
        <TermPill request={request} today={today} />
      </div>
      <p className="small mut">
        Reçue le {formatDay(request.receivedOn)}, {label('persons.information_mode', request.mode).toLocaleLowerCase('fr-FR')}, {asker} · identité :{' '}
        {request.identityChecked}
        {request.extendedOn ? ` · délai prolongé le ${formatDay(request.extendedOn)} : ${request.extensionReason ?? ''}` : ''}
      </p>
      {request.words ? <p className="small">« {request.words} »</p> : null}
      {open ? <p className="small">{requestKindTexts[request.kind].next}</p> : null}
      {request.outcomeWords ? <p className="small">{request.outcomeWords}</p> : null}
      <div className="row wrap">
        {open ? (
          <>
            <Button small main icon={IconMailForward} onClick={() => onAsk({ kind: 'answer', request })}>
              Répondre
            </Button>
            {request.kind === 'erasure' ? (
              <Button small onClick={() => onAsk({ kind: 'erase', request })}>
                Passer la liste en revue
              </Button>
            ) : null}
            {request.extendedOn === null ? (
              <Button small quiet icon={IconCalendarPlus} onClick={() => onAsk({ kind: 'extend', request })}>
                Prolonger
              </Button>
            ) : null}
          </>
        ) : null}
        <Button small quiet icon={IconFileTypePdf} blocked={making !== null} onClick={() => void save(requestLetter, { requestId: request.id })}>
          {open ? 'Accusé de réception' : 'Lettre de réponse'}
        </Button>
      </div>
    </li>
  )
}
