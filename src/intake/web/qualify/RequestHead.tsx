import { IconArrowMerge, IconCheck, IconGavel, IconUserCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { DelayWords, JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { colleagues } from '../../../territory/contract/queries.ts'
import { assignRequest, takeRequest } from '../../contract/actions.ts'
import { headlineOf } from '../../contract/headline.ts'
import { type RequestDetail, statusWords } from '../../contract/request-line.ts'
import { motives } from '../../contract/value-sets.ts'
import { calendarOf, requestDelay, whoIsInFull } from '../words.ts'
import { isOver, targetOf } from './target.ts'

/** What it is, whom it is about, where its delay stands, who has it. */
export function RequestHead({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const { settings } = useSession()
  const list = useValueList(motives.code, motives.values)
  const delay = request.status === 'closed' ? null : requestDelay(request, calendarOf(settings))
  return (
    <div className="requesthead">
      {delay ? <JalonPole bands={delay.bands} tone={delay.tone} /> : <JalonPole bands={0} />}
      <div className="grow">
        <h2>{headlineOf(request.text, request.motives.map(list.label))}</h2>
        <p className="row wrap small mut">
          <span>
            {whoIsInFull(request)}
            {request.communeName ? ` · ${request.communeName}` : ''}
          </span>
          {delay ? <DelayWords delay={delay} /> : null}
          <Status detail={detail} />
        </p>
      </div>
      {isOver(detail) ? null : <Holder detail={detail} />}
    </div>
  )
}

function Status({ detail: { request } }: { readonly detail: RequestDetail }): ReactNode {
  if (request.mergedInto)
    return (
      <StatusPill icon={IconArrowMerge}>
        <Link to="/demandes/$requestId" params={{ requestId: request.mergedInto } as never}>
          réunie à une autre
        </Link>
      </StatusPill>
    )
  if (request.status === 'closed')
    return (
      <StatusPill tone="success" icon={IconCheck}>
        Close {request.closedAt ? formatWhen(request.closedAt) : ''}
      </StatusPill>
    )
  if (request.status === 'triage')
    return (
      <StatusPill tone="info" icon={IconGavel}>
        {statusWords.triage}
      </StatusPill>
    )
  return <StatusPill tone={request.status === 'in_progress' ? 'accent' : 'draft'}>{statusWords[request.status]}</StatusPill>
}

/** Who has it: one gesture to take it, a list to give it. */
function Holder({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const target = targetOf(detail)
  const take = useAction(takeRequest, target)
  const assign = useAction(assignRequest, target)
  const team = useJalonQuery(colleagues, { functions: ['front_desk', 'referent', 'doctor', 'team_lead'] })
  const holder = detail.request.assignedTo
  const error = take.error?.detail ?? assign.error?.detail
  return (
    <div className="requesthead__holder">
      {holder ? null : (
        <ActionButton action={take} input={{ id: target.id }} small icon={IconUserCheck}>
          Je m’en charge
        </ActionButton>
      )}
      <label className="row small" style={{ gap: 6 }}>
        <span className={holder ? 'dim' : 'vh'}>{holder ? 'Confiée à' : 'Confier à'}</span>
        <select
          className="in in--s"
          value={holder?.id ?? ''}
          disabled={!assign.allowed || assign.pending}
          onChange={(event) => void assign.run({ id: target.id, userId: (event.currentTarget.value || null) as never })}
        >
          <option value="">{holder ? 'Remettre dans la file' : 'Confier à…'}</option>
          {(team.data?.rows ?? []).map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
          {holder && !team.data?.rows.some(({ userId }) => userId === holder.id) ? <option value={holder.id}>{holder.name}</option> : null}
        </select>
      </label>
      {error ? (
        <span className="small t-alert" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
