import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { newId } from '../../platform/contract/ids.ts'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { recordConcerned, recordFact, recordNotice, recordSending, recordStep } from '../contract/actions.ts'
import type { ReportData } from '../contract/queries.ts'
import type { EntryId, EntryKind, ReportTarget } from '../contract/report.ts'

interface DialogProps {
  readonly data: ReportData
  readonly onClose: () => void
}

/** A line to add to the journal: each kind has its own few fields. */
export function EntryDialog(props: DialogProps & { readonly kind: EntryKind }): ReactNode {
  const { kind, ...rest } = props
  const Inside = forms[kind]
  return (
    <Modal opened onClose={props.onClose} title={titles[kind]} size="lg">
      <Inside {...rest} />
    </Modal>
  )
}

const titles: Readonly<Record<EntryKind, string>> = {
  fact: 'Un fait',
  concerned: 'Une personne concernée',
  notice: 'Qui est prévenu',
  sending: 'Une autorité saisie',
  step: 'Une suite',
}

const forms: Readonly<Record<EntryKind, (props: DialogProps) => ReactNode>> = {
  fact: FactForm,
  concerned: ConcernedForm,
  notice: NoticeForm,
  sending: SendingForm,
  step: StepForm,
}

const targetOf = (data: ReportData): ReportTarget => data as unknown as ReportTarget
const draftOf = (kind: EntryKind, data: ReportData): string => `safeguarding.${kind}:${data.id}`

function FactForm({ data, onClose }: DialogProps): ReactNode {
  const form = useActionForm(recordFact, {
    target: targetOf(data),
    draftKey: draftOf('fact', data),
    initialValues: () => ({ id: newId<EntryId>() as string, reportId: data.id as string, observedBy: '', observedOn: '', words: '' }),
    done: 'Fait ajouté.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('observedBy')} label="Observé ou rapporté par" hint="nom et fonction" span={8} autoFocus />
      <DayField {...form.field('observedOn')} label="Le" span={4} />
      <AreaField {...form.field('words')} label="Ce qui a été vu, entendu, dit" help="Mot pour mot, sans avis." rows={5} />
      <FormFoot form={form} submit="Ajouter ce fait" />
    </Form>
  )
}

function ConcernedForm({ data, onClose }: DialogProps): ReactNode {
  const roles = useValueList('safeguarding.concerned_role')
  const form = useActionForm(recordConcerned, {
    target: targetOf(data),
    initialValues: () => ({ id: newId<EntryId>() as string, reportId: data.id as string, name: '', role: '', words: '' }),
    done: 'Ajoutée.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('name')} label="Nom, lien" span={7} autoFocus />
      <SelectField {...form.field('role')} label="Place dans les faits" options={roles.options} span={5} />
      <TextField {...form.field('words')} label="Précision" optional span={12} />
      <FormFoot form={form} submit="Ajouter" />
    </Form>
  )
}

function NoticeForm({ data, onClose }: DialogProps): ReactNode {
  const told = useValueList('safeguarding.told')
  const form = useActionForm<typeof recordNotice, NoticeValues>(recordNotice, {
    target: targetOf(data),
    initialValues: () => ({ id: newId(), whom: '', told: '', on: today(), by: '', words: '' }),
    toInput: (values) => ({
      ...values,
      reportId: data.id as string,
      told: values.told === '' ? (undefined as never) : values.told === 'yes',
      on: values.told === 'no' ? null : values.on,
    }),
    done: 'Noté.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('whom')} label="Qui" options={told.options} span={6} />
      <SegmentedChoice
        value={form.values.told || null}
        onChange={(value) => form.set('told', value)}
        error={form.errors['told']}
        label="Prévenue du signalement"
        span={6}
        options={[
          { value: 'yes', label: 'Oui' },
          { value: 'no', label: 'Non' },
        ]}
      />
      {form.values.told === 'no' ? (
        <AreaField {...form.field('words')} label="N’a pas été prévenue parce que" rows={2} />
      ) : (
        <>
          <DayField {...form.field('on')} label="Le" span={4} />
          <TextField {...form.field('by')} label="Par" optional span={8} />
          <AreaField {...form.field('words')} label="Ce qu’elle en a dit" optional rows={2} />
        </>
      )}
      <FormFoot form={form} submit="Noter" />
    </Form>
  )
}

interface NoticeValues {
  readonly id: string
  readonly whom: string
  readonly told: 'yes' | 'no' | ''
  readonly on: string
  readonly by: string
  readonly words: string
}

function SendingForm({ data, onClose }: DialogProps): ReactNode {
  const authorities = useValueList('safeguarding.authority')
  const means = useValueList('safeguarding.sending_means')
  const form = useActionForm(recordSending, {
    target: targetOf(data),
    draftKey: draftOf('sending', data),
    initialValues: () => ({
      id: newId<EntryId>() as string,
      reportId: data.id as string,
      authority: '',
      to: '',
      on: today(),
      means: '',
      reference: '',
      words: '',
    }),
    done: 'Saisine notée.',
    onDone: onClose,
  })
  const law = authorities.values.find((one) => one.code === form.values.authority)?.definition
  return (
    <Form form={form}>
      <SelectField {...form.field('authority')} label="Autorité" options={authorities.options} help={law ?? undefined} span={7} />
      <TextField {...form.field('to')} label="À qui précisément" optional span={5} />
      <DayField {...form.field('on')} label="Le" span={4} />
      <SelectField {...form.field('means')} label="Par quel moyen" options={means.options} span={8} />
      <TextField {...form.field('reference')} label="Référence donnée" optional span={4} />
      <AreaField {...form.field('words')} label="Ce qui a été transmis" optional rows={2} />
      <FormFoot form={form} submit="Noter la saisine" />
    </Form>
  )
}

function StepForm({ data, onClose }: DialogProps): ReactNode {
  const kinds = useValueList('safeguarding.step')
  const form = useActionForm(recordStep, {
    target: targetOf(data),
    draftKey: draftOf('step', data),
    initialValues: () => ({ id: newId<EntryId>() as string, reportId: data.id as string, kind: '', on: today(), words: '' }),
    done: 'Suite notée.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('kind')} label="Quoi" options={kinds.options} span={7} />
      <DayField {...form.field('on')} label="Le" span={5} />
      <AreaField {...form.field('words')} label="Ce qui s’est passé" rows={3} />
      <FormFoot form={form} submit="Noter la suite" />
    </Form>
  )
}
