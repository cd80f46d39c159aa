import '../desk/queue.css'
import { IconInbox, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RowOf } from '../../../platform/web/api/use-query.ts'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { ExportButton } from '../../../platform/web/table/ExportButton.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { headlineOf } from '../../contract/headline.ts'
import { filedRequests } from '../../contract/queries.ts'
import { whoIs } from '../words.ts'

type Filed = RowOf<typeof filedRequests>

/** How far a request is, in the words of whoever waits. */
export const filedWords: Readonly<Record<Filed['status'], { readonly word: string; readonly bands: number }>> = {
  to_qualify: { word: 'Reçue', bands: 1 },
  in_progress: { word: 'En cours', bands: 3 },
  triage: { word: 'Examinée en commission', bands: 4 },
  closed: { word: 'Répondue', bands: 5 },
}

/** Her requests, the latest first; an answer not read yet has its dot. */
export function FiledColumn(props: { readonly current?: string | undefined }): ReactNode {
  const list = useInfiniteJalonQuery(filedRequests, {})
  useEvents(['intake.*'])
  return (
    <SideColumn side="left" label="Mes demandes" flush>
      <div className="queue__head">
        <div className="row sp">
          <h1>Mes demandes</h1>
          <span className="row" style={{ gap: 4 }}>
            {list.rows.length > 0 ? <ExportButton contract={filedRequests} input={{}} label="Exporter mes demandes" /> : null}
            <ButtonLink small icon={IconPlus} to="/demandes/nouvelle">
              Nouvelle
            </ButtonLink>
          </span>
        </div>
      </div>
      {list.error && list.rows.length === 0 ? <ErrorState error={list.error} onRetry={list.retry} /> : null}
      {list.loading ? (
        <div style={{ padding: 16 }}>
          <Waiting />
        </div>
      ) : null}
      {!list.loading && !list.error && list.rows.length === 0 ? (
        <div style={{ padding: 16 }}>
          <EmptyState icon={IconInbox} title="Aucune demande encore">
            Une situation vous dépasse ? Le DAC du territoire répond.
          </EmptyState>
        </div>
      ) : null}
      <ul className="queue">
        {list.rows.map((row) => (
          <li key={row.id} className={row.id === props.current ? 'is-on' : undefined}>
            <Link to="/demandes/$requestId" params={{ requestId: row.id } as never}>
              <JalonPole bands={filedWords[row.status].bands} />
              <span className="grow">
                <span className="row" style={{ gap: 6 }}>
                  <b className="cut grow">{row.text ? headlineOf(row.text, []) : 'Demande faite par téléphone'}</b>
                  {row.unread ? (
                    <>
                      <span className="unread" />
                      <span className="vh">réponse non lue</span>
                    </>
                  ) : null}
                </span>
                <span className="who cut">{[whoIs({ ...row, person: null }), row.communeName].filter(Boolean).join(' · ')}</span>
                <span className="when">
                  {filedWords[row.status].word} · {formatWhen(row.lastFeedbackAt ?? row.receivedAt)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <p className="queue__more">
          <Button small onClick={list.more} disabled={list.loadingMore}>
            Suite, {plural((list.total ?? 0) - list.rows.length, 'demande')}
          </Button>
        </p>
      ) : null}
    </SideColumn>
  )
}
