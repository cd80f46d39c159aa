import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { handNotice, type PersonNotice, withholdNotice } from '../../contract/notice-actions.ts'
import { personHeader } from '../../contract/queries.ts'
import { personTargetOf } from '../person-target.ts'

interface Asked {
  readonly personId: PersonId
  readonly notice: PersonNotice
  readonly onClose: () => void
}

const Cancel = ({ onClose }: { readonly onClose: () => void }): ReactNode => (
  <Button small quiet onClick={onClose}>
    Annuler
  </Button>
)

/** « Remis le, à, par »: by whoever signs the form. */
export function HandForm(props: Asked & { readonly represented: boolean; readonly representatives: readonly string[] }): ReactNode {
  const header = useJalonQuery(personHeader, { personId: props.personId })
  const form = useActionForm<typeof handNotice, { id: string; way: string; to: string; toName: string; on: string; words: string }>(handNotice, {
    target: personTargetOf(header.data),
    initialValues: { id: props.notice.id, way: 'in_hand', to: 'person', toName: props.representatives[0] ?? '', on: today(), words: '' },
    toInput: (values) => ({
      ...values,
      personId: props.personId,
      way: values.way as 'post',
      to: values.to as 'person',
      toName: values.to === 'person' ? null : values.toName,
    }),
    done: 'Avis noté comme remis.',
    onDone: props.onClose,
  })
  const byPost = form.values.way === 'post'
  const endangered = props.notice.obstacle === 'at_risk'
  return (
    <Form form={form} label="Noter la remise">
      <SegmentedChoice
        value={form.values.way}
        onChange={(way) => form.set('way', way)}
        error={form.errors['way']}
        label="Comment"
        span={props.represented ? 6 : 7}
        options={[
          { value: 'in_hand', label: 'En main propre' },
          { value: 'post', label: 'Par la poste' },
        ]}
      />
      {props.represented ? (
        <SegmentedChoice
          value={form.values.to}
          onChange={(to) => form.set('to', to)}
          error={form.errors['to']}
          label="À"
          span={6}
          options={[
            { value: 'person', label: 'Elle' },
            { value: 'representative', label: 'Qui la représente' },
          ]}
        />
      ) : null}
      {form.values.to === 'representative' ? <TextField {...form.field('toName')} label="À qui" span={7} /> : null}
      <DayField {...form.field('on')} label="Le" span={5} />
      <AreaField
        {...form.field('words')}
        label={byPost && endangered ? 'Pourquoi un courrier, malgré le danger' : 'Précision'}
        optional={!(byPost && endangered)}
        rows={2}
      />
      <FormFoot form={form} submit="Noter la remise" secondary={<Cancel onClose={props.onClose} />} />
    </Form>
  )
}

/** A decision of those who accompany her: with its reason, read by whoever reviews the access. */
export function WithholdForm(props: Asked): ReactNode {
  const header = useJalonQuery(personHeader, { personId: props.personId })
  const reasons = useValueList('persons.notice_withheld_reason')
  const form = useActionForm<typeof withholdNotice, { id: string; reason: string; words: string }>(withholdNotice, {
    target: personTargetOf(header.data),
    initialValues: { id: props.notice.id, reason: '', words: '' },
    toInput: (values) => ({ ...values, personId: props.personId }),
    done: 'Décision notée.',
    onDone: props.onClose,
  })
  return (
    <Form form={form} label="Ne pas remettre cet avis">
      <SelectField {...form.field('reason')} label="Pourquoi" options={reasons.options} span={12} />
      <AreaField {...form.field('words')} label="En quelques mots" hint="gardé avec l’avis" rows={2} />
      <FormFoot form={form} submit="Ne pas remettre" secondary={<Cancel onClose={props.onClose} />} />
    </Form>
  )
}
