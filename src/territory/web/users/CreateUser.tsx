import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import type { ActorFunction, ServiceKind } from '../../../platform/contract/actor.ts'
import { newId, type UserId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { createUser } from '../../contract/actions.ts'
import { ServiceField } from '../fields.tsx'
import { AccountFields, type AccountValues, FunctionsField } from './account-fields.tsx'

interface NewAccount extends AccountValues {
  readonly id: UserId
  readonly membership: {
    readonly id: string
    readonly serviceId: string
    readonly functions: readonly ActorFunction[]
    readonly jobTitle: string
    readonly startsOn: string
  }
}

/** An account with its first place of work. */
export function CreateUser(props: { readonly onClose: () => void; readonly onDone: (id: string) => void }): ReactNode {
  const [kind, setKind] = useState<ServiceKind | null>(null)
  const form = useActionForm(createUser, {
    draftKey: 'territory.user',
    initialValues: (): NewAccount => ({
      id: newId<UserId>(),
      givenName: '',
      familyName: '',
      nationalId: '',
      professionLabel: '',
      category: '',
      email: '',
      phone: '',
      membership: { id: newId<never>() as string, serviceId: '', functions: [], jobTitle: '', startsOn: today() },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof createUser>,
    done: 'Compte ouvert.',
    onDone: ({ id }) => props.onDone(id),
  })
  return (
    <>
      <div className="row sp">
        <h2>Nouveau compte</h2>
        <Button small quiet iconOnly icon={IconX} label="Fermer sans ouvrir" onClick={props.onClose} />
      </div>
      <Form form={form}>
        <AccountFields field={(name) => form.field(name)} />
        <ServiceField {...(form.field('membership.serviceId') as FieldProps<string>)} label="Service" span={12} onPickKind={setKind} />
        <FunctionsField {...(form.field('membership.functions') as FieldProps<readonly ActorFunction[]>)} kind={kind} />
        <TextField {...(form.field('membership.jobTitle') as FieldProps<string>)} label="Intitulé du poste" optional span={6} />
        <DayField {...(form.field('membership.startsOn') as FieldProps<string>)} label="Depuis le" span={6} />
        <FormFoot form={form} submit="Ouvrir le compte" />
      </Form>
    </>
  )
}
