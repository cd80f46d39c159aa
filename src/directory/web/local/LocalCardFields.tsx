import type { ReactNode } from 'react'
import { CommuneField } from '../../../platform/web/form/CommuneField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { isTrade } from '../../contract/facets.ts'
import { directoryFacetsValueSet } from '../../contract/value-sets.ts'

/** What an author writes of a card; empty answers are ''. */
export interface LocalCardValues {
  readonly kind: string
  readonly name: string
  readonly role: string
  readonly structureName: string
  readonly phone: string
  readonly otherPhone: string
  readonly email: string
  readonly communeCode: string
  readonly note: string
}

/** The fields of a card, for a new one and for a correction. `at` gives the place of a value in its form ('changes.phone'). */
export function LocalCardFields(props: {
  readonly field: (name: keyof LocalCardValues) => FieldProps<string>
  readonly commune?: string | null | undefined
}): ReactNode {
  const { field } = props
  const kinds = useValueList('directory.facet', directoryFacetsValueSet.values)
  const options = kinds.options
    .map((option) => ({ ...option, group: isTrade(option.value) ? 'Professionnels' : 'Structures et services' }))
    .sort((a, b) => b.group.localeCompare(a.group) || a.label.localeCompare(b.label, 'fr'))
  return (
    <>
      <TextField {...field('name')} label="Nom" span={12} placeholder="Mme Roux, ou le nom de la structure" />
      <SelectField {...field('kind')} label="Nature" options={options} span={12} />
      <TextField {...field('role')} label="Ce qu’elle fait" optional span={6} placeholder="service social" />
      <TextField {...field('structureName')} label="Où" optional span={6} placeholder="CH de Remiremont" />
      <PhoneField {...field('phone')} label="Téléphone direct" optional span={6} />
      <PhoneField {...field('otherPhone')} label="Autre téléphone" optional span={6} />
      <TextField {...field('email')} label="Courriel" optional span={12} />
      <CommuneField {...field('communeCode')} shown={props.commune} label="Commune" optional span={12} />
      <AreaField {...field('note')} label="À savoir" optional rows={2} span={12} hint="jamais rien sur une personne suivie" />
    </>
  )
}
