import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { counterpartLabels, counterparts, recordActivity } from '../contract/activities.ts'
import type { ActivityId } from '../contract/episode.ts'

/** A follow-up call in four gestures: open (S), type, Ctrl ↵; with whom and how are already those of most calls. */
export function FollowUpCall(props: { readonly personId: PersonId; readonly openVolets: readonly Volet[]; readonly onClose: () => void }): ReactNode {
  const kinds = useValueList('episodes.activity_type')
  const form = useActionForm(recordActivity, {
    target: { personId: props.personId },
    draftKey: `episodes.activity:${props.personId}`,
    initialValues: () => ({
      id: newId<ActivityId>(),
      kind: 'call',
      withWhom: 'person' as (typeof counterparts)[number],
      missed: false,
      words: '',
      partner: '',
      minutes: '',
      volet: (props.openVolets.includes('social') ? 'social' : (props.openVolets[0] ?? 'administrative')) as Volet,
      nextTitle: '',
      nextOn: '',
    }),
    toInput: ({ missed, nextTitle, nextOn, minutes, ...typed }) => ({
      ...typed,
      personId: props.personId,
      reached: !missed,
      minutes: minutes === '' ? null : Number(minutes),
      nextStep: nextTitle.trim() === '' ? null : { kind: 'call_person', title: nextTitle, dueOn: nextOn },
    }),
    fieldOf: (path) => (path === 'nextStep.title' ? 'nextTitle' : path === 'nextStep.dueOn' ? 'nextOn' : path),
    invalidates: ['liaison'],
    done: 'Noté dans le fil.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Noter un appel, une visite" size="lg">
      <Form form={form}>
        <AreaField {...form.field('words')} label="Ce qui s’est dit, ce qui a été fait" rows={4} autoFocus />
        <SegmentedChoice
          {...form.field('withWhom')}
          label="Avec"
          span={8}
          options={counterparts.map((value) => ({ value, label: counterpartLabels[value] }))}
        />
        <TextField {...form.field('partner')} label="Nom" optional span={4} />
        <SelectField {...form.field('kind')} label="Quoi" span={5} options={kinds.options} />
        <SegmentedChoice
          {...form.field('volet')}
          label="Volet"
          span={7}
          options={props.openVolets.map((volet) => ({ value: volet, label: voletWord(volet) }))}
        />
        <CheckField {...form.field('missed')} label="Sans réponse" span={4} />
        <TextField {...form.field('minutes')} label="Durée, en minutes" optional inputMode="numeric" span={4} />
        <span style={{ gridColumn: 'span 4' }} />
        <TextField {...form.field('nextTitle')} label="Prochaine étape" optional span={8} />
        <DayField {...form.field('nextOn')} label="Pour le" optional span={4} />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Noter" />
        </div>
      </Form>
    </Modal>
  )
}
