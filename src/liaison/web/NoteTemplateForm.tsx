import type { ReactNode } from 'react'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Facets } from '../../platform/web/form/ChoiceCards.tsx'
import { FieldFrame } from '../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { type NoteTemplate, type NoteTemplateId, templateBody, writeNoteTemplate } from '../contract/note-templates.ts'
import { noteTypes } from '../contract/value-sets.ts'
import { tradeWords } from './template-words.ts'

interface Values {
  readonly id: NoteTemplateId
  readonly label: string
  readonly type: string
  readonly categories: string[]
  readonly professions: string
  readonly headings: string
  readonly active: string
  readonly reason: string
}

const lines = (typed: string, separator: RegExp): string[] =>
  typed
    .split(separator)
    .map((one) => one.trim())
    .filter(Boolean)

/** The next version of a template, or a new one; what writers will find is shown as it is typed. */
export function NoteTemplateForm(props: { readonly template: NoteTemplate | null; readonly onDone: () => void }): ReactNode {
  const { template } = props
  const form = useActionForm<typeof writeNoteTemplate, Values>(writeNoteTemplate, {
    initialValues: () => ({
      id: template?.id ?? newId<NoteTemplateId>(),
      label: template?.label ?? '',
      type: template?.type ?? 'observation',
      categories: [...(template?.categories ?? ['health'])],
      professions: template?.professions.join(', ') ?? '',
      headings: template?.headings.join('\n') ?? '',
      active: template === null || template.active ? 'yes' : 'no',
      reason: '',
    }),
    toInput: (values) =>
      ({
        ...values,
        baseVersion: template?.version ?? 0,
        professions: lines(values.professions, /[,;\n]/),
        headings: lines(values.headings, /\n/),
        active: values.active === 'yes',
      }) as RawInputOf<typeof writeNoteTemplate>,
    fieldOf: (path) => path.split('.')[0] ?? path,
    done: template === null ? 'Modèle écrit.' : 'Nouvelle version du modèle.',
    onDone: props.onDone,
  })
  const { values } = form
  return (
    <Section title={template === null ? 'Nouveau modèle' : `Changer « ${template.label} »`}>
      <Form form={form} label="Modèle de note">
        <TextField {...form.field('label')} label="Nom du modèle" span={5} autoFocus />
        <SelectField {...form.field('type')} label="Type de note" span={4} options={noteTypes.values.map(({ code, label }) => ({ value: code, label }))} />
        <SegmentedChoice
          {...form.field('active')}
          label="État"
          span={3}
          options={[
            { value: 'yes', label: 'Proposé' },
            { value: 'no', label: 'Retiré' },
          ]}
        />
        <FieldFrame label="Proposé à" span={6} group error={form.errors['categories']}>
          {() => (
            <Facets
              label="Catégories"
              options={Object.entries(tradeWords).map(([value, label]) => ({ value, label }))}
              value={values.categories}
              onChange={(categories) => form.set('categories', categories)}
            />
          )}
        </FieldFrame>
        <TextField
          {...form.field('professions')}
          label="Professions, par le début du mot"
          span={6}
          optional
          placeholder="infirmi, aide-soignant"
          help="Sans profession, le modèle vaut pour toutes celles des catégories choisies."
        />
        <AreaField {...form.field('headings')} label="Rubriques, une par ligne" span={6} rows={7} />
        <FieldFrame label="Ce que trouvera qui écrit" span={6} group>
          {() => <pre className="templateframe">{templateBody({ headings: lines(values.headings, /\n/) }) || 'Rien encore'}</pre>}
        </FieldFrame>
        <TextField {...form.field('reason')} label="Pourquoi ce changement" span={12} optional />
        <FormFoot
          form={form}
          submit={template === null ? 'Écrire le modèle' : 'Écrire la nouvelle version'}
          secondary={
            <Button quiet onClick={props.onDone}>
              Annuler
            </Button>
          }
        />
      </Form>
    </Section>
  )
}
