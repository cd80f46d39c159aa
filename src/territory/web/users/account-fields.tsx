import type { ReactNode } from 'react'
import type { ActorFunction, ServiceKind } from '../../../platform/contract/actor.ts'
import { actorFunctions } from '../../../platform/contract/actor.ts'
import { TokenChoice } from '../../../platform/web/display/StatusPill.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { FieldFrame } from '../../../platform/web/form/FieldFrame.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { functionsRefusedIn } from '../../contract/functions.ts'
import { functionsValueSet } from '../../contract/territory-value-sets.ts'

export interface AccountValues {
  readonly givenName: string
  readonly familyName: string
  readonly nationalId: string
  readonly professionLabel: string
  readonly category: string
  readonly email: string
  readonly phone: string
}

export const accountLabels: Readonly<Record<keyof AccountValues, string>> = {
  givenName: 'Prénom',
  familyName: 'Nom',
  nationalId: 'Numéro national',
  professionLabel: 'Profession',
  category: 'Catégorie',
  email: 'Courriel',
  phone: 'Téléphone',
}

/** Categories of R.1110-2 CSP in words: what decides the volets that a user may ever open. */
export const categoryOptions = [
  { value: 'health', label: 'Professionnel de santé' },
  { value: 'coordination', label: 'Personnel d’un DAC ou d’un dispositif régional' },
  { value: 'social', label: 'Professionnel du social ou du médico-social' },
  { value: 'legal_protection', label: 'Mandataire judiciaire' },
  { value: 'administrative', label: 'Administratif, sans accès aux volets santé et social' },
] as const

// biome-ignore lint/suspicious/noExplicitAny: each field takes the type of its own value.
type Field = (name: keyof AccountValues) => FieldProps<any>

export function AccountFields(props: { readonly field: Field }): ReactNode {
  const { field } = props
  return (
    <>
      <TextField {...field('givenName')} label="Prénom" span={6} />
      <TextField {...field('familyName')} label="Nom" span={6} />
      <TextField
        {...field('nationalId')}
        label="Numéro national"
        optional
        span={12}
        help="8 puis le numéro RPPS : c’est lui qui permet de se connecter avec Pro Santé Connect."
      />
      <TextField {...field('professionLabel')} label="Profession" optional span={12} />
      <SelectField {...field('category')} label="Catégorie (article R. 1110-2)" options={categoryOptions} span={12} />
      <TextField {...field('email')} label="Courriel" optional span={6} inputMode="email" />
      <PhoneField {...field('phone')} label="Téléphone" optional span={6} />
    </>
  )
}

/** What one is there to do: several at once, those that the kind of service allows. */
export function FunctionsField(props: FieldProps<readonly ActorFunction[]> & { readonly kind: ServiceKind | null }): ReactNode {
  const functions = useValueList('territory.function', functionsValueSet.values)
  const offered = actorFunctions.filter((one) => one !== 'person' && (props.kind === null || functionsRefusedIn(props.kind, [one]).length === 0))
  return (
    <FieldFrame label="Fonctions" span={12} error={props.error} group>
      {() => (
        <div className="row wrap">
          {offered.map((one) => (
            <TokenChoice
              key={one}
              on={props.value.includes(one)}
              onChange={(on) => props.onChange(on ? [...props.value, one] : props.value.filter((held) => held !== one))}
            >
              {functions.label(one)}
            </TokenChoice>
          ))}
        </div>
      )}
    </FieldFrame>
  )
}
