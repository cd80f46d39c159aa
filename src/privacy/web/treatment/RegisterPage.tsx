import { Drawer } from '@mantine/core'
import { IconFileTypePdf, IconPencil, IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { sheetFieldWords } from '../../contract/processing-sheet.ts'
import { processingDocument, processingRegister, type ShownSheet, writeProcessing } from '../../contract/treatment.ts'
import { useFileAnswer } from '../save-answer.ts'
import { Treatment } from './Treatment.tsx'

/** Register of processing: one card per treatment, who answers for what first; editable, printed, PDF. */
export function RegisterPage(): ReactNode {
  const register = useJalonQuery(processingRegister, {})
  const [editing, setEditing] = useState<ShownSheet | null>(null)
  const { making, save } = useFileAnswer()
  return (
    <Treatment
      title="Registre des traitements"
      end={
        <>
          <Button small icon={IconPrinter} onClick={() => window.print()}>
            Imprimer
          </Button>
          <Button small main icon={IconFileTypePdf} blocked={making !== null} onClick={() => void save(processingDocument, {})}>
            {making ? 'Préparation…' : 'PDF'}
          </Button>
        </>
      }
    >
      <QueryState query={register}>
        {(data) => (
          <>
            {data.sheets.map((sheet) => (
              <SheetCard key={sheet.code} sheet={sheet} onEdit={() => setEditing(sheet)} />
            ))}
            {editing ? <EditSheet sheet={editing} onClose={() => setEditing(null)} /> : null}
          </>
        )}
      </QueryState>
    </Treatment>
  )
}

function SheetCard({ sheet, onEdit }: { readonly sheet: ShownSheet; readonly onEdit: () => void }): ReactNode {
  return (
    <Card
      title={sheet.title}
      badge={
        sheet.origin === 'starter' ? (
          <StatusPill tone="warning">À relire et à décider</StatusPill>
        ) : (
          <StatusPill tone={sheet.origin === 'own' ? 'success' : 'info'}>{sheet.origin === 'own' ? 'Propre à votre service' : 'De la région'}</StatusPill>
        )
      }
      count={sheet.updatedAt ? `modifiée le ${formatDay(sheet.updatedAt)} par ${sheet.updatedByName ?? ''}` : undefined}
      end={
        <Button small quiet icon={IconPencil} onClick={onEdit}>
          Modifier
        </Button>
      }
    >
      <dl className="sheetgrid">
        <dt>Qui répond de quoi</dt>
        <dd>
          <ul className="lines">
            {sheet.roles.map((one) => (
              <li key={one.who}>
                {one.who} : <b>{one.role}</b>
              </li>
            ))}
          </ul>
        </dd>
        {(Object.keys(sheetFieldWords) as (keyof typeof sheetFieldWords)[]).map((field) => (
          <FieldLine key={field} label={sheetFieldWords[field]} text={sheet[field]} />
        ))}
      </dl>
    </Card>
  )
}

function FieldLine({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  )
}

function EditSheet({ sheet, onClose }: { readonly sheet: ShownSheet; readonly onClose: () => void }): ReactNode {
  const { id: _id, code, version, origin: _origin, updatedAt: _at, updatedByName: _by, ...content } = sheet
  const form = useActionForm(writeProcessing, {
    draftKey: `privacy.processing:${code}`,
    initialValues: () => ({
      id: newId<never>() as string,
      code,
      baseVersion: version,
      content: { ...content, roles: content.roles.map((one) => ({ ...one })) },
    }),
    done: 'Fiche enregistrée. L’ancienne version est gardée.',
    onDone: onClose,
  })
  return (
    <Drawer opened onClose={onClose} position="right" size="xl" title={sheet.title}>
      <Form form={form}>
        <TextField {...form.field('content.title')} label="Traitement" span={12} />
        {form.values.content.roles.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name and keep their order.
          <RoleFields key={index} index={index} form={form} />
        ))}
        {(Object.keys(sheetFieldWords) as (keyof typeof sheetFieldWords)[]).map((field) => (
          <AreaField key={field} {...form.field(`content.${field}`)} label={sheetFieldWords[field]} rows={3} span={12} />
        ))}
        <FormFoot form={form} submit="Enregistrer la fiche" />
      </Form>
    </Drawer>
  )
}

// biome-ignore lint/suspicious/noExplicitAny: a nested path is typed by the field that takes it.
function RoleFields({ index, form }: { readonly index: number; readonly form: { readonly field: (path: string) => any } }): ReactNode {
  return (
    <>
      <TextField {...form.field(`content.roles.${index}.who`)} label={`Qui (${index + 1})`} span={6} />
      <TextField {...form.field(`content.roles.${index}.role`)} label="Son rôle" span={6} />
    </>
  )
}
