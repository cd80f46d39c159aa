import { IconArchive, IconFileTypePdf, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
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
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { archiveReaders, archiveReasons, archiveReasonWords, endArchiveReader, findArchived, nameArchiveReader, readArchive } from '../../contract/treatment.ts'
import { useFileAnswer } from '../save-answer.ts'
import { Treatment } from './Treatment.tsx'

/** The intermediate archive: who reads it, named by the direction; a file found by its exact name, read with its reason. */
export function ArchivePage(): ReactNode {
  const actor = useActor()
  return (
    <Treatment title="Archive">
      {holds(actor, 'director', 'team_lead') ? <Readers /> : null}
      {holds(actor, 'director') && !holds(actor, 'referent', 'doctor', 'team_lead') ? null : <Search />}
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
        <Card title="Qui lit l’archive" count={`${formatNumber(data.archived)} dossiers archivés`}>
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
              </span>
              <Button
                small
                icon={IconFileTypePdf}
                blocked={making !== null || reason === ''}
                onClick={() => void save(readArchive, { personId: row.person.personId, reason: reason as (typeof archiveReasons)[number] })}
              >
                Lire le dossier
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="small mut">
        Chaque recherche et chaque lecture est tracée avec son motif. Une personne qui revient vers le DAC retrouve un dossier actif dès sa nouvelle demande.
      </p>
    </Card>
  )
}

async function search(name: string, birthDay: string) {
  return (await callQuery(findArchived, { name, birthDay })).rows
}
