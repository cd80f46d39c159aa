import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { createLegalPerson } from '../../contract/actions.ts'
import { legalKinds } from '../../contract/territory-value-sets.ts'

/** A legal person that may carry several services (R80). */
export function CreateLegalPerson(props: {
  readonly onClose: () => void
  readonly onDone: (legalPerson: { readonly id: string; readonly name: string }) => void
}): ReactNode {
  const kinds = useValueList('territory.legal_kind', legalKinds.values)
  const form = useActionForm(createLegalPerson, {
    initialValues: () => ({ id: newId<never>() as string, name: '', legalForm: '', siren: '', finessLegal: '' }),
    toInput: (values) => values as unknown as RawInputOf<typeof createLegalPerson>,
    done: 'Organisme ajouté.',
    onDone: ({ id }, values) => props.onDone({ id, name: values.name }),
  })
  return (
    <Form form={form}>
      <TextField {...(form.field('name') as FieldProps<string>)} label="Nom de l’organisme" span={12} autoFocus />
      <SelectField {...(form.field('legalForm') as FieldProps<string>)} label="Nature juridique" options={kinds.options} span={12} />
      <TextField {...(form.field('siren') as FieldProps<string>)} label="SIREN" optional span={6} inputMode="numeric" />
      <TextField {...(form.field('finessLegal') as FieldProps<string>)} label="FINESS juridique" optional span={6} />
      <FormFoot
        form={form}
        submit="Ajouter l’organisme"
        secondary={
          <Button small onClick={props.onClose}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
