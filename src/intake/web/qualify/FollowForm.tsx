import type { ReactNode } from 'react'
import { addDays } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { followReorientation } from '../../contract/actions.ts'
import type { ReorientationLine } from '../../contract/request-line.ts'
import type { ReorientationId, RequestTarget } from '../../contract/sollicitation.ts'
import { reorientationOutcomes, reorientationRelevances } from '../../contract/value-sets.ts'

/** What the partner answered, and whether it was the right one; without news, when to ask again. */
export function FollowForm(props: { readonly one: ReorientationLine; readonly target: RequestTarget; readonly onDone: () => void }): ReactNode {
  const { one, target, onDone } = props
  const outcomes = useValueList(reorientationOutcomes.code, reorientationOutcomes.values)
  const relevances = useValueList(reorientationRelevances.code, reorientationRelevances.values)
  const form = useActionForm(followReorientation, {
    target: { request: target },
    initialValues: () => ({
      id: one.id as ReorientationId,
      outcome: one.outcome === 'pending' ? '' : one.outcome,
      relevance: one.relevance ?? '',
      note: '',
      followUpOn: addDays(today(), 14) as string,
    }),
    toInput: (values) => (values.outcome === 'pending' ? values : { ...values, followUpOn: '' }),
    done: 'Suite notée.',
    onDone,
  })
  const pending = form.values.outcome === 'pending'
  return (
    <Form form={form}>
      <SelectField
        {...form.field('outcome')}
        label="Suite donnée"
        span={6}
        options={outcomes.values.map(({ code, label }) => ({ value: code, label: code === 'pending' ? 'Relancé, toujours sans nouvelles' : label }))}
      />
      {pending ? (
        <DayField {...form.field('followUpOn')} label="Relancer le" span={6} pivotYear={new Date().getFullYear() + 1} />
      ) : (
        <SegmentedChoice
          {...form.field('relevance')}
          label="Était-ce la bonne ?"
          span={6}
          options={relevances.values.map(({ code, label }) => ({ value: code, label: code === 'unknown' ? 'Ne sait pas' : label }))}
        />
      )}
      <TextField {...form.field('note')} label="Note" span={12} optional />
      <FormFoot form={form} submit="Noter la suite" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}
