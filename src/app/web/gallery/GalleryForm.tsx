import type { ReactNode } from 'react'
import { z } from 'zod'
import { defineAction, signedIn } from '../../../platform/contract/action.ts'
import { day, line, optional, paragraph } from '../../../platform/contract/fields.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'

/** Known by no server: sending it shows what an error looks like, and that nothing is lost. */
const tryForm = defineAction({
  name: 'gallery.try',
  title: 'Essayer',
  input: z.object({
    id: z.uuid(),
    baseVersion: z.int(),
    caller: line(80),
    phone: optional(line(20)),
    birthDay: optional(day()),
    delay: z.enum(['h24', 'h72', 'w2'], { error: 'À choisir.' }),
    note: paragraph(500),
  }),
  output: z.object({ id: z.uuid() }),
  access: signedIn('the gallery of components'),
  audit: { none: 'nothing is kept' },
})

interface TryValues {
  readonly id: string
  readonly baseVersion: number
  readonly caller: string
  readonly phone: string
  readonly birthDay: string
  readonly delay: 'h24' | 'h72' | 'w2' | null
  readonly note: string
}

/** A whole form: validation, draft, error, conflict. */
export function GalleryForm(): ReactNode {
  const form = useActionForm<typeof tryForm, TryValues>(tryForm, {
    draftKey: 'gallery.try',
    initialValues: () => ({ id: newId(), baseVersion: 1, caller: '', phone: '', birthDay: '', delay: null, note: '' }),
    toInput: (values) => values as never,
    labels: { caller: 'Qui appelle', phone: 'Téléphone', note: 'Ce qui est demandé' },
    done: 'Essai enregistré.',
  })
  return (
    <Section title="Un formulaire entier">
      <div className="sheet" style={{ borderRadius: 'var(--r-l)', overflow: 'visible' }}>
        <Form form={form}>
          <TextField {...form.field('caller')} label="Qui appelle" span={7} />
          <PhoneField {...form.field('phone')} label="À rappeler au" span={5} optional />
          <DayField {...form.field('birthDay')} label="Date de naissance" span={5} optional />
          <SegmentedChoice
            {...form.field('delay')}
            label="À traiter sous"
            span={7}
            options={[
              { value: 'h24', label: '24 h' },
              { value: 'h72', label: '72 h' },
              { value: 'w2', label: '2 semaines' },
            ]}
          />
          <AreaField {...form.field('note')} label="Ce qui est demandé" rows={3} />
          <FormFoot form={form} submit="Enregistrer" secondary={<Button onClick={form.draft.discard}>Vider</Button>} />
        </Form>
      </div>
    </Section>
  )
}
