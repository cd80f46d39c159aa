import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { newId } from '../../platform/contract/ids.ts'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { giveAgreement } from '../contract/agreements.ts'
import type { AgreementId } from '../contract/plan.ts'
import { usePlan } from './use-plan.ts'

/** A professional of the circle answers by herself, online. */
export function GiveAgreement(props: { readonly onClose: () => void }): ReactNode {
  const { data, target } = usePlan()
  const form = useActionForm(giveAgreement, {
    target,
    draftKey: `carePlans.myAgreement:${data.id}`,
    initialValues: () => ({ id: newId<AgreementId>(), planId: data.id, state: '' as 'agrees' | 'agrees_partly' | 'disagrees', words: '' }),
    done: 'Votre réponse est transmise au référent.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={`PPCS, version ${data.draftNumber ?? data.validatedNumber}`} size="md">
      <Form form={form}>
        <SegmentedChoice
          {...form.field('state')}
          label="Votre réponse"
          span={12}
          digits
          options={[
            { value: 'agrees', label: 'D’accord' },
            { value: 'agrees_partly', label: 'En partie' },
            { value: 'disagrees', label: 'Pas d’accord' },
          ]}
        />
        <AreaField {...form.field('words')} label="Ce que vous voulez dire au référent" optional rows={3} />
        <FormFoot form={form} submit="Répondre" />
      </Form>
    </Modal>
  )
}
