import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { type CallOutcome, callOutcomeLabels, callOutcomes, type ProviderCallId, recordProviderCall } from '../../contract/provider-search.ts'
import { useRoleOptions } from '../member/use-role-options.ts'

/** Called for a person: what is looked for, what was answered. Three gestures when the card is known. */
export function ProviderCallForm(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  /** The card that was called; absent: somebody of no directory. */
  readonly card?: { readonly partyId: string; readonly label: string } | undefined
  readonly need?: string | undefined
  readonly onClose: () => void
}): ReactNode {
  const { personId, card } = props
  const roles = useRoleOptions('directory', [])
  const form = useActionForm(recordProviderCall, {
    target: props.target,
    initialValues: () => ({
      id: newId<ProviderCallId>() as string,
      need: props.need ?? '',
      name: card?.label ?? '',
      outcome: '' as CallOutcome | '',
      callBackOn: '',
      words: '',
    }),
    toInput: (typed) => ({ ...typed, outcome: typed.outcome as CallOutcome, personId, partyId: card?.partyId ?? null }),
    done: (output) =>
      output.failed
        ? 'Appel noté. Plusieurs intervenants ne peuvent pas : une rupture de parcours peut être notée.'
        : 'Appel noté, vos collègues le verront 30 jours.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={card === undefined ? 'Intervenant appelé' : `Appel à ${card.label}`} size="lg">
      <Form form={form}>
        <SelectField {...form.field('need')} label="Recherché" span={12} options={roles} />
        {card === undefined ? <TextField {...form.field('name')} label="Qui a été appelé" span={12} /> : null}
        <SegmentedChoice
          {...form.field('outcome')}
          label="Peut intervenir"
          span={12}
          options={callOutcomes.map((value) => ({ value, label: callOutcomeLabels[value] }))}
        />
        {form.values.outcome === 'call_back' ? <DayField {...form.field('callBackOn')} label="Rappeler le" span={6} /> : null}
        <AreaField {...form.field('words')} label="Précision" optional rows={2} />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Noter l’appel" />
        </div>
      </Form>
    </Modal>
  )
}
