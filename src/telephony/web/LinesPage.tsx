import '../../platform/web/table/table.css'
import { IconPhonePlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import type { FieldProps } from '../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { services } from '../../territory/contract/queries.ts'
import { addLine, endLine, lineSecret, telephoneLines } from '../contract/calls.ts'

const shapes = { webhook: 'Message signé (CTI)', sip: 'SIP' } as const

/** Lignes téléphoniques: which exchange tells Jalon who calls which service, and the key that it signs with. */
export function LinesPage(): ReactNode {
  const lines = useJalonQuery(telephoneLines, {})
  return (
    <Page title="Lignes téléphoniques">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="two" drawerLabel="Ajouter une ligne">
        <CenterColumn label="Lignes">
          <QueryState
            query={lines}
            isEmpty={({ rows }) => rows.length === 0}
            empty={
              <EmptyState icon={IconPhonePlus} title="Aucune ligne n’est reliée">
                Reliez l’autocom d’un service : quand il sonne, la fiche de qui appelle s’ouvre à l’accueil.
              </EmptyState>
            }
          >
            {({ rows }) => (
              <ul className="lines">
                {rows.map((row) => (
                  <li key={row.id}>
                    <Line row={row} />
                  </li>
                ))}
              </ul>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Ajouter une ligne">
          <NewLine />
        </SideColumn>
      </Columns>
    </Page>
  )
}

type Row = NonNullable<ReturnType<typeof useJalonQuery<typeof telephoneLines>>['data']>['rows'][number]

function Line({ row }: { readonly row: Row }): ReactNode {
  const end = useAction(endLine, undefined)
  const [shown, setShown] = useState<{ readonly secret: string; readonly path: string } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const reveal = async (): Promise<void> => {
    try {
      setShown(await callQuery(lineSecret, { id: row.id }))
      setFault(null)
    } catch (error) {
      setFault(errorDetail(error))
    }
  }
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row wrap" style={{ gap: 8 }}>
        <b>{row.label}</b>
        <span>{row.serviceName}</span>
        <span className="small mut">
          {[
            shapes[row.shape],
            row.called ? `appelé ${row.called}` : null,
            row.lastCallAt ? `dernier appel le ${formatDay(row.lastCallAt)}` : 'aucun appel reçu',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="end row">
          {row.shape === 'webhook' ? (
            <Button small onClick={() => (shown ? setShown(null) : void reveal())}>
              {shown ? 'Cacher la clé' : 'Adresse et clé'}
            </Button>
          ) : null}
          <ActionButton
            action={end}
            input={{ id: row.id }}
            small
            quiet
            ask={() =>
              confirm({ title: `Retirer la ligne ${row.label} ?`, text: 'Ses messages seront refusés aussitôt.', action: 'Retirer la ligne', danger: true })
            }
          >
            Retirer
          </ActionButton>
        </span>
      </div>
      {fault ? <Notice tone="alert">{fault}</Notice> : null}
      {shown ? (
        <dl className="kv">
          <dt>Adresse</dt>
          <dd>
            POST {window.location.origin}
            {shown.path}
          </dd>
          <dt>Clé (HMAC-SHA-256)</dt>
          <dd style={{ overflowWrap: 'anywhere' }}>{shown.secret}</dd>
        </dl>
      ) : null}
    </div>
  )
}

function NewLine(): ReactNode {
  const list = useInfiniteJalonQuery(services, { kinds: ['dac', 'cpts', 'dsr', 'der', 'clic', 'emsp'], limit: 200 })
  const form = useActionForm(addLine, {
    initialValues: () => ({ id: newId() as string, serviceId: '', label: '', shape: 'webhook', called: '' }),
    toInput: (values) => values as RawInputOf<typeof addLine>,
    done: 'Ligne ajoutée.',
    onDone: () => form.reset(),
  })
  return (
    <>
      <h2>Ajouter une ligne</h2>
      <Form form={form}>
        <SelectField
          {...(form.field('serviceId') as FieldProps<string>)}
          label="Service"
          placeholder="Choisir"
          options={list.rows.map(({ id, name }) => ({ value: id, label: name }))}
          span={12}
        />
        <TextField {...form.field('label')} label="Nom de la ligne" span={12} placeholder="Accueil" />
        <SelectField
          {...(form.field('shape') as FieldProps<string>)}
          label="Comment l’autocom parle"
          options={Object.entries(shapes).map(([value, label]) => ({ value, label }))}
          span={12}
        />
        {form.values.shape === 'sip' ? <TextField {...form.field('called')} label="Numéro ou poste appelé" span={12} placeholder="120" /> : null}
        <FormFoot form={form} submit="Ajouter la ligne" />
      </Form>
    </>
  )
}
