import { Modal } from '@mantine/core'
import { IconArchive, IconArrowBackUp, IconFileTypePdf, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonName } from '../../../persons/contract/person.ts'
import { holds } from '../../../platform/contract/actor.ts'
import { formatDay, parseDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { archivedHolds, bringBack, liftArchivedHold } from '../../contract/archive.ts'
import { archiveReaders, archiveReasons, archiveReasonWords, endArchiveReader, findArchived, nameArchiveReader, readArchive } from '../../contract/treatment.ts'
import { useFileAnswer } from '../save-answer.ts'
import { Treatment } from './Treatment.tsx'

/** The intermediate archive: who reads it, named by the direction; a file found by its exact name, read with its reason. */
export function ArchivePage(): ReactNode {
  const actor = useActor()
  return (
    <Treatment title="Archive">
      {holds(actor, 'director', 'team_lead') ? <Readers /> : null}
      {holds(actor, 'director') && !holds(actor, 'referent', 'doctor', 'team_lead') ? null : (
        <>
          <Search />
          <ArchivedHolds />
        </>
      )}
    </Treatment>
  )
}

function Readers(): ReactNode {
  const actor = useActor()
  const readers = useJalonQuery(archiveReaders, {})
  const ending = useAction(endArchiveReader, undefined)
  const form = useActionForm(nameArchiveReader, {
    initialValues: () => ({ id: newId<never>() as string, userId: '', reason: '' }),
    done: 'Lecteur de l’archive désigné.',
    onDone: () => form.reset(),
  })
  const director = holds(actor, 'director')
  return (
    <QueryState query={readers}>
      {(data) => (
        <Card title="Qui lit l’archive" count={plural(data.archived, 'dossier archivé', 'dossiers archivés')}>
          {data.rows.length === 0 ? (
            <p className="small mut">Personne n’est désigné : les dossiers archivés ne se lisent pas.</p>
          ) : (
            <ul className="lines">
              {data.rows.map((row) => (
                <li key={row.id} className="row sp">
                  <span>
                    <b>{row.name}</b>{' '}
                    <span className="small mut">
                      {row.reason} · depuis le {formatDay(row.since)}, désigné par {row.namedByName}
                    </span>
                  </span>
                  {director ? (
                    <Button small quiet onClick={() => void ending.run({ readerId: row.id })}>
                      Retirer
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
          {director ? (
            <Form form={form}>
              <SelectField {...form.field('userId')} label="Désigner" options={data.members.map((one) => ({ value: one.userId, label: one.name }))} span={5} />
              <TextField {...form.field('reason')} label="À quel titre" span={7} />
              <FormFoot form={form} submit="Désigner" icon={IconUserPlus} />
            </Form>
          ) : null}
        </Card>
      )}
    </QueryState>
  )
}

function Search(): ReactNode {
  const [name, setName] = useState('')
  const [birthDay, setBirthDay] = useState('')
  const [reason, setReason] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<typeof search>> | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [returning, setReturning] = useState<PersonName | null>(null)
  const { making, save } = useFileAnswer()
  const day = parseDay(birthDay)
  const look = async (): Promise<void> => {
    setFault(null)
    try {
      setFound(await search(name, day.ok ? day.day : birthDay))
    } catch (error) {
      setFault(errorDetail(error))
    }
  }
  return (
    <Card title="Lire un dossier archivé">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <TextField label="Nom" value={name} onChange={setName} name="nom" span={4} />
        <DayField label="Née le" value={birthDay} onChange={setBirthDay} name="naissance" span={4} />
        <SelectField
          label="Pourquoi"
          value={reason}
          onChange={setReason}
          name="motif"
          options={archiveReasons.map((value) => ({ value, label: archiveReasonWords[value] }))}
          span={4}
        />
        <div style={{ gridColumn: 'span 12' }}>
          <Button main icon={IconSearch} blocked={name.trim() === '' || !day.ok || reason === ''} type="submit">
            Chercher
          </Button>
        </div>
      </form>
      {fault ? <Notice tone="warning">{fault}</Notice> : null}
      {found === null ? null : found.length === 0 ? (
        <EmptyState icon={IconArchive} title="Aucun dossier archivé à ce nom">
          Il faut le nom entier et le jour de naissance. Un dossier encore en base active se cherche dans « Personnes ».
        </EmptyState>
      ) : (
        <ul className="lines">
          {found.map((row) => (
            <li key={row.person.personId} className="row sp">
              <span>
                <b>{formatPersonName(row.person)}</b>{' '}
                <span className="small mut">
                  dernière trace le {formatDay(row.lastSignOn)}, archivé le {formatDay(row.archivedOn)}
                </span>
              </span>{' '}
              <span className="row wrap">
                <Button small quiet icon={IconArrowBackUp} onClick={() => setReturning(row.person)}>
                  Ramener de l’archive
                </Button>
                <Button
                  small
                  icon={IconFileTypePdf}
                  blocked={making !== null || reason === ''}
                  onClick={() => void save(readArchive, { personId: row.person.personId, reason: reason as (typeof archiveReasons)[number] })}
                >
                  Lire le dossier
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="small mut">
        Chaque recherche et chaque lecture est tracée avec son motif. Une personne qui revient vers le DAC ne se retrouve plus dans « Personnes »{' '}: un
        lecteur de l’archive ramène son dossier, avant que l’accueil n’en crée un second.
      </p>
      {returning ? (
        <BringBack
          person={returning}
          onClose={() => {
            setReturning(null)
            setFound(null)
          }}
        />
      ) : null}
    </Card>
  )
}

function BringBack(props: { readonly person: PersonName; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(bringBack, {
    initialValues: () => ({ id: newId<never>() as string, personId: props.person.personId as string, reason: '' }),
    done: 'Dossier ramené de l’archive : votre DAC le retrouve dans « Personnes ».',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Ramener de l’archive" size="lg">
      <Form form={form}>
        <p style={{ gridColumn: 'span 12' }}>
          <b>{formatPersonName(props.person)}</b>
        </p>
        <AreaField {...form.field('reason')} label="Pourquoi" hint="la personne revient vers le DAC, une nouvelle demande…" rows={3} autoFocus span={12} />
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Le volet administratif se rouvre à votre DAC, comme pour une demande. Le reste se rouvre avec un nouvel accompagnement. Les durées repartent
          d’aujourd’hui.
        </p>
        <FormFoot form={form} submit="Ramener ce dossier" icon={IconArrowBackUp} />
      </Form>
    </Modal>
  )
}

/** What a procedure keeps in the archive; the readers alone may lift it, the file being in nobody else's sight. */
function ArchivedHolds(): ReactNode {
  const held = useJalonQuery(archivedHolds, {})
  const [lifting, setLifting] = useState<string | null>(null)
  if (!held.data) return null
  return (
    <Card title="Conservés pour une procédure" count={held.data.rows.length === 0 ? undefined : String(held.data.rows.length)}>
      {held.data.rows.length === 0 ? (
        <p className="small mut">Aucun dossier archivé n’est conservé pour une procédure.</p>
      ) : (
        <ul className="lines">
          {held.data.rows.map((row) => (
            <li key={row.id} className="row sp wrap">
              <span>
                <b>{formatPersonName(row.person)}</b>{' '}
                <span className="small mut">
                  {row.reason} · depuis le {formatDay(row.since)}, par {row.setByName}
                </span>
              </span>
              <Button small quiet onClick={() => setLifting(row.id)}>
                Lever
              </Button>
            </li>
          ))}
        </ul>
      )}
      {lifting ? <LiftArchived holdId={lifting} onClose={() => setLifting(null)} /> : null}
    </Card>
  )
}

function LiftArchived(props: { readonly holdId: string; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(liftArchivedHold, {
    initialValues: { holdId: props.holdId, reason: '' },
    done: 'Conservation levée.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Lever la conservation">
      <Form form={form}>
        <AreaField {...form.field('reason')} label="Pourquoi" hint="jugement rendu, plainte classée…" rows={3} autoFocus span={12} />
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Les durées de conservation reprennent dès cette nuit.
        </p>
        <FormFoot form={form} submit="Lever la conservation" />
      </Form>
    </Modal>
  )
}

async function search(name: string, birthDay: string) {
  return (await callQuery(findArchived, { name, birthDay })).rows
}
