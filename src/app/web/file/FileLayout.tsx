import { Link, Outlet, useMatchRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { fileNews } from '../../../liaison/contract/queries.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { FileBasis, FileHeader } from './FileHeader.tsx'
import { fileTabs } from './tabs.ts'

/** A person's file: the header that never lies, its tabs, and the tab that is open. */
export function FileLayout(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const matches = useMatchRoute()
  const news = useJalonQuery(fileNews, { personId })
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
      where={
        <>
          <Link to="/personnes">Mes personnes</Link> <span className="dim">›</span> Dossier
        </>
      }
      note={<FileBasis personId={personId} />}
    >
      <FileHeader personId={personId} slim={!isFirst} tabs={links} />
      <Outlet />
    </Page>
  )
}
