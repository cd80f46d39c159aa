import type { ReactNode } from 'react'
import { Button } from '../../platform/web/display/Button.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { settleAlert } from '../contract/actions.ts'
import type { AlertLine } from '../contract/queries.ts'

/** « Traité »: what was done, and what is left to do. */
export function SettleForm(props: { readonly alert: AlertLine; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(settleAlert, {
    target: props.alert,
    draftKey: `liaison.settle:${props.alert.id}`,
    initialValues: { outcome: '', nextTitle: '', nextOn: '' },
    toInput: (values) => ({
      id: props.alert.id,
      outcome: values.outcome,
      nextStep: values.nextTitle.trim() === '' ? null : { title: values.nextTitle, dueOn: values.nextOn },
    }),
    fieldOf: (path) => (path === 'nextStep.title' ? 'nextTitle' : path === 'nextStep.dueOn' ? 'nextOn' : path),
    invalidates: ['episodes'],
    done: 'Alerte traitée.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('outcome')} label="Ce qui a été fait" rows={2} autoFocus />
      <TextField {...form.field('nextTitle')} label="Prochaine étape" optional span={8} />
      <DayField {...form.field('nextOn')} label="Pour le" optional span={4} />
      <div className="row" style={{ gridColumn: 'span 12' }}>
        <Button main small type="submit" keys="Ctrl+Enter" blocked={form.pending || !form.action.allowed}>
          Traité
        </Button>
        <Button small quiet onClick={props.onDone}>
          Annuler
        </Button>
        {(form.reason ?? form.error) ? (
          <span className="small t-alert" role="alert">
            {form.reason ?? form.error}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
