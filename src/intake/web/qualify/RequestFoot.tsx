import { IconArrowBackUp, IconArrowMerge, IconCheck, IconGavel, IconRotate } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { closeRequest, reopenRequest, separateRequests } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import { enlistForTriage, withdrawFromTriage } from '../../contract/triage.ts'
import { sitsInCommission } from '../words.ts'
import { targetOf } from './target.ts'

/** The next gesture, filled; the others beside it. */
export function RequestFoot({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const target = targetOf(detail)
  const separate = useAction(separateRequests, target, { onDone: () => toast({ text: 'Les deux demandes sont séparées.' }) })
  if (request.mergedInto)
    return (
      <>
        <span className="small mut">Réunie à une autre demande : c’est l’autre qui se traite.</span>
        <span className="end">
          <ActionButton action={separate} input={{ id: target.id }} icon={IconArrowMerge}>
            Séparer
          </ActionButton>
        </span>
      </>
    )
  if (request.status === 'closed') return <ClosedFoot detail={detail} />
  return <OpenFoot detail={detail} />
}

function OpenFoot({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const actor = useActor()
  const target = targetOf(detail)
  const reopen = useAction(reopenRequest, target)
  const close = useAction(closeRequest, target, {
    onDone: () => toast({ text: `Demande n° ${request.number} close.`, undo: () => void reopen.run({ id: target.id, reason: 'Clôture annulée aussitôt' }) }),
  })
  const withdraw = useAction(withdrawFromTriage, target, {
    onDone: () => toast({ text: 'Retirée de la commission.', undo: () => void enlist.run({ id: target.id }) }),
  })
  const enlist = useAction(enlistForTriage, target, {
    onDone: () => toast({ text: 'Inscrite à la commission d’orientation.', undo: () => void withdraw.run({ id: target.id }) }),
  })
  const answered = detail.answers.length > 0
  useKey('Ctrl+Enter', () => void close.run({ id: target.id }), 'Clore la demande', answered && request.status !== 'triage')
  return (
    <>
      <span className="small mut">{answered ? '' : 'Notez une réponse pour clore.'}</span>
      <span className="end row wrap">
        {request.status === 'triage' ? (
          <>
            <ActionButton action={withdraw} input={{ id: target.id }} icon={IconArrowBackUp}>
              Retirer de la commission
            </ActionButton>
            {sitsInCommission(actor) ? (
              <ButtonLink main icon={IconGavel} to="/commission" search={{ demande: request.id } as never}>
                Décider
              </ButtonLink>
            ) : null}
          </>
        ) : (
          <>
            <ActionButton action={enlist} input={{ id: target.id }} icon={IconGavel} main={!answered}>
              Inscrire à la commission
            </ActionButton>
            {answered ? (
              <ActionButton action={close} input={{ id: target.id }} main icon={IconCheck} keys="Ctrl+Enter">
                Clore la demande
              </ActionButton>
            ) : null}
          </>
        )}
      </span>
    </>
  )
}

function ClosedFoot({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const target = targetOf(detail)
  const reopen = useAction(reopenRequest, target, { onDone: () => toast({ text: 'Demande rouverte : elle est à vous.' }) })
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  if (!asking)
    return (
      <>
        {detail.request.episodeId && detail.request.person ? (
          <ButtonLink small to="/personnes/$personId" params={{ personId: detail.request.person.personId } as never}>
            Accompagnement ouvert : voir le dossier
          </ButtonLink>
        ) : null}
        <span className="end">
          <Button icon={IconRotate} onClick={() => setAsking(true)}>
            Rouvrir
          </Button>
        </span>
      </>
    )
  return (
    <form
      className="row grow"
      onSubmit={(event) => {
        event.preventDefault()
        void reopen.run({ id: target.id, reason })
      }}
    >
      <label className="row grow">
        <span className="nw small semi">Pourquoi la rouvrir</span>
        {/* biome-ignore lint/a11y/noAutofocus: it opens where the user has just pressed. */}
        <input className="in grow" value={reason} autoFocus onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      {reopen.error ? (
        <span className="small t-alert" role="alert">
          {Object.values(reopen.fieldErrors)[0] ?? reopen.error.detail}
        </span>
      ) : null}
      <Button onClick={() => setAsking(false)}>Annuler</Button>
      <Button main type="submit" blocked={reopen.pending}>
        Rouvrir
      </Button>
    </form>
  )
}
