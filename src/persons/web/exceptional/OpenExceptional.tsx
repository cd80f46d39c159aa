import './exceptional.css'
import { Modal } from '@mantine/core'
import { IconBellRinging, IconEyeOff, IconKey, IconListCheck, IconUserCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import { ChoiceCards } from '../../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { openExceptionalAccess } from '../../contract/access-actions.ts'
import type { ExceptionalAccessId } from '../../contract/person.ts'

interface Values {
  readonly id: ExceptionalAccessId
  readonly personId: PersonId
  readonly reason: string
  readonly explanation: string
  readonly hours: string
}

/** « Accès exceptionnel »: why, in a word of the list and in one's own words, for how long; and what it sets off, said before. */
export function OpenExceptional(props: {
  readonly personId: PersonId
  /** « PERRIN Odile, 12/03/1941 », when the candidates named her. */ readonly who?: string | undefined
  /** The use of the file is limited: its grounds (art. 18.2 RGPD), and what cannot wait. */
  readonly limited?: boolean | undefined
  readonly onClose: () => void
}): ReactNode {
  const navigate = useNavigate()
  const reasons = useValueList('persons.exceptional_access_reason')
  const offered = reasons.values.filter((one) => (props.limited ? groundsOnLimited(one.code) : !one.code.startsWith('limitation_')))
  const form = useActionForm<typeof openExceptionalAccess, Values>(openExceptionalAccess, {
    target: undefined as never,
    initialValues: () => ({ id: newId(), personId: props.personId, reason: '', explanation: '', hours: '' }),
    toInput: (values) => ({ ...values, hours: values.hours === '' ? (undefined as never) : Number(values.hours) }),
    invalidates: ['persons', 'liaison', 'episodes', 'careTeam'],
    done: 'Accès exceptionnel ouvert. Vos responsables sont prévenus.',
    onDone: () => {
      props.onClose()
      void navigate({ to: '/personnes/$personId', params: { personId: props.personId } as never })
    },
  })
  return (
    <Modal opened onClose={props.onClose} title={props.limited ? 'Lire malgré la limitation' : 'Accès exceptionnel'} size="xl">
      <div className="exceptional">
        <Form form={form}>
          {props.who ? (
            <p style={{ gridColumn: '1 / -1' }}>
              <b>{props.who}</b>
            </p>
          ) : null}
          <ChoiceCards
            value={form.values.reason || null}
            onChange={(reason) => form.set('reason', reason)}
            error={form.errors['reason']}
            label="Pourquoi"
            options={offered.map((one) => ({ value: one.code, title: one.label, detail: one.definition ?? undefined }))}
          />
          <AreaField {...form.field('explanation')} label="En quelques mots" hint="lu par ceux qui relisent, et par la personne" rows={3} />
          <SegmentedChoice
            value={form.values.hours || null}
            onChange={(hours) => form.set('hours', hours)}
            error={form.errors['hours']}
            label="Pour combien de temps"
            span={12}
            options={[
              { value: '1', label: '1 h' },
              { value: '4', label: '4 h' },
              { value: '12', label: '12 h' },
              { value: '24', label: '24 h' },
            ]}
          />
          <FormFoot form={form} icon={IconKey} submit="Ouvrir cet accès" />
        </Form>
        <WhatHappens />
      </div>
    </Modal>
  )
}

/** As the door of the database says: the four of art. 18.2, and the two emergencies. */
const groundsOnLimited = (code: string): boolean => code.startsWith('limitation_') || code === 'vital_emergency' || code === 'danger'

const consequences: readonly { readonly icon: Icon; readonly title: string; readonly text: string }[] = [
  {
    icon: IconBellRinging,
    title: 'Vos responsables le savent dans la minute',
    text: 'Ceux de votre service et le DAC qui accompagne la personne. Ils le reliront : justifié, ou non.',
  },
  { icon: IconListCheck, title: 'Chaque lecture laisse une trace', text: 'Votre nom, l’heure, le motif et ce que vous avez ouvert.' },
  {
    icon: IconUserCheck,
    title: 'La personne en est informée',
    text: 'Dans Mon espace santé ou par une lettre du DAC. Qui, quand et pourquoi figurent dans la liste qu’elle peut lire.',
  },
  {
    icon: IconEyeOff,
    title: 'Tout ne s’ouvre pas',
    text: 'Ni ce que la personne a fermé, ni les notes privées du DAC, ni ce qui est restreint. Si elle s’oppose au partage, rien ne s’ouvre.',
  },
]

function WhatHappens(): ReactNode {
  return (
    <aside className="exceptional__what" aria-label="Ce qui se passe">
      <h3>Ce qui se passe</h3>
      <ul>
        {consequences.map(({ icon, title, text }) => (
          <li key={title}>
            <Ic of={icon} />
            <div>
              <b>{title}</b>
              <p className="small mut">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </aside>
  )
}
