import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import type { PersonTarget } from '../../contract/person.ts'
import type { PersonIdentityData } from '../../contract/queries.ts'
import { ContactsForm } from './ContactsForm.tsx'
import { DeathForm } from './DeathForm.tsx'
import { IdentityHistory } from './IdentityHistory.tsx'
import { InsiPanel } from './InsiPanel.tsx'
import { CheckForm, FlagsForm } from './identity-forms.tsx'
import { TraitsForm } from './TraitsForm.tsx'

export type IdentityPart = 'traits' | 'contacts' | 'check' | 'ins' | 'flags' | 'history' | 'death'

const parts: readonly { readonly value: IdentityPart; readonly label: string }[] = [
  { value: 'traits', label: 'Traits' },
  { value: 'contacts', label: 'Joindre' },
  { value: 'check', label: 'Pièce' },
  { value: 'ins', label: 'INS' },
  { value: 'flags', label: 'Doutes' },
]

export interface IdentityFormProps {
  readonly identity: PersonIdentityData
  readonly target: PersonTarget | null
  readonly onDone: () => void
}

/** Everything that is kept of an identity, one thing at a time; look-alikes show while the traits are typed. */
export function IdentityDrawer(props: {
  readonly identity: PersonIdentityData
  readonly target: PersonTarget | null
  readonly part: IdentityPart
  readonly onPart: (part: IdentityPart) => void
  readonly onClose: () => void
}): ReactNode {
  const { identity, target, part, onPart, onClose } = props
  const form: IdentityFormProps = { identity, target, onDone: onClose }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={part === 'death' ? 'Décès' : part === 'history' ? 'Historique de l’identité' : 'Identité'}
    >
      <div className="stack stack--3">
        {part === 'death' || part === 'history' ? null : <Segmented label="Que corriger" inline value={part} onChange={onPart} options={parts} />}
        {part === 'traits' ? <TraitsForm {...form} /> : null}
        {part === 'contacts' ? <ContactsForm {...form} /> : null}
        {part === 'check' ? <CheckForm {...form} /> : null}
        {part === 'ins' ? <InsiPanel {...form} /> : null}
        {part === 'flags' ? <FlagsForm {...form} /> : null}
        {part === 'death' ? <DeathForm {...form} /> : null}
        {part === 'history' ? <IdentityHistory identity={identity} /> : null}
      </div>
    </Drawer>
  )
}
