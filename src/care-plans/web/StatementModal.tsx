import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { writeStatement } from '../contract/actions.ts'
import { statementOf } from '../contract/compare.ts'
import type { StatementKind } from '../contract/plan.ts'
import { usePlan } from './use-plan.ts'

/** What she wants, in her words; or what to do, and whom to call, when something goes wrong. */
export function StatementModal(props: { readonly kind: StatementKind; readonly onClose: () => void }): ReactNode {
  const { data, target } = usePlan()
  const known = statementOf(data.content, props.kind)
  const initial = { words: known?.words ?? '', volet: (known?.volet ?? 'social') as string }
  const form = useActionForm(writeStatement, {
    target,
    draftKey: `carePlans.statement:${data.id}:${props.kind}`,
    initialValues: { planId: data.id, kind: props.kind, baseVersion: known?.version ?? 0, ...initial },
    toInput: ({ words, volet, ...rest }) => ({
      ...rest,
      changes: { ...(words === initial.words ? {} : { words }), ...(volet === initial.volet ? {} : { volet: volet as 'social' }) },
    }),
    fieldOf: (path) => path.replace('changes.', ''),
    labels: { words: 'Texte', volet: 'Volet', saidOn: 'Dit le' },
    resolve: (values, kept, version) => ({ ...values, ...kept, ...(version === null ? {} : { baseVersion: version }) }),
    onDone: props.onClose,
  })
  const wishes = props.kind === 'wishes'
  return (
    <Modal opened onClose={props.onClose} title={wishes ? 'Ce qui compte pour la personne' : 'En cas de problème'} size="lg">
      <Form form={form}>
        <AreaField
          {...form.field('words')}
          label={wishes ? 'Ses mots, entre guillemets' : 'Qui appeler, que faire'}
          rows={wishes ? 4 : 7}
          autoFocus
          placeholder={
            wishes
              ? '« Rester dans ma maison avec le chat. »'
              : 'Chute sans blessure : téléassistance, puis sa fille.\nFièvre ou confusion : médecin traitant, sinon 15.'
          }
        />
        <SelectField
          {...form.field('volet')}
          label="Qui le lira"
          span={6}
          options={[
            { value: 'social', label: 'Tout le cercle' },
            { value: 'health', label: 'Les professionnels de santé' },
          ]}
        />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
    </Modal>
  )
}
