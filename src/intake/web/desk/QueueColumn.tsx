import './queue.css'
import { IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, type ReactNode } from 'react'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DelayWords, JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { ExportButton } from '../../../platform/web/table/ExportButton.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { WorkingCalendar } from '../../../territory/contract/working-time.ts'
import { headlineOf } from '../../contract/headline.ts'
import { type QueueView, queueCounts, queueViews, requestQueue } from '../../contract/queries.ts'
import { type RequestLine, statusWords } from '../../contract/request-line.ts'
import { motives, requesterKinds } from '../../contract/value-sets.ts'
import { MessagesForMe } from '../MessagesForMe.tsx'
import { calendarOf, requestDelay, requesterWords, whoIs } from '../words.ts'

const viewTitles: Readonly<Record<QueueView, string>> = { all: 'Toutes', late: 'En retard', mine: 'À moi', to_inform: 'Retours à faire', closed: 'Closes' }

/** What waits, the most urgent first. `current` is the request that is open in the centre. Not drawn again while one types beside it. */
export const QueueColumn = memo(function QueueColumn(props: { readonly current?: string | undefined }): ReactNode {
  const { filters, setFilter } = useUrlFilters({ file: 'code' })
  const view = queueViews.find((one) => one === filters.file) ?? 'all'
  const counts = useJalonQuery(queueCounts, {}).data
  const queue = useInfiniteJalonQuery(requestQueue, { view })
  const countOf = (one: QueueView): number | null => (one === 'closed' ? null : (counts?.[one] ?? null))
  return (
    <SideColumn side="left" label="File d’attente" flush>
      <div className="queue__head">
        <div className="row sp">
          <h1>Demandes</h1>
          <span className="row small mut" style={{ gap: 4 }}>
            {counts ? `${counts.all} en attente` : ''}
            <ExportButton contract={requestQueue} input={{ view }} label="Exporter cette file" />
          </span>
        </div>
        <fieldset className="seg plain">
          <legend className="vh">Filtrer la file</legend>
          {(['all', 'late', 'mine'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className={view === one ? 'on' : undefined}
              aria-pressed={view === one}
              onClick={() => setFilter('file', one === 'all' ? null : one)}
            >
              {viewTitles[one]} {countOf(one) ?? ''}
            </button>
          ))}
        </fieldset>
        <p className="queue__also small">
          {(['to_inform', 'closed'] as const).map((one) => (
            <button key={one} type="button" className="linklike" aria-pressed={view === one} onClick={() => setFilter('file', view === one ? null : one)}>
              {viewTitles[one]} {countOf(one) ?? ''}
            </button>
          ))}
          <Link to="/demandes/reorientations">Réorientations à suivre</Link>
        </p>
      </div>
      <MessagesForMe />
      {queue.error && queue.rows.length === 0 ? <ErrorState error={queue.error} onRetry={queue.retry} /> : null}
      {queue.loading ? (
        <div style={{ padding: 16 }}>
          <Waiting />
        </div>
      ) : null}
      {!queue.loading && !queue.error && queue.rows.length === 0 ? <NothingWaits view={view} /> : null}
      <ul className="queue">
        {queue.rows.map((row) => (
          <QueueLine key={row.id} row={row} on={row.id === props.current} search={filters.file ? { file: filters.file } : {}} />
        ))}
      </ul>
      {queue.hasMore ? (
        <p className="queue__more">
          <Button small onClick={queue.more} disabled={queue.loadingMore}>
            Suite, {plural((queue.total ?? 0) - queue.rows.length, 'demande')}
          </Button>
        </p>
      ) : null}
    </SideColumn>
  )
})

function NothingWaits(props: { readonly view: QueueView }): ReactNode {
  const words: Readonly<Record<QueueView, readonly [string, string]>> = {
    all: ['Aucune demande en attente', 'La prochaine arrivera ici.'],
    late: ['Rien en retard', 'Toutes les demandes en attente sont dans leur délai.'],
    mine: ['Aucune demande à vous', 'Prenez-en une dans « Toutes » avec « Je m’en charge ».'],
    to_inform: ['Tous les retours sont faits', 'Chaque demandeur a eu sa réponse.'],
    closed: ['Aucune demande close', 'Les demandes répondues se retrouvent ici.'],
  }
  return (
    <div style={{ padding: 16 }}>
      <EmptyState icon={IconInbox} title={words[props.view][0]}>
        {words[props.view][1]}
      </EmptyState>
    </div>
  )
}

function QueueLine(props: { readonly row: RequestLine; readonly on: boolean; readonly search: Record<string, string> }): ReactNode {
  const { row } = props
  const { settings } = useSession()
  const motiveList = useValueList(motives.code, motives.values)
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  return (
    <li className={props.on ? 'is-on' : undefined}>
      <Link to="/demandes/$requestId" params={{ requestId: row.id } as never} search={props.search as never} aria-current={props.on ? 'page' : undefined}>
        <LinePole row={row} calendar={calendarOf(settings)} />
        <span className="grow">
          <b className="cut">{headlineOf(row.text, row.motives.map(motiveList.label))}</b>
          <span className="who cut">{[whoIs(row), row.communeName].filter(Boolean).join(' · ')}</span>
          <span className="when">
            <LineState row={row} calendar={calendarOf(settings)} /> <span className="cut">· {requesterWords(row, kinds.label(row.requesterKind))}</span>
          </span>
        </span>
      </Link>
    </li>
  )
}

function LinePole(props: { readonly row: RequestLine; readonly calendar: WorkingCalendar }): ReactNode {
  const delay = props.row.status === 'closed' ? null : requestDelay(props.row, props.calendar)
  return delay ? <JalonPole bands={delay.bands} tone={delay.tone} /> : <JalonPole bands={0} />
}

/** The delay; once closed, when; besides, what is not the usual state. */
function LineState(props: { readonly row: RequestLine; readonly calendar: WorkingCalendar }): ReactNode {
  const { row } = props
  if (row.status === 'closed') return <span className="nw">Close {row.closedAt ? formatWhen(row.closedAt) : ''}</span>
  const delay = requestDelay(row, props.calendar)
  return (
    <>
      {delay ? <DelayWords delay={delay} begins /> : <span className="nw">Sans délai</span>}
      {row.status === 'triage' ? <span className="nw">· {statusWords.triage}</span> : null}
    </>
  )
}
