import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId, type ServiceId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { CommuneField } from '../../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { createSite, editSite } from '../../contract/actions.ts'
import { siteKinds } from '../../contract/territory-value-sets.ts'
import type { ServiceDetail } from './ServicePanel.tsx'

type Site = ServiceDetail['sites'][number]
interface SiteValues {
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly postalCode: string
  readonly communeCode: string
  readonly phone: string
}
const labels = { kind: 'Lieu', name: 'Nom', address: 'Adresse', postalCode: 'Code postal', communeCode: 'Commune', phone: 'Téléphone', endsOn: 'Dernier jour' }

export function SiteForm(props: { readonly serviceId: string; readonly site?: Site | undefined; readonly onClose: () => void }): ReactNode {
  return props.site ? <Edit site={props.site} onClose={props.onClose} /> : <Create serviceId={props.serviceId} onClose={props.onClose} />
}

function Create(props: { readonly serviceId: string; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(createSite, {
    initialValues: () => ({
      id: newId<never>() as string,
      serviceId: props.serviceId as ServiceId,
      kind: 'branch',
      name: '',
      address: '',
      postalCode: '',
      communeCode: '',
      phone: '',
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof createSite>,
    done: 'Lieu ajouté.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <Fields field={(name) => form.field(name) as FieldProps<string>} />
      <FormFoot form={form} submit="Ajouter le lieu" secondary={<Cancel onClose={props.onClose} />} />
    </Form>
  )
}

function Edit(props: { readonly site: Site; readonly onClose: () => void }): ReactNode {
  const { site } = props
  const form = useActionForm(editSite, {
    labels,
    record: site.id,
    initialValues: () => ({
      id: site.id,
      baseVersion: site.version,
      changes: {
        kind: site.kind,
        name: site.name,
        address: site.address ?? '',
        postalCode: site.postalCode ?? '',
        communeCode: site.communeCode ?? '',
        phone: site.phone ?? '',
        endsOn: site.endsOn ?? '',
      },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editSite>,
    done: 'Lieu modifié.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <Fields field={(name) => form.field(`changes.${name}`) as FieldProps<string>} commune={site.communeName} />
      <DayField {...(form.field('changes.endsOn') as FieldProps<string>)} label="Dernier jour" optional span={6} />
      <FormFoot form={form} submit="Enregistrer" secondary={<Cancel onClose={props.onClose} />} />
    </Form>
  )
}

function Fields(props: { readonly field: (name: keyof SiteValues) => FieldProps<string>; readonly commune?: string | null | undefined }): ReactNode {
  const kinds = useValueList('territory.site_kind', siteKinds.values)
  return (
    <>
      <TextField {...props.field('name')} label="Nom" span={7} />
      <SelectField {...props.field('kind')} label="Lieu" options={kinds.options} span={5} />
      <TextField {...props.field('address')} label="Adresse" optional span={12} />
      <TextField {...props.field('postalCode')} label="Code postal" optional span={4} inputMode="numeric" />
      <CommuneField {...props.field('communeCode')} shown={props.commune} label="Commune" optional span={8} />
      <PhoneField {...props.field('phone')} label="Téléphone" optional span={6} />
    </>
  )
}

function Cancel(props: { readonly onClose: () => void }): ReactNode {
  return (
    <Button small onClick={props.onClose}>
      Annuler
    </Button>
  )
}
