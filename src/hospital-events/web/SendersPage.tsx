import '../../platform/web/table/table.css'
import './hospital-events.css'
import { IconBuildingHospital } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { typo } from '../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { addSender, decideKeeping, endSender, hospitalSenders, setCertificates, setNotificationKey, vouchForSender } from '../contract/senders.ts'

type Senders = OutputOf<typeof hospitalSenders>
type Sender = Senders['rows'][number]

const printsOf = (text: string): string[] =>
  text
    .split(/[\n,;]+/)
    .map((one) => one.trim())
    .filter(Boolean)

/** Hôpitaux: which establishments may tell of entries and exits, by which certificate or key, and how long what they say of nobody here is kept. */
export function SendersPage(): ReactNode {
  const senders = useJalonQuery(hospitalSenders, {})
  return (
    <Page title="Établissements émetteurs">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="two" drawerLabel="Ajouter un établissement">
        <CenterColumn label="Établissements">
          <h2>Établissements qui annoncent leurs entrées et sorties</h2>
          <QueryState
            query={senders}
            isEmpty={({ rows }) => rows.length === 0}
            empty={
              <EmptyState icon={IconBuildingHospital} title="Aucun établissement n’est relié">
                Un hôpital déclaré ici annonce entrées et sorties ; il n’apprend jamais qui est accompagné.
              </EmptyState>
            }
          >
            {({ rows }) => (
              <ul className="senders">
                {rows.map((row) => (
                  <li key={row.id}>
                    <SenderLine row={row} />
                  </li>
                ))}
              </ul>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Ajouter un établissement">
          <NewSender />
          {senders.data === undefined ? null : <Keeping keeping={senders.data.keeping} />}
        </SideColumn>
      </Columns>
    </Page>
  )
}

function SenderLine({ row }: { readonly row: Sender }): ReactNode {
  const end = useAction(endSender, undefined)
  const [editing, setEditing] = useState<'certificates' | 'identities' | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const renew = useAction(setNotificationKey, undefined)
  // Made here and shown once: the server keeps its print.
  const newKey = async (): Promise<void> => {
    const agreed =
      row.keyMadeAt === null ||
      (await confirm({
        title: typo(`Donner une nouvelle clé à ${row.name} ?`),
        text: 'Celle d’aujourd’hui ne servira plus dès maintenant : l’hôpital doit recevoir la nouvelle aussitôt.',
        action: 'Donner une nouvelle clé',
        danger: true,
      }))
    if (!agreed) return
    const key = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    if ((await renew.run({ id: row.id, key })) !== null) setShown(key)
  }
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row wrap" style={{ gap: 8 }}>
        <b>{row.name}</b>
        <span className="small mut">
          {[
            `se nomme « ${row.facility} »`,
            row.fingerprints.length === 0 ? 'sans certificat : HL7 fermé' : `${row.fingerprints.length} certificat${row.fingerprints.length > 1 ? 's' : ''}`,
            row.lastMessageAt ? `dernier message le ${formatDay(row.lastMessageAt.slice(0, 10))}` : 'aucun message reçu',
          ]
            .map(typo)
            .join(' · ')}
        </span>
        <span className="end row wrap">
          <Button small expanded={editing === 'certificates'} onClick={() => setEditing(editing === 'certificates' ? null : 'certificates')}>
            Certificats
          </Button>
          <Button small expanded={editing === 'identities'} onClick={() => setEditing(editing === 'identities' ? null : 'identities')}>
            Identités
          </Button>
          <Button small disabled={renew.pending} onClick={() => void newKey()}>
            {row.keyMadeAt === null ? 'Donner une clé FHIR' : 'Nouvelle clé FHIR'}
          </Button>
          <ActionButton
            action={end}
            input={{ id: row.id }}
            small
            quiet
            ask={() =>
              confirm({
                title: typo(`Retirer ${row.name} ?`),
                text: 'Ses messages seront refusés aussitôt. Ce qu’il a déjà annoncé reste.',
                action: 'Retirer l’établissement',
                danger: true,
              })
            }
          >
            Retirer
          </ActionButton>
        </span>
      </div>
      {renew.error ? <Notice tone="warning">{errorDetail(renew.error)}</Notice> : null}
      <p className="small mut" style={{ overflowWrap: 'anywhere' }}>
        {typo(`Notifications FHIR : ${row.path}`)} · {row.keyMadeAt ? `clé donnée le ${formatDay(row.keyMadeAt.slice(0, 10))}` : 'aucune clé, refusées'}
      </p>
      {shown ? (
        <Notice tone="info">
          <b>Cette clé ne sera plus montrée.</b> Copiez l’en-tête pour l’hôpital{'\u00a0'}:{' '}
          <code style={{ overflowWrap: 'anywhere' }}>Authorization: Bearer {shown}</code>{' '}
          <Button small onClick={() => setShown(null)}>
            C’est copié
          </Button>
        </Notice>
      ) : null}
      {row.vouched === null ? null : (
        <p className="small">
          {typo(
            `Identités sans indice de fiabilité tenues pour vérifiées : ${row.vouched.because} (${row.vouched.byName}, le ${formatDay(row.vouched.at.slice(0, 10))})`,
          )}
        </p>
      )}
      {editing === 'certificates' ? <Certificates row={row} onDone={() => setEditing(null)} /> : null}
      {editing === 'identities' ? <Identities row={row} onDone={() => setEditing(null)} /> : null}
    </div>
  )
}

function Certificates({ row, onDone }: { readonly row: Sender; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(setCertificates, {
    initialValues: () => ({ id: row.id, fingerprints: row.fingerprints.join('\n') }),
    toInput: (values) => ({ id: values.id, fingerprints: printsOf(values.fingerprints) }) as RawInputOf<typeof setCertificates>,
    done: 'Certificats changés.',
    onDone,
  })
  return (
    <Form form={form}>
      <AreaField
        {...form.field('fingerprints')}
        label="Empreintes SHA-256, une par ligne"
        rows={3}
        span={12}
        hint="celle du certificat client de l’hôpital ; deux pendant un renouvellement"
      />
      <FormFoot form={form} submit="Changer les certificats" plain />
    </Form>
  )
}

/** Whether its silence on how sure an identity is counts as « vérifiée ». */
function Identities({ row, onDone }: { readonly row: Sender; readonly onDone: () => void }): ReactNode {
  const form = useActionForm<typeof vouchForSender, { because: string; vouched: 'yes' | 'no' }>(vouchForSender, {
    initialValues: () => ({ because: row.vouched?.because ?? '', vouched: row.vouched === null ? 'no' : 'yes' }),
    toInput: (values) => ({ id: row.id, because: values.because, vouched: values.vouched === 'yes' }),
    done: 'Décidé, pour les messages à venir.',
    onDone,
  })
  return (
    <Form form={form}>
      <SegmentedChoice
        {...form.field('vouched')}
        label="Identité dont il ne dit pas la fiabilité (PID-32)"
        span={12}
        options={[
          { value: 'no', label: 'Quelqu’un tranche' },
          { value: 'yes', label: 'Tenue pour vérifiée' },
        ]}
      />
      <AreaField
        {...form.field('because')}
        label="Sur quoi cela repose"
        rows={2}
        span={12}
        hint="convention, procédure d’identitovigilance : se lit ici ; ce que l’hôpital dit dans un message l’emporte"
      />
      <FormFoot form={form} submit="Décider" plain />
    </Form>
  )
}

function NewSender(): ReactNode {
  const form = useActionForm(addSender, {
    initialValues: () => ({ id: newId() as string, name: '', facility: '', fingerprints: '' }),
    toInput: (values) => ({ ...values, fingerprints: printsOf(values.fingerprints) }) as RawInputOf<typeof addSender>,
    done: 'Établissement ajouté.',
    onDone: () => form.reset(),
  })
  return (
    <>
      <h2>Ajouter un établissement</h2>
      <Form form={form}>
        <TextField {...form.field('name')} label="Nom" span={12} placeholder="Centre hospitalier de Remiremont" />
        <TextField {...form.field('facility')} label="Son nom dans les messages (MSH-4)" span={12} placeholder="CH REMIREMONT" />
        <TextField {...form.field('fingerprints')} label="Empreinte SHA-256 de son certificat" span={12} hint="vide : notifications FHIR seulement" />
        <FormFoot form={form} submit="Ajouter l’établissement" />
      </Form>
    </>
  )
}

function Keeping({ keeping }: { readonly keeping: Senders['keeping'] }): ReactNode {
  const form = useActionForm(decideKeeping, {
    initialValues: () => ({ unknownHours: String(keeping.unknownHours), undecidedDays: String(keeping.undecidedDays) }),
    toInput: (values) => ({ unknownHours: Number(values.unknownHours), undecidedDays: Number(values.undecidedDays) }) as RawInputOf<typeof decideKeeping>,
    done: 'Durées décidées.',
  })
  return (
    <>
      <h2>Durées</h2>
      <p className="small mut">{typo(`${keeping.decidedByName}, le ${formatDay(keeping.decidedAt.slice(0, 10))}. Au terme, les traits sont détruits.`)}</p>
      <Form form={form}>
        <TextField {...form.field('unknownHours')} label="Personne inconnue ici, heures" span={12} inputMode="numeric" hint="0 à 168" />
        <TextField
          {...form.field('undecidedDays')}
          label="Doute à trancher, jours"
          span={12}
          inputMode="numeric"
          hint="1 à 60 ; une décision se défait jusque-là"
        />
        <FormFoot form={form} submit="Décider ces durées" plain />
      </Form>
    </>
  )
}
