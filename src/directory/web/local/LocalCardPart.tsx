import { IconCheck, IconMail, IconPencil, IconPhone, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PartyId, ServiceId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { confirmLocalCard, editLocalCard, removeLocalCard } from '../../contract/actions.ts'
import { type Card, Reach } from '../card/reach.tsx'
import { LocalCardEdit } from './LocalCardEdit.tsx'

/** What only a local card has: who keeps it, since when it is known to be right, and the gestures that keep it so. */
export function LocalCardPart(props: { readonly card: Card; readonly local: NonNullable<Card['local']>; readonly onRemoved: () => void }): ReactNode {
  const { card, local } = props
  const [editing, setEditing] = useState(false)
  const id = card.hit.partyId as PartyId
  const target = { serviceId: local.serviceId as ServiceId | null, version: local.version }
  const confirmed = useAction(confirmLocalCard, undefined, { onDone: () => toast({ text: 'Fiche confirmée pour toute la région.' }) })
  const removed = useAction(removeLocalCard, target, {
    onDone: () => {
      toast({ text: 'Fiche retirée.' })
      props.onRemoved()
    },
  })
  const edit = useAction(editLocalCard, target)
  if (editing) return <LocalCardEdit card={card} local={local} target={target} onClose={() => setEditing(false)} />
  return (
    <>
      <Section title="Joindre">
        <div className="stack" style={{ gap: 4 }}>
          {[card.hit.phone, local.otherPhone].map((phone) =>
            phone ? <Reach key={phone} icon={IconPhone} href={dial(phone)} text={formatPhone(phone)} /> : null,
          )}
          {local.email ? <Reach icon={IconMail} href={`mailto:${local.email}`} text={local.email} /> : null}
          {card.hit.phone || local.otherPhone || local.email ? null : <span className="small dim">Ni téléphone ni courriel noté.</span>}
          {[local.address, card.hit.city].filter(Boolean).length > 0 ? (
            <span className="small mut">{[local.address, card.hit.city].filter(Boolean).join(', ')}</span>
          ) : null}
        </div>
      </Section>
      {local.note ? (
        <Section title="À savoir">
          <p style={{ whiteSpace: 'pre-line' }}>{local.note}</p>
        </Section>
      ) : null}
      <p className="small mut">
        Tenue par {[local.serviceName, local.authorName].filter(Boolean).join(', ') || 'la région'}, vérifiée le {formatDay(local.confirmedOn)}. Visible dans
        toute la région.
      </p>
      <div className="row wrap">
        <ActionButton action={confirmed} input={{ id }} small icon={IconCheck}>
          Toujours valable
        </ActionButton>
        {edit.allowed ? (
          <Button small icon={IconPencil} onClick={() => setEditing(true)}>
            Corriger
          </Button>
        ) : null}
        {removed.allowed ? (
          <ActionButton
            action={removed}
            input={{ id }}
            small
            quiet
            icon={IconTrash}
            ask={() =>
              confirm({
                title: `Retirer la fiche de ${card.hit.label} ?`,
                text: 'Elle ne sera plus proposée à personne. Ce qui la citait garde son nom.',
                action: 'Retirer la fiche',
                danger: true,
              })
            }
          >
            Retirer
          </ActionButton>
        ) : (
          <span className="small mut">{removed.reason}</span>
        )}
      </div>
    </>
  )
}
