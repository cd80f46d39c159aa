import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { closeReport, reopenReport } from '../contract/actions.ts'
import type { ReportData } from '../contract/queries.ts'
import type { ReportTarget } from '../contract/report.ts'

interface DialogProps {
  readonly data: ReportData
  readonly onClose: () => void
}

/** The outcome, in a word of the list and in words. */
export function CloseDialog({ data, onClose }: DialogProps): ReactNode {
  const outcomes = useValueList('safeguarding.outcome')
  const form = useActionForm(closeReport, {
    target: data as unknown as ReportTarget,
    initialValues: { id: data.id as string, outcome: '', words: '' },
    done: 'Signalement clos.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Clore le signalement" size="lg">
      <Form form={form}>
        <SelectField {...form.field('outcome')} label="Issue" options={outcomes.options} span={12} />
        <AreaField {...form.field('words')} label="Ce qui a été décidé, ce qui protège désormais" rows={4} />
        <FormFoot form={form} submit="Clore" />
      </Form>
    </Modal>
  )
}

export function ReopenDialog({ data, onClose }: DialogProps): ReactNode {
  const form = useActionForm(reopenReport, {
    target: data as unknown as ReportTarget,
    initialValues: { id: data.id as string, reason: '' },
    done: 'Signalement rouvert.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Rouvrir le signalement">
      <Form form={form}>
        <AreaField {...form.field('reason')} label="Pourquoi" rows={2} autoFocus />
        <FormFoot form={form} submit="Rouvrir" />
      </Form>
    </Modal>
  )
}
