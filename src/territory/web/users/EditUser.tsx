import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { editUser } from '../../contract/actions.ts'
import type { Account } from '../../contract/queries.ts'
import { AccountFields, type AccountValues, accountLabels } from './account-fields.tsx'

export function EditUser(props: { readonly account: Account; readonly onClose: () => void }): ReactNode {
  const { account } = props
  const form = useActionForm(editUser, {
    draftKey: `territory.user.edit:${account.id}`,
    labels: accountLabels,
    initialValues: (): { readonly id: string; readonly baseVersion: number; readonly changes: AccountValues } => ({
      id: account.id,
      baseVersion: account.version,
      changes: {
        givenName: account.givenName,
        familyName: account.familyName,
        nationalId: account.nationalId ?? '',
        professionLabel: account.professionLabel ?? '',
        category: account.category,
        email: account.email ?? '',
        phone: account.phone ?? '',
      },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editUser>,
    done: 'Compte modifié.',
    onDone: props.onClose,
  })
  return (
    <>
      <h2>
        {account.givenName} {account.familyName}
      </h2>
      <Form form={form}>
        <AccountFields field={(name) => form.field(`changes.${name}`)} />
        <FormFoot
          form={form}
          submit="Enregistrer"
          secondary={
            <Button small onClick={props.onClose}>
              Annuler
            </Button>
          }
        />
      </Form>
    </>
  )
}
