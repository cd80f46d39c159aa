import './qualify.css'
import '../said.css'
import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatInstant, formatWhen } from '../../../platform/web/text/dates.ts'
import { blockedBy, extraQuestions, questionsFor } from '../../contract/extra-questions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import { channels, motives, personInformed, requesterKinds } from '../../contract/value-sets.ts'
import { phoneWords } from '../words.ts'
import { Answers } from './Answers.tsx'
import { EditForm } from './EditForm.tsx'
import { Feedbacks } from './Feedbacks.tsx'
import { Reorientations } from './Reorientations.tsx'
import { Subsidiarity } from './Subsidiarity.tsx'
import { isOver } from './target.ts'

/** The sheet of a request, in the order in which one qualifies it. */
export function RequestSheet({ detail, sheet }: { readonly detail: RequestDetail; readonly sheet: RefObject<HTMLDivElement | null> }): ReactNode {
  const [editing, setEditing] = useState(false)
  const over = isOver(detail)
  const blocked = over ? null : blockedBy('take_charge', detail.request.requesterKind, detail.request.extra)
  return (
    <div ref={sheet} className="qualify">
      {blocked ? <Notice tone="warning">{blocked.reason}</Notice> : null}
      <Section
        title="Ce qui est demandé"
        end={
          over || editing ? null : (
            <Button small quiet icon={IconPencil} onClick={() => setEditing(true)}>
              Modifier
            </Button>
          )
        }
      >
        {editing ? <EditForm detail={detail} onDone={() => setEditing(false)} /> : <Asked detail={detail} />}
      </Section>
      <Subsidiarity detail={detail} />
      <Answers detail={detail} />
      <Reorientations detail={detail} />
      <Feedbacks detail={detail} />
      <Past detail={detail} />
    </div>
  )
}

function Asked({ detail: { request } }: { readonly detail: RequestDetail }): ReactNode {
  const motiveList = useValueList(motives.code, motives.values)
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const channelList = useValueList(channels.code, channels.values)
  const informed = useValueList(personInformed.code, personInformed.values)
  const sameAsCaller = request.requesterName === null || request.requesterName === request.callerName
  return (
    <div className="stack stack--3">
      {request.text ? <p className="said">{request.text}</p> : <p className="dim">Aucun texte.</p>}
      {request.motives.length > 0 ? (
        <p className="row wrap" style={{ gap: 6 }}>
          {request.motives.map((motive) => (
            <Token key={motive}>{motiveList.label(motive)}</Token>
          ))}
        </p>
      ) : null}
      <dl className="kv kv--wide">
        <dt>Appelle</dt>
        <dd>{[request.callerName, request.callerQuality, phoneWords(request.callerPhone)].filter(Boolean).join(', ') || 'non noté'}</dd>
        <dt>Demande</dt>
        <dd>
          {sameAsCaller ? kinds.label(request.requesterKind) : `${request.requesterName}, ${kinds.label(request.requesterKind)}`}
          {request.requesterPhone && !sameAsCaller ? `, ${phoneWords(request.requesterPhone)}` : ''}
        </dd>
        {request.referredByName ? (
          <>
            <dt>Orientée par</dt>
            <dd>{request.referredByName}</dd>
          </>
        ) : null}
        <dt>Reçue</dt>
        <dd>
          {formatWhen(request.receivedAt)}, {channelList.label(request.channel).toLowerCase()}
          {request.recordedByName ? `, notée par ${request.recordedByName}` : ''}, n°{'\u00a0'}
          {request.number}
        </dd>
        {request.concerns === 'person' ? (
          <>
            <dt>Informée</dt>
            <dd>
              {request.personInformed ? informed.label(request.personInformed) : 'à demander avant tout partage'}
              {request.personInformedBy ? `, par ${request.personInformedBy}` : ''}
              {request.personInformedOn ? `, le ${formatDay(request.personInformedOn)}` : ''}
            </dd>
          </>
        ) : null}
        <ExtraAnswers kind={request.requesterKind} extra={request.extra} />
      </dl>
    </div>
  )
}

function ExtraAnswers(props: { readonly kind: string; readonly extra: Readonly<Record<string, string>> }): ReactNode {
  const asked = new Set(questionsFor(props.kind, props.extra).map(({ code }) => code))
  return extraQuestions
    .filter(({ code }) => asked.has(code) && props.extra[code])
    .map((question) => {
      const value = props.extra[question.code] ?? ''
      return (
        <div key={question.code} style={{ display: 'contents' }}>
          <dt>{question.label}</dt>
          <dd>
            {question.kind === 'yes_no' ? (value === 'yes' ? 'Oui' : 'Non') : question.kind === 'day' && /^\d{4}-/.test(value) ? formatDay(value) : value}
          </dd>
        </div>
      )
    })
}

const stepWords: Readonly<Record<string, string>> = {
  received: 'Demande reçue',
  taken: 'Prise en charge',
  assigned: 'Confiée',
  closed: 'Close',
  reopened: 'Rouverte',
  merged: 'Réunie à une autre',
  separated: 'Séparée',
  transferred: 'Transmise',
  enlisted: 'Inscrite à la commission',
  withdrawn: 'Retirée de la commission',
  decided: 'Décision de la commission',
}

/** What happened, and the calls that came since. */
function Past({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const list = useValueList(channels.code, channels.values)
  const lines = [
    ...detail.steps.map((step) => ({ at: step.at, what: stepWords[step.kind] ?? 'Modifiée', by: step.byName, note: step.note })),
    ...detail.contacts.map((one) => ({
      at: one.at,
      what: one.outgoing ? 'Appel donné' : `Échange, ${list.label(one.channel).toLowerCase()}`,
      by: one.recordedByName,
      note: [one.callerName, one.text].filter(Boolean).join(' : '),
    })),
    ...detail.transfers.map((one) => ({ at: one.at, what: `Transmise par ${one.fromName} à ${one.toName}`, by: '', note: one.reason })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1))
  return (
    <Section title="Historique">
      <ol className="lines small">
        {lines.map((line) => (
          <li key={`${line.at}${line.what}${line.note}`}>
            <b>{line.what}</b> <span className="dim">{[formatInstant(line.at), line.by].filter(Boolean).join(', ')}</span>
            {line.note ? <p className="mut">{line.note}</p> : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}
