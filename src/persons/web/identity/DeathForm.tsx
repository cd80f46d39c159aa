import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { recordDeathAction, withdrawDeath } from '../../contract/actions.ts'
import type { IdentityFormProps } from './IdentityDrawer.tsx'

/** Recorded once: reminders, letters and surveys stop. Recorded on the wrong file, it is withdrawn with a reason. */
export function DeathForm(props: IdentityFormProps): ReactNode {
  return props.identity.deceasedOn === null ? <Record {...props} /> : <Withdraw {...props} day={props.identity.deceasedOn} />
}

function Record({ identity, target, onDone }: IdentityFormProps): ReactNode {
  const sources = useValueList('persons.death_source')
  const form = useActionForm(recordDeathAction, {
    target,
    initialValues: { personId: identity.personId, on: '', source: '' },
    done: 'Décès enregistré. Les relances s’arrêtent.',
    onDone,
  })
  return (
    <Form form={form}>
      <DayField {...form.field('on')} label="Date du décès" autoFocus span={5} />
      <SelectField {...form.field('source')} label="Appris par" optional options={sources.options} span={7} />
      <p className="small mut" style={{ gridColumn: 'span 12' }}>
        {typo('Les rappels, les courriers et les enquêtes de satisfaction s’arrêtent ; le cercle le lit dans le Fil.')}
      </p>
      <FormFoot form={form} submit="Enregistrer le décès" />
    </Form>
  )
}

function Withdraw({ identity, target, onDone, day }: IdentityFormProps & { readonly day: string }): ReactNode {
  const form = useActionForm(withdrawDeath, { target, initialValues: { personId: identity.personId, reason: '' }, done: 'Décès annulé.', onDone })
  return (
    <Form form={form}>
      <div style={{ gridColumn: 'span 12' }}>
        <Notice>Décès enregistré, survenu le {formatDay(day)}.</Notice>
      </div>
      <TextField {...form.field('reason')} label={typo('Enregistré par erreur : pourquoi')} span={12} />
      <FormFoot form={form} submit="Annuler ce décès" />
    </Form>
  )
}
