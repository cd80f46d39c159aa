import '../circle.css'
import { IconArrowLeft, IconUsersGroup } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PartyId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { displayZone } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type CircleGestureId, changeManyFiles, filesOfParty } from '../../contract/many-files.ts'
import type { MemberId } from '../../contract/member.ts'
import { FilesTable } from './FilesTable.tsx'
import { useChangeWords } from './use-change-words.ts'
import { type ChangeValues, changeOf, WhatChanges } from './WhatChanges.tsx'

/** « Changer dans plusieurs dossiers »: what changes for one card, in which files, and what each file will make of it before anything is done. */
export function ManyFilesPage(): ReactNode {
  const partyId = usePathId<PartyId>('partyId')
  const query = useJalonQuery(filesOfParty, { partyId })
  useEvents(['careTeam.*'])
  const title = 'Changer dans plusieurs dossiers'
  return (
    <Page title={title}>
      <Bar
        title={query.data?.card ? `${title} : ${query.data.card.name}` : title}
        end={
          <ButtonLink small icon={IconArrowLeft} to="/annuaire" search={{ fiche: partyId } as never}>
            Sa fiche
          </ButtonLink>
        }
      />
      {query.data === undefined ? (
        <div style={{ padding: 16 }}>{query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Waiting />}</div>
      ) : (
        <Gesture key={partyId} partyId={partyId} data={query.data} />
      )}
    </Page>
  )
}

function Gesture({ partyId, data }: { readonly partyId: PartyId; readonly data: OutputOf<typeof filesOfParty> }): ReactNode {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState<OutputOf<typeof changeManyFiles> | null>(null)
  const words = useChangeWords()
  const form = useActionForm<typeof changeManyFiles, ChangeValues>(changeManyFiles, {
    initialValues: () => ({
      id: newId(),
      kind: data.card?.kind === 'professional' ? 'role' : 'replace',
      from: '',
      to: '',
      place: '',
      phone: '',
      newParty: '',
      newName: '',
      because: '',
    }),
    toInput: (values) => ({
      id: values.id as CircleGestureId,
      partyId,
      because: values.because,
      change: changeOf(values),
      memberIds: chosen.map(({ memberId }) => memberId as MemberId),
    }),
    fieldOf: (path) => ({ 'change.partyId': 'newName', 'change.name': 'newName' })[path] ?? path.replace(/^change\./, ''),
    invalidates: ['persons', 'episodes'],
    onDone: (output) => {
      setTold(output)
      form.reset()
    },
  })
  const change = changeOf(form.values)
  const ready = changeManyFiles.input.shape.change.safeParse(change).success
  const preview = useJalonQuery(filesOfParty, { partyId, change }, { enabled: ready, keepPrevious: true })
  const rows = ready && preview.data ? preview.data.rows : data.rows.map((row) => ({ ...row, why: null }))
  const possible = rows.filter(({ why }) => why === null)
  const chosen = possible.filter(({ memberId }) => !left.has(memberId))
  const done = told === null ? 0 : told.files.filter(({ why }) => why === null).length
  return (
    <Columns kind="two" drawerLabel="Changements d’avant">
      <CenterColumn label="Changement">
        {told === null ? null : (
          <Notice tone={done === told.files.length ? 'success' : 'warning'} live>
            <b>{plural(done, 'dossier changé', 'dossiers changés')}.</b>{' '}
            {done < told.files.length
              ? `${plural(told.files.length - done, 'dossier laissé tel quel', 'dossiers laissés tels quels')} : le tableau dit pourquoi. `
              : ''}
            {told.toOpen > 0
              ? `${plural(told.toOpen, 'dossier était ouvert', 'dossiers étaient ouverts')} à la personne remplacée : une tâche rappelle d’informer la personne, puis d’ouvrir.`
              : ''}
          </Notice>
        )}
        {data.rows.length === 0 ? (
          <EmptyState icon={IconUsersGroup} title="Dans aucun cercle de vos dossiers">
            Cette fiche n’est dans le cercle d’aucune personne que vous accompagnez aujourd’hui.
          </EmptyState>
        ) : (
          <Form form={form}>
            <WhatChanges form={form} roles={[...new Set(data.rows.flatMap(({ roles }) => roles))]} partyId={partyId} />
            <TextField {...form.field('because')} label="Pourquoi" span={12} help="Se lit dans le Fil de chaque dossier. Rien sur la santé de quelqu’un." />
            <div style={{ gridColumn: '1 / -1' }}>
              <FilesTable
                rows={rows}
                asked={ready}
                left={left}
                onToggle={(memberId) =>
                  setLeft((before) => {
                    const after = new Set(before)
                    if (!after.delete(memberId)) after.add(memberId)
                    return after
                  })
                }
                onAll={(all) => setLeft(all ? new Set() : new Set(possible.map(({ memberId }) => memberId)))}
              />
            </div>
            <div style={{ gridColumn: '1 / -1' }}>
              <FormFoot form={form} submit={chosen.length === 0 ? 'Choisissez un dossier' : `Changer dans ${plural(chosen.length, 'dossier')}`} />
            </div>
          </Form>
        )}
      </CenterColumn>
      <SideColumn side="right" label="Changements d’avant">
        <h2>Changements d’avant</h2>
        {data.gestures.length === 0 ? <p className="small mut">Aucun changement d’ensemble pour cette fiche.</p> : null}
        <ul className="lines">
          {data.gestures.map((gesture) => (
            <li key={gesture.id} className="small">
              <b>{words(gesture.change)}</b>
              <div>{gesture.because}</div>
              <div className="mut">
                {formatDay(dayOf(gesture.at, displayZone()))}, {gesture.byName}
                {'\u00a0'}: {plural(gesture.done, 'dossier')}
                {gesture.refused > 0 ? `, ${gesture.refused} laissés` : ''}
              </div>
            </li>
          ))}
        </ul>
      </SideColumn>
    </Columns>
  )
}
