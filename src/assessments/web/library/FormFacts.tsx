import type { ReactNode } from 'react'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { nbsp, plural } from '../../../platform/web/text/typography.ts'
import { type FormDefinition, itemsOf } from '../../contract/form-definition.ts'
import { voletsOf } from '../../contract/library.ts'

const kinds = { grid: 'Grille', evaluation: 'Évaluation', screening: 'Repérage' } as const

/** Version, length, volets, source and licence. */
export function FormFacts({ form }: { readonly form: FormDefinition }): ReactNode {
  return (
    <dl className="kv">
      <dt>Version</dt>
      <dd>{form.version}</dd>
      <dt>Genre</dt>
      <dd>
        {kinds[form.kind]}, {form.minutes}
        {nbsp}min
      </dd>
      <dt>Contenu</dt>
      <dd>
        {plural(form.sections.length, 'rubrique')}, {plural(itemsOf(form).length, 'question')}
      </dd>
      <dt>Partagé sous</dt>
      <dd className="row wrap">
        {voletsOf(form).map((volet) => (
          <VoletChip key={volet} volet={volet} />
        ))}
      </dd>
      <dt>Source</dt>
      <dd>{form.source}</dd>
      <dt>Licence</dt>
      <dd>{form.licence.text}</dd>
    </dl>
  )
}
