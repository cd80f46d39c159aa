import { IconCalendarQuestion, IconMailOpened } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { hasCalendar } from '../../../agenda/contract/access.ts'
import { agendaDay } from '../../../agenda/contract/queries.ts'
import { markAllRead } from '../../../liaison/contract/actions.ts'
import { unreadItems } from '../../../liaison/contract/queries.ts'
import { NewsList } from '../../../liaison/web/NewsList.tsx'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { plural } from '../../../platform/web/text/typography.ts'

/** Everything that I have not opened yet, the latest first: the list behind the number of the bell. */
export function NewsPage(): ReactNode {
  const actor = useActor()
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
          {hasCalendar(actor).allowed ? <Invitations /> : null}
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

/** What « un événement vous attend » may be about, besides her files. */
function Invitations(): ReactNode {
  const day = useJalonQuery(agendaDay, {})
  useEvents(['agenda.appointment.booked', 'agenda.appointment.changed', 'agenda.appointment.cancelled', 'agenda.invitation.answered'], () => void day.refetch())
  const waiting = day.data?.waiting ?? 0
  if (waiting === 0) return null
  return (
    <Notice tone="info" icon={IconCalendarQuestion}>
      <div className="row sp">
        <span>{plural(waiting, 'invitation attend', 'invitations attendent')} votre réponse dans votre agenda.</span>
        <ButtonLink small to="/agenda">
          Répondre
        </ButtonLink>
      </div>
    </Notice>
  )
}
