import { IconCheck, IconEraser, IconFileTypePdf, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { cancelErasure, confirmErasure } from '../../contract/actions.ts'
import { erasedClassTexts, keepReasonWords } from '../../contract/erasure.ts'
import { erasureProof, type PersonErasure } from '../../contract/rights-queries.ts'
import { useFileAnswer } from '../save-answer.ts'

/** Erasures proposed, confirmed, executed: whose hands, what went, the proof to hand over. */
export function ErasureList(props: { readonly erasures: readonly PersonErasure[]; readonly target: PersonTarget | null }): ReactNode {
  if (props.erasures.length === 0) return null
  return (
    <Card title="Effacements" flush>
      <ul className="asks">
        {props.erasures.map((one) => (
          <ErasureLine key={one.id} erasure={one} target={props.target} />
        ))}
      </ul>
    </Card>
  )
}

const stateWords = { proposed: 'À confirmer', confirmed: 'En cours', done: 'Exécuté', cancelled: 'Abandonné' } as const

function ErasureLine({ erasure, target }: { readonly erasure: PersonErasure; readonly target: PersonTarget | null }): ReactNode {
  const actor = useActor()
  const confirming = useAction(confirmErasure, target)
  const cancelling = useAction(cancelErasure, target)
  const { making, save } = useFileAnswer()
  const erased = erasure.plan.filter((line) => line.decision === 'erase')
  const kept = erasure.plan.filter((line) => line.decision === 'keep')
  const mine = erasure.proposedBy === actor.userId
  return (
    <li>
      <div className="row sp wrap">
        <h3>
          Proposé le {formatDay(erasure.proposedAt)} par {erasure.proposedByName}
        </h3>
        <StatusPill tone={erasure.state === 'done' ? 'success' : erasure.state === 'cancelled' ? 'neutral' : 'warning'}>{stateWords[erasure.state]}</StatusPill>
      </div>
      <p className="small">
        <b>S’efface :</b> {erased.map((line) => erasedClassTexts[line.dataClass].title.toLocaleLowerCase('fr-FR')).join(', ') || 'rien'}.
      </p>
      <p className="small mut">
        <b>Reste :</b>{' '}
        {kept
          .map(
            (line) =>
              `${erasedClassTexts[line.dataClass].title.toLocaleLowerCase('fr-FR')} (${keepReasonWords[line.reason ?? 'proof'].toLocaleLowerCase('fr-FR')})`,
          )
          .join(' ; ')}
        .
      </p>
      {erasure.confirmedByName ? (
        <p className="small mut">
          Confirmé par {erasure.confirmedByName}, le {formatInstant(erasure.confirmedAt ?? '')}
        </p>
      ) : null}
      {erasure.cancelledBecause ? <p className="small mut">{erasure.cancelledBecause}</p> : null}
      <div className="row wrap">
        {erasure.state === 'proposed' ? (
          <>
            {mine ? (
              <span className="small mut">Un collègue, responsable d’équipe ou médecin, le confirme.</span>
            ) : (
              <ActionButton
                action={confirming}
                input={{ erasureId: erasure.id }}
                main
                small
                icon={IconEraser}
                ask={() =>
                  confirm({
                    title: 'Confirmer l’effacement',
                    text: 'Sans retour. L’attestation dira que vous l’avez confirmé.',
                    action: 'Effacer',
                    danger: true,
                  })
                }
              >
                Confirmer l’effacement
              </ActionButton>
            )}
            <ActionButton action={cancelling} input={{ erasureId: erasure.id, because: 'Abandonné avant confirmation.' }} small quiet icon={IconX}>
              Renoncer
            </ActionButton>
          </>
        ) : null}
        {erasure.state === 'done' ? (
          <Button small icon={IconFileTypePdf} blocked={making !== null} onClick={() => void save(erasureProof, { erasureId: erasure.id })}>
            Attestation ({formatNumber(erasure.rows ?? 0)} enregistrements)
          </Button>
        ) : null}
        {erasure.state === 'confirmed' ? (
          <span className="small mut row">
            <IconCheck className="ic" aria-hidden="true" /> Le traitement est lancé.
          </span>
        ) : null}
      </div>
    </li>
  )
}
