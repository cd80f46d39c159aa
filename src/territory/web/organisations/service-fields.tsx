import type { ReactNode } from 'react'
import type { ServiceKind } from '../../../platform/contract/actor.ts'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { CommuneField } from '../../../platform/web/form/CommuneField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { cptsStatuses } from '../../contract/territory-value-sets.ts'
import { LegalPersonField } from '../fields.tsx'

/** What one types of a service; empty answers are ''. */
export interface ServiceValues {
  readonly name: string
  readonly shortName: string
  readonly legalPersonId: string
  readonly phone: string
  readonly email: string
  readonly address: string
  readonly postalCode: string
  readonly communeCode: string
  readonly finess: string
  readonly cptsStatus: string
  readonly openToPublic: boolean
}

export const blankService: ServiceValues = {
  name: '',
  shortName: '',
  legalPersonId: '',
  phone: '',
  email: '',
  address: '',
  postalCode: '',
  communeCode: '',
  finess: '',
  cptsStatus: '',
  openToPublic: false,
}

export const serviceLabels: Readonly<Record<keyof ServiceValues, string>> = {
  name: 'Nom',
  shortName: 'Nom court',
  legalPersonId: 'Organisme',
  phone: 'Téléphone',
  email: 'Courriel',
  address: 'Adresse',
  postalCode: 'Code postal',
  communeCode: 'Commune',
  finess: 'FINESS',
  cptsStatus: 'Avancement',
  openToPublic: 'Ouvert au public',
}

/** The fields of a service, for a new one and for a correction. */
export function ServiceFields(props: {
  // biome-ignore lint/suspicious/noExplicitAny: each field takes the type of its own value.
  readonly field: (name: keyof ServiceValues) => FieldProps<any>
  readonly kind: ServiceKind | ''
  readonly legalPersonName?: string | null | undefined
  readonly communeName?: string | null | undefined
}): ReactNode {
  const { field } = props
  const statuses = useValueList('territory.cpts_status', cptsStatuses.values)
  return (
    <>
      <TextField {...field('name')} label="Nom" span={12} />
      <TextField {...field('shortName')} label="Nom court" optional span={6} />
      <LegalPersonField {...field('legalPersonId')} shown={props.legalPersonName} label="Organisme porteur" optional span={6} />
      <PhoneField {...field('phone')} label="Téléphone" optional span={6} />
      <TextField {...field('email')} label="Courriel" optional span={6} inputMode="email" />
      <TextField {...field('address')} label="Adresse" optional span={12} />
      <TextField {...field('postalCode')} label="Code postal" optional span={4} inputMode="numeric" />
      <CommuneField {...field('communeCode')} shown={props.communeName} label="Commune" optional span={8} />
      <TextField {...field('finess')} label="FINESS" optional span={props.kind === 'cpts' ? 6 : 12} />
      {props.kind === 'cpts' ? <SelectField {...field('cptsStatus')} label="Avancement de la CPTS" options={statuses.options} span={6} /> : null}
      <CheckField {...field('openToPublic')} label="Répond aussi directement aux personnes et aux proches" />
    </>
  )
}
