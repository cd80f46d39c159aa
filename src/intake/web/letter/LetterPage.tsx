import './letter.css'
import '../said.css'
import { IconEarOff, IconMailCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { levels } from '../../../episodes/contract/value-sets.ts'
import { personHeader } from '../../../persons/contract/queries.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../../platform/web/layout/PrintLayout.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { recordFeedback } from '../../contract/actions.ts'
import { draftLetter } from '../../contract/letter.ts'
import { request } from '../../contract/queries.ts'
import { type RequestDetail } from '../../contract/request-line.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { answers, noFollowUpReasons } from '../../contract/value-sets.ts'
import { targetOf } from '../qualify/target.ts'
import { nameOf } from '../words.ts'

/** The answer on paper: drafted from what was recorded, read and changed by whoever sends it, then kept as it left. */
export function LetterPage(): ReactNode {
  const id = usePathId<SollicitationId>('requestId')
  const { filters } = useUrlFilters({ a: 'code' })
  const query = useJalonQuery(request, { id })
  return (
    <Page title="Courrier de réponse">
      <QueryState query={query}>
        {(detail) => <Letter key={filters.a} detail={detail} to={filters.a === 'referred_by' ? 'referred_by' : 'requester'} />}
      </QueryState>
    </Page>
  )
}

function Letter({ detail, to }: { readonly detail: RequestDetail; readonly to: 'requester' | 'referred_by' }): ReactNode {
  const actor = useActor()
  const { request: asked } = detail
  const draft = useDraft(detail, to)
  const [changed, setChanged] = useState<string | null>(null)
  const [recipient, setRecipient] = useState((to === 'requester' ? (asked.requesterName ?? asked.callerName) : asked.referredByName) ?? '')
  const text = changed ?? draft
  const send = useAction(recordFeedback, targetOf(detail), { onDone: () => toast({ text: 'Réponse notée comme envoyée.' }) })
  const about = asked.concerns === 'person' ? nameOf(asked) : null
  return (
    <div className="letter">
      <div className="letter__edit no-print">
        <div className="row">
          <ButtonLink small quiet to="/demandes/$requestId" params={{ requestId: asked.id } as never}>
            Revenir à la demande n° {asked.number}
          </ButtonLink>
        </div>
        <Silences detail={detail} />
        <div className="form">
          <TextField label="À" span={12} value={recipient} error={send.fieldErrors['recipientName']} onChange={setRecipient} />
          <AreaField
            label="Lettre"
            hint="proposée d’après ce qui est noté, à relire"
            rows={16}
            value={text}
            error={send.fieldErrors['text']}
            onChange={setChanged}
          />
        </div>
        <ActionButton
          action={send}
          icon={IconMailCheck}
          input={() => ({ id: newId(), sollicitationId: asked.id as SollicitationId, addressedTo: to, recipientName: recipient, channel: 'letter', text })}
        >
          Noter comme envoyée
        </ActionButton>
      </div>
      <PrintLayout
        title={`Réponse à votre demande n° ${asked.number}`}
        about={about}
        date={formatDay(today())}
        author={`${actor.displayName}, ${actor.serviceName}`}
        givenTo={recipient}
        foot={actor.serviceName}
      >
        <p className="said letter__text">{text}</p>
      </PrintLayout>
    </div>
  )
}

/** What must not be said, above the letter: it is read before it leaves. */
function Silences({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const personId = detail.request.person?.personId
  const { data } = useJalonQuery(personHeader, { personId: personId as never }, { enabled: personId !== undefined })
  if (!data) return null
  return (
    <>
      {data.sharing.opposed ? <Notice tone="warning">La personne s’oppose au partage : n’écrivez rien qui la concerne.</Notice> : null}
      {data.sharing.silences.map((one) => (
        <Notice key={one.id} tone="alert" icon={IconEarOff}>
          <b>{one.kind === 'hidden_address' ? 'Son adresse n’est donnée à personne' : `Ne rien dire à ${one.towards}`}</b>
          {one.relation ? `, ${one.relation}` : ''}
        </Notice>
      ))}
    </>
  )
}

function useDraft(detail: RequestDetail, to: 'requester' | 'referred_by'): string {
  const actor = useActor()
  const answerList = useValueList(answers.code, answers.values)
  const reasons = useValueList(noFollowUpReasons.code, noFollowUpReasons.values)
  const levelList = useValueList(levels.code, levels.values)
  const { request: asked } = detail
  const decision = detail.decisions.findLast((one) => one.level !== null)
  const refused = detail.answers.find((one) => one.noFollowUpReason)
  return draftLetter({
    to,
    number: asked.number,
    receivedOn: formatDay(asked.receivedAt),
    dacName: actor.serviceName,
    person: asked.concerns === 'person' ? nameOf(asked) : null,
    requesterName: asked.requesterName,
    answers: detail.answers.map(({ code, text }) => ({ code, text, label: answerList.label(code) })),
    partners: detail.reorientations.map(({ partnerName }) => partnerName),
    accompaniment: decision?.level ? { level: levelList.label(decision.level), referent: decision.referent?.name ?? null } : null,
    noFollowUpReason: refused?.noFollowUpReason ? reasons.label(refused.noFollowUpReason) : null,
  })
}
