import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId, type PartyId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { createLocalCard } from '../../contract/actions.ts'
import { readLocalCardLine } from '../../contract/local-card-line.ts'
import { LocalCardFields, type LocalCardValues } from './LocalCardFields.tsx'

interface NewCard extends LocalCardValues {
  readonly id: PartyId
  /** The one line; it fills the fields, which the author then corrects. */
  readonly line: string
}

const blank = { line: '', kind: '', name: '', role: '', structureName: '', phone: '', otherPhone: '', email: '', communeCode: '', note: '' }

/** A card in one line: « Mme Roux, service social CH Remiremont, 03 53 01 44 12 » fills the fields, the author confirms. */
export function LocalCardForm(props: { readonly onClose: () => void; readonly onSaved: (partyId: string) => void }): ReactNode {
  const form = useActionForm(createLocalCard, {
    draftKey: 'directory.localCard',
    initialValues: (): NewCard => ({ id: newId<PartyId>(), ...blank }),
    toInput: ({ line: _line, ...values }) => values as unknown as RawInputOf<typeof createLocalCard>,
    done: 'Fiche ajoutée : toute la région la trouve.',
    onDone: ({ partyId }) => props.onSaved(partyId),
  })
  const write = (line: string): void => {
    const read = readLocalCardLine(line)
    form.setAll({ line, ...read })
  }
  return (
    <>
      <div className="row sp">
        <h2>Nouvelle fiche locale</h2>
        <Button small quiet iconOnly icon={IconX} label="Fermer sans ajouter" onClick={props.onClose} />
      </div>
      <Form form={form}>
        <AreaField
          {...(form.field('line') as FieldProps<string>)}
          onChange={write}
          label="En une ligne"
          rows={2}
          span={12}
          autoFocus
          placeholder="Mme Roux, service social CH Remiremont, 03 53 01 44 12"
          help="Nom, ce qu’elle fait, où, téléphone : les cases se remplissent seules, vous corrigez."
        />
        <LocalCardFields field={(name) => form.field(name) as FieldProps<string>} />
        <FormFoot form={form} submit="Ajouter la fiche" />
      </Form>
    </>
  )
}
