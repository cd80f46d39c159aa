import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { editLocalCard, type LocalCardTarget } from '../../contract/actions.ts'
import type { Card } from '../card/reach.tsx'
import { LocalCardFields, type LocalCardValues } from './LocalCardFields.tsx'

interface Correction {
  readonly id: PartyId
  readonly baseVersion: number
  readonly changes: LocalCardValues
}

const labels = {
  kind: 'Nature',
  name: 'Nom',
  role: 'Ce qu’elle fait',
  structureName: 'Où',
  phone: 'Téléphone direct',
  otherPhone: 'Autre téléphone',
  email: 'Courriel',
  communeCode: 'Commune',
  note: 'À savoir',
}

/** Corrects a card in place; two who correct it at once see both versions. */
export function LocalCardEdit(props: {
  readonly card: Card
  readonly local: NonNullable<Card['local']>
  readonly target: LocalCardTarget
  readonly onClose: () => void
}): ReactNode {
  const { card, local } = props
  const form = useActionForm(editLocalCard, {
    target: props.target,
    draftKey: `directory.localCard.edit:${card.hit.partyId}`,
    labels,
    initialValues: (): Correction => ({
      id: card.hit.partyId as PartyId,
      baseVersion: local.version,
      changes: {
        kind: card.hit.facet,
        name: card.hit.label,
        role: local.role ?? '',
        structureName: card.hit.place ?? '',
        phone: card.hit.phone ?? '',
        otherPhone: local.otherPhone ?? '',
        email: local.email ?? '',
        communeCode: card.hit.communeCode ?? '',
        note: local.note ?? '',
      },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editLocalCard>,
    done: 'Fiche corrigée.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <LocalCardFields field={(name) => form.field(`changes.${name}`) as FieldProps<string>} commune={card.hit.city} />
      <FormFoot
        form={form}
        submit="Corriger"
        secondary={
          <Button small onClick={props.onClose}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
