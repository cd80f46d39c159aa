import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { addContact, editContact } from '../../contract/actions.ts'
import type { PersonTarget } from '../../contract/person.ts'
import type { ContactPoint } from '../../contract/queries.ts'
import type { IdentityFormProps } from './IdentityDrawer.tsx'

/** Her telephones and addresses: those of today, and one more. */
export function ContactsForm({ identity, target }: IdentityFormProps): ReactNode {
  const kinds = useValueList('persons.contact_kind')
  const [round, setRound] = useState(0)
  return (
    <>
      <ul className="lines">
        {identity.contacts.map((contact) => (
          <Line key={contact.id} contact={contact} personId={identity.personId} target={target} kind={kinds.label(contact.kind)} />
        ))}
      </ul>
      {identity.contacts.length === 0 ? <p className="small mut">Aucun moyen de la joindre n’est noté.</p> : null}
      <NewContact key={round} personId={identity.personId} target={target} onDone={() => setRound(round + 1)} />
    </>
  )
}

function Line(props: { readonly contact: ContactPoint; readonly personId: string; readonly target: PersonTarget | null; readonly kind: string }): ReactNode {
  const { contact, personId } = props
  const edit = useAction(editContact, props.target)
  const shown = contact.kind === 'email' ? contact.value : formatPhone(contact.value)
  const change = (changes: object) => ({ id: contact.id, personId, baseVersion: contact.version, changes }) as never
  return (
    <li className="row">
      <span className="grow">
        <b className="num">{shown}</b>{' '}
        <span className="small mut">{[props.kind, contact.label, contact.preferred ? 'à préférer' : null].filter(Boolean).join(', ')}</span>
      </span>
      {contact.preferred ? null : (
        <ActionButton action={edit} input={() => change({ preferred: true })} small quiet>
          Préférer
        </ActionButton>
      )}
      <ActionButton
        action={edit}
        input={() => change({ ended: true })}
        ask={() => confirm({ title: typo(`Retirer ${shown} ?`), text: 'Il reste dans l’historique.', action: 'Retirer' })}
        small
        quiet
        iconOnly
        icon={IconTrash}
        label={`Retirer ${shown}`}
      />
    </li>
  )
}

function NewContact(props: { readonly personId: string; readonly target: PersonTarget | null; readonly onDone: () => void }): ReactNode {
  const kinds = useValueList('persons.contact_kind')
  const form = useActionForm(addContact, {
    target: props.target,
    initialValues: () => ({ id: newId() as string, personId: props.personId, kind: 'mobile', value: '', label: '', preferred: false }),
    done: 'Ajouté.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('kind')} label="Moyen" options={kinds.options} span={5} />
      <TextField {...form.field('value')} label="Numéro ou adresse" span={7} />
      <TextField {...form.field('label')} label="Précision" optional hint={typo('« le soir », « chez sa fille »')} span={7} />
      <CheckField {...form.field('preferred')} label="À préférer" span={5} />
      <FormFoot form={form} submit="Ajouter" />
    </Form>
  )
}
