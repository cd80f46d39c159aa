import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { editService } from '../../contract/actions.ts'
import type { ServiceDetail } from './ServicePanel.tsx'
import { ServiceFields, type ServiceValues, serviceLabels } from './service-fields.tsx'

export function EditService(props: { readonly detail: ServiceDetail; readonly onClose: () => void }): ReactNode {
  const { service, legalPerson } = props.detail
  const form = useActionForm(editService, {
    draftKey: `territory.service.edit:${service.id}`,
    labels: serviceLabels,
    initialValues: (): { readonly id: string; readonly baseVersion: number; readonly changes: ServiceValues } => ({
      id: service.id,
      baseVersion: service.version,
      changes: {
        name: service.name,
        shortName: service.shortName ?? '',
        legalPersonId: service.legalPersonId ?? '',
        phone: service.phone ?? '',
        email: service.email ?? '',
        address: service.address ?? '',
        postalCode: service.postalCode ?? '',
        communeCode: service.communeCode ?? '',
        finess: service.finess ?? '',
        cptsStatus: service.cptsStatus ?? '',
        openToPublic: service.openToPublic,
      },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editService>,
    done: 'Service modifié.',
    onDone: props.onClose,
  })
  return (
    <>
      <h2>{service.name}</h2>
      <Form form={form}>
        <ServiceFields
          field={(name) => form.field(`changes.${name}`)}
          kind={service.kind}
          legalPersonName={legalPerson?.name}
          communeName={service.communeName}
        />
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
