import { type ReactNode, useState } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { askToJoin } from '../../contract/joining.ts'
import { useRoleOptions } from '../member/use-role-options.ts'

/** « Rejoindre un cercle »: named and dated, never searched; the answer is the same in every case. */
export function JoinPage(): ReactNode {
  const [sent, setSent] = useState(false)
  return (
    <Page title="Rejoindre un cercle">
      <Bar title="Rejoindre un cercle" />
      <Columns kind="one">
        <CenterColumn label="Demande">
          <div className="stack stack--4" style={{ maxWidth: 640 }}>
            <p>Vous suivez une personne qu’un DAC accompagne ? Demandez à rejoindre son cercle de soins : son référent ou son médecin traitant vous répond.</p>
            {sent ? (
              <Notice tone="info" live>
                <b>Demande transmise.</b> Si cette personne est accompagnée et ne s’y oppose pas, ceux qui la suivent reçoivent votre demande. Acceptée, elle
                apparaît dans « Mes patients suivis ». Sans nouvelles, appelez le DAC de sa commune.{' '}
                <Button small onClick={() => setSent(false)}>
                  Une autre demande
                </Button>
              </Notice>
            ) : (
              <AskForm onSent={() => setSent(true)} />
            )}
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

function AskForm({ onSent }: { readonly onSent: () => void }): ReactNode {
  const roles = useRoleOptions('directory', [])
  const form = useActionForm(askToJoin, {
    initialValues: () => ({ id: newId() as string, name: '', birthDate: '', role: '', words: '' }),
    onDone: onSent,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('name')} label="Nom et prénom de la personne" span={8} autoFocus />
      <DayField {...form.field('birthDate')} label="Date de naissance" span={4} />
      <SelectField {...form.field('role')} label="Vous intervenez comme" span={12} options={roles} />
      <AreaField {...form.field('words')} label="Pourquoi" rows={3} help="Ce que vous faites auprès d’elle, depuis quand." />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Demander à rejoindre le cercle" />
      </div>
    </Form>
  )
}
