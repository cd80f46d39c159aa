import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import type { ServiceKind } from '../../../platform/contract/actor.ts'
import { newId, type ServiceId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { createService } from '../../contract/actions.ts'
import { serviceKindsValueSet } from '../../contract/territory-value-sets.ts'
import { CreateLegalPerson } from './CreateLegalPerson.tsx'
import { blankService, ServiceFields, type ServiceValues } from './service-fields.tsx'

/** A new service, of an organisme that exists or that one adds on the way. */
export function CreateService(props: { readonly onClose: () => void; readonly onDone: (id: string) => void }): ReactNode {
  const kinds = useValueList('territory.service_kind', serviceKindsValueSet.values)
  const [carrier, setCarrier] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [adding, setAdding] = useState(false)
  const form = useActionForm(createService, {
    draftKey: 'territory.service',
    initialValues: (): ServiceValues & { readonly id: ServiceId; readonly kind: ServiceKind | '' } => ({ id: newId<ServiceId>(), kind: '', ...blankService }),
    toInput: (values) => values as unknown as RawInputOf<typeof createService>,
    done: 'Service ajouté.',
    onDone: ({ id }) => props.onDone(id),
  })
  return (
    <>
      <div className="row sp">
        <h2>Nouveau service</h2>
        <Button small quiet iconOnly icon={IconX} label="Fermer sans ajouter" onClick={props.onClose} />
      </div>
      {adding ? (
        <CreateLegalPerson
          onClose={() => setAdding(false)}
          onDone={(legalPerson) => {
            setCarrier(legalPerson)
            form.set('legalPersonId', legalPerson.id)
            setAdding(false)
          }}
        />
      ) : (
        <Button small quiet onClick={() => setAdding(true)}>
          L’organisme porteur n’existe pas encore
        </Button>
      )}
      <Form form={form}>
        <SelectField {...(form.field('kind') as FieldProps<string>)} label="Nature" options={kinds.options} span={12} />
        <ServiceFields field={(name) => form.field(name)} kind={form.values.kind} legalPersonName={carrier?.name} />
        <FormFoot form={form} submit="Ajouter le service" />
      </Form>
    </>
  )
}
