import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { proposeErasure } from '../../contract/actions.ts'
import { type ErasedClass, erasedClasses, erasedClassTexts, type KeepReason, keepReasons, keepReasonWords } from '../../contract/erasure.ts'
import type { PersonRequest, PersonRequestsData } from '../../contract/rights-queries.ts'
import { requestTarget } from './RequestDialogs.tsx'

type Choice = 'erase' | KeepReason
type Values = { readonly id: string; readonly requestId: string } & Readonly<Record<ErasedClass, Choice>>

/** The check list, class by class: what goes, what stays and on which ground. Somebody else confirms. */
export function ErasureDialog(props: {
  readonly target: PersonTarget | null
  readonly request: PersonRequest
  readonly data: PersonRequestsData
  readonly onClose: () => void
}): ReactNode {
  const { target, request, data, onClose } = props
  const form = useActionForm<typeof proposeErasure, Values>(proposeErasure, {
    target: requestTarget(target, request.id),
    initialValues: () =>
      ({
        id: newId(),
        requestId: request.id,
        ...Object.fromEntries(erasedClasses.map((one) => [one, erasedClassTexts[one].proposal.reason ?? 'erase'])),
      }) as unknown as Values,
    toInput: (values) => ({
      id: values.id,
      requestId: values.requestId,
      plan: erasedClasses.map((dataClass) => {
        const choice = values[dataClass]
        return choice === 'erase' ? { dataClass, decision: 'erase' as const, reason: null } : { dataClass, decision: 'keep' as const, reason: choice }
      }),
    }),
    done: 'Effacement proposé. Le responsable d’équipe ou le médecin le confirme.',
    onDone: onClose,
  })
  const options = [{ value: 'erase', label: 'Effacer' }, ...keepReasons.map((value) => ({ value, label: `Garder : ${keepReasonWords[value]}` }))]
  return (
    <Modal opened onClose={onClose} title="Effacement, classe par classe" size="xl">
      <Form form={form}>
        {data.inTheWay ? (
          <div style={{ gridColumn: 'span 12' }}>
            <Notice tone="warning">
              {data.inTheWay === 'live'
                ? 'Un accompagnement ou une demande est en cours : terminez-les d’abord.'
                : 'Une procédure ou une limitation impose de garder ces données pour le moment.'}
            </Notice>
          </div>
        ) : null}
        {erasedClasses.map((dataClass) => {
          const text = erasedClassTexts[dataClass]
          const rows = data.held.find((one) => one.dataClass === dataClass)?.rows ?? 0
          return (
            <SelectField
              key={dataClass}
              value={form.values[dataClass]}
              onChange={(choice) => form.set(dataClass, choice as Choice)}
              error={form.errors[dataClass]}
              name={dataClass}
              label={`${text.title} (${formatNumber(rows)})`}
              hint={text.what}
              options={text.always === 'keep' ? options.filter((one) => one.value === 'proof') : options}
              disabled={text.always === 'keep'}
              span={12}
            />
          )
        })}
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          L’identité reste tant que quelque chose d’autre est gardé. Les signalements suivent leurs propres règles. La liste des accès garde sa durée.
        </p>
        <FormFoot form={form} submit="Proposer l’effacement" />
      </Form>
    </Modal>
  )
}
