import { Link, Outlet, useMatchRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { fileNews } from '../../../liaison/contract/queries.ts'
import { personHeader } from '../../../persons/contract/queries.ts'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ErrorState } from '../../../platform/web/display/QueryState.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { FileBasis, FileHeader } from './FileHeader.tsx'
import { fileTabs } from './tabs.ts'

/** A person's file: the header that never lies, its tabs, and the tab that is open. */
export function FileLayout(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const actor = useActor()
  const matches = useMatchRoute()
  const header = useJalonQuery(personHeader, { personId })
  const closed = header.data === undefined && header.error !== null
  const news = useJalonQuery(fileNews, { personId }, { enabled: !closed })
  const isFirst = Boolean(matches({ to: '/personnes/$personId', params: { personId } as never }))
  const links = (
    <TabLinks
      label="Dossier"
      tabs={fileTabs.map((tab) => ({
        key: tab.path,
        title: tab.title,
        to: `/personnes/$personId${tab.path === '/' ? '' : tab.path}`,
        params: { personId } as never,
        exact: tab.path === '/',
        news: tab.path === '/fil' ? news.data?.unread : undefined,
      }))}
    />
  )
  return (
    <Page
      title="Dossier"
      hiddenHeading={closed}
      where={
        <>
          {isDacStaff(actor) ? <Link to="/personnes">Mes personnes</Link> : <Link to="/patients">Mes patients</Link>} <span className="dim">›</span> Dossier
        </>
      }
      note={<FileBasis personId={personId} />}
    >
      {closed ? (
        <ErrorState error={header.error} onRetry={() => void header.refetch()} />
      ) : (
        <>
          <FileHeader personId={personId} slim={!isFirst} tabs={links} />
          <Outlet />
        </>
      )}
    </Page>
  )
}
