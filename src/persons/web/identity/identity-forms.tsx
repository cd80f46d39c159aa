import type { ReactNode } from 'react'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { checkIdentity, setAttributes } from '../../contract/actions.ts'
import { documentTrust, identityStatusLabels, traitLabels } from '../../contract/identity-status.ts'
import type { IdentityStatus } from '../../contract/person.ts'
import { missingTraits, type ProvisionalTraits } from '../../contract/traits.ts'
import type { IdentityDocument } from '../../contract/value-sets.ts'
import type { IdentityFormProps } from './IdentityDrawer.tsx'

/** The strict traits that nobody said yet, before the gestures that need them. */
export function MissingTraits({ identity }: Pick<IdentityFormProps, 'identity'>): ReactNode {
  const missing = missingTraits(identity as unknown as ProvisionalTraits)
  if (missing.length === 0) return null
  return (
    <Notice tone="warning">
      {typo(`Il manque : ${missing.map((trait) => traitLabels[trait]).join(', ')}. À compléter dans « Traits » avant de vérifier.`)}
    </Notice>
  )
}

const nowIs = ({ identityStatus }: { readonly identityStatus: string }): string => `${identityStatusLabels[identityStatus as IdentityStatus]}.`

const trustWords = {
  high: 'Pièce de haute confiance : l’identité sera validée.',
  high_for_minors: 'Vaut preuve pour un mineur seulement.',
  low: 'Notée, sans valeur de preuve : l’identité ne change pas d’état.',
} as const

/** The document shown, and what it is worth. */
export function CheckForm({ identity, target, onDone }: IdentityFormProps): ReactNode {
  const documents = useValueList('persons.identity_document')
  const form = useActionForm(checkIdentity, { target, initialValues: { personId: identity.personId, document: '' }, done: nowIs, onDone })
  const trust = form.values.document in documentTrust ? documentTrust[form.values.document as IdentityDocument] : null
  return (
    <Form form={form}>
      <div style={{ gridColumn: 'span 12' }}>
        <MissingTraits identity={identity} />
      </div>
      <SelectField {...form.field('document')} label="Pièce présentée" options={documents.options} span={12} />
      {trust ? (
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          {typo(trustWords[trust])}
        </p>
      ) : null}
      <FormFoot form={form} submit="Enregistrer la pièce" />
    </Form>
  )
}

interface FlagValues {
  readonly homonym: boolean
  readonly doubtful: boolean
  readonly fictitious: boolean
  readonly reason: string
}

/** Homonym, doubt, fiction (RNIV). */
export function FlagsForm({ identity, target, onDone }: IdentityFormProps): ReactNode {
  const list = useValueList('persons.identity_attribute')
  const has = (one: string): boolean => identity.attributes.includes(one)
  const form = useActionForm<typeof setAttributes, FlagValues>(setAttributes, {
    target,
    initialValues: { homonym: has('homonym'), doubtful: has('doubtful'), fictitious: has('fictitious'), reason: '' },
    toInput: ({ reason, ...flags }) => ({
      personId: identity.personId as never,
      reason,
      attributes: (['homonym', 'doubtful', 'fictitious'] as const).filter((one) => flags[one]),
    }),
    done: nowIs,
    onDone,
  })
  return (
    <Form form={form}>
      {(['homonym', 'doubtful', 'fictitious'] as const).map((one) => (
        <CheckField key={one} {...form.field(one)} label={list.label(one)} detail={list.values.find((value) => value.code === one)?.definition} span={12} />
      ))}
      <TextField {...form.field('reason')} label="Pourquoi" optional hint="se lit dans le Fil" span={12} />
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}
