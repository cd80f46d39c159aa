import './liaison.css'
import { IconTimelineEvent } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type HiddenItems, hiddenItems } from '../../persons/contract/access-queries.ts'
import { volets } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery, useInvalidate, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState, HiddenLines, NewsBar } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { Timeline } from '../../platform/web/display/Timeline.tsx'
import { type VoletKind, voletWord } from '../../platform/web/display/Volet.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { markAllRead } from '../contract/actions.ts'
import { fileNews, timeline } from '../contract/queries.ts'
import { Composer } from './Composer.tsx'
import { FilLine } from './FilLine.tsx'
import { useKeptLines } from './kept-lines.ts'
import { Readers } from './Readers.tsx'
import { sources } from './source-words.ts'

const rooms: readonly VoletKind[] = [...volets, 'private']

/** The one timeline of the person: what, when, by whom, from where, in which volet. `only` keeps one source (the notebook). */
export function FilTab(props: { readonly personId: PersonId; readonly only?: string | undefined }): ReactNode {
  const { personId } = props
  const actor = useActor()
  const { filters, setFilter, clear, count } = useUrlFilters({ volet: 'code', source: 'code', nouveau: 'code' })
  const unreadOnly = filters.nouveau === 'oui'
  const asked = {
    personId,
    volet: rooms.find((one) => one === filters.volet) ?? null,
    source: props.only ?? filters.source ?? null,
    kind: null,
    unreadOnly,
  }
  // Lines of another list must not be kept among novelties.
  const list = useInfiniteJalonQuery(timeline, asked, { keepPrevious: !unreadOnly })
  const news = useJalonQuery(fileNews, { personId })
  const hidden = useJalonQuery(hiddenItems, { personId })
  const invalidate = useInvalidate()
  const [waiting, setWaiting] = useState(0)
  const markAll = useAction(markAllRead, null)
  useEvents(['liaison.note.written', 'hospitalEvents.stay.changed'], (event) => {
    if (event.personId === personId && event['authorId'] !== actor.userId) setWaiting((before) => before + 1)
  })
  // What was written about her by mistake leaves the screen at once.
  useEvents(['persons.timeline.marked'], (event) => (event.personId === personId ? void invalidate('liaison') : undefined))
  const show = (): void => {
    setWaiting(0)
    void invalidate('liaison')
  }
  const data = news.data
  const kept = useKeptLines(unreadOnly ? list.rows : [], JSON.stringify(asked), data?.openVolets)
  const lines = unreadOnly ? kept.lines : list.rows
  const readAll = async (): Promise<void> => {
    if (data === undefined || (await markAll.run({ itemIds: data.unreadIds })) === null) return
    await invalidate('liaison')
    kept.clear()
  }
  return (
    <Columns kind="two" drawerLabel="Filtres">
      <CenterColumn
        label={props.only ? 'Carnet de liaison' : 'Fil'}
        head={<NewsBar count={waiting} onShow={show} />}
        foot={data ? <Composer personId={personId} openVolets={data.openVolets} readers={data.readers} calendar={data.calendar} /> : null}
      >
        <h2 className="vh">{props.only ? 'Carnet de liaison' : 'Fil'}</h2>
        {list.error ? <ErrorState error={list.error} onRetry={list.retry} /> : list.loading ? <Waiting /> : null}
        {!list.loading && lines.length === 0 && !list.error ? (
          <EmptyState
            icon={IconTimelineEvent}
            title={count > 0 ? 'Rien ne correspond à ces filtres' : 'Le fil est encore vide'}
            action={
              count > 0 ? (
                <Button small onClick={clear}>
                  Retirer les filtres
                </Button>
              ) : undefined
            }
          >
            {count > 0 ? null : 'La première note s’écrit ci-dessous.'}
          </EmptyState>
        ) : (
          <Timeline label="Fil du dossier">
            {lines.map((line) => (
              <FilLine key={line.id} line={line} />
            ))}
          </Timeline>
        )}
        {list.hasMore ? (
          <Button small onClick={list.more} disabled={list.loadingMore}>
            {list.loadingMore ? 'Chargement…' : 'Suite du fil'}
          </Button>
        ) : null}
        {list.hasMore ? null : <HiddenLines lines={hiddenHere(hidden.data, filters.volet)} />}
      </CenterColumn>
      <SideColumn side="right" label="Filtres du fil">
        <Section
          title="Montrer"
          count={data && data.unread > 0 ? plural(data.unread, 'nouveauté') : undefined}
          end={
            data && data.unread > 0 ? (
              <button type="button" className="linklike" onClick={() => void readAll()}>
                Tout marquer comme lu
              </button>
            ) : undefined
          }
        >
          <div className="stack stack--3">
            <Segmented
              label="Nouveautés"
              value={unreadOnly ? 'oui' : 'tout'}
              onChange={(value) => setFilter('nouveau', value === 'oui' ? 'oui' : null)}
              options={[
                { value: 'tout', label: 'Tout' },
                { value: 'oui', label: 'Nouveautés' },
              ]}
            />
            <SelectField
              label="Volet"
              span={12}
              placeholder="Tous les volets"
              value={filters.volet ?? ''}
              onChange={(value) => setFilter('volet', value === '' ? null : value)}
              options={rooms.map((room) => ({ value: room, label: voletWord(room) }))}
            />
            {props.only ? null : (
              <SelectField
                label="D’où cela vient"
                span={12}
                placeholder="Toutes les sources"
                value={filters.source ?? ''}
                onChange={(value) => setFilter('source', value === '' ? null : value)}
                options={sources}
              />
            )}
          </div>
        </Section>
        {data ? <Readers readers={data.readers} /> : null}
      </SideColumn>
    </Columns>
  )
}

/** What is hidden of what the filter shows, in whole sentences. */
function hiddenHere(hidden: HiddenItems | undefined, volet: string | undefined): readonly string[] {
  return (hidden?.rows ?? []).filter((row) => volet === undefined || row.volet === volet).map(({ text }) => text)
}
