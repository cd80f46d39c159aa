import { IconMailOpened } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { markAllRead } from '../contract/actions.ts'
import { unreadItems } from '../contract/queries.ts'
import { NewsList } from './NewsList.tsx'

/** Everything that I have not opened yet, the latest first: the list behind the number of the bell. */
export function NewsPage(): ReactNode {
  const list = useInfiniteJalonQuery(unreadItems, {})
  const markAll = useAction(markAllRead, undefined)
  useEvents(['liaison.unread.changed'])
  const shown = list.rows.slice(0, 200).map((row) => row.id)
  return (
    <Page title="Nouveautés">
      <Bar
        title="Nouveautés"
        end={
          shown.length > 0 ? (
            <Button disabled={markAll.pending} onClick={() => void markAll.run({ itemIds: shown })}>
              {list.hasMore ? `Marquer ces ${shown.length} comme lues` : 'Tout marquer comme lu'}
            </Button>
          ) : undefined
        }
      >
        {list.total === null ? null : (
          <span className="mut" role="status">
            {plural(list.total, 'nouveauté')} dans vos dossiers
          </span>
        )}
      </Bar>
      <Columns kind="one">
        <CenterColumn label="Nouveautés">
          {list.error && list.rows.length === 0 ? <ErrorState error={list.error} onRetry={list.retry} /> : null}
          {list.loading ? <Waiting /> : null}
          {!list.loading && !list.error && list.rows.length === 0 ? (
            <EmptyState icon={IconMailOpened} title="Rien de nouveau">
              Ce que le cercle et l’équipe écrivent dans vos dossiers s’affiche ici, jusqu’à ce que vous l’ouvriez.
            </EmptyState>
          ) : (
            <NewsList news={list.rows} />
          )}
          {list.hasMore ? (
            <Button small blocked={list.loadingMore} onClick={list.more}>
              {list.loadingMore ? 'Chargement…' : 'Suite'}
            </Button>
          ) : null}
        </CenterColumn>
      </Columns>
    </Page>
  )
}
