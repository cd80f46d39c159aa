import { Link, Outlet, useMatchRoute, useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { fileNews } from '../../../liaison/contract/queries.ts'
import { personHeader } from '../../../persons/contract/queries.ts'
import { RefusedFile } from '../../../persons/web/exceptional/RefusedFile.tsx'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { FileBands } from './FileBands.tsx'
import { FileClosed } from './FileClosed.tsx'
import { FileBasis, FileHeader } from './FileHeader.tsx'
import { lastSightChange, sightEnded } from './sight-watch.ts'
import { fileTabs } from './tabs.ts'

/** A person's file; the key makes another person another page. */
export function FileLayout(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  return <File key={personId} personId={personId} />
}

/** The header that never lies, its tabs, and the tab that is open; or, once the access ended, why, and nothing else. */
function File({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const header = useJalonQuery(personHeader, { personId })
  const change = useSignal(lastSightChange).get(personId)
  // Counted, not looked at: while it is asked again, a closed file stays closed.
  const refused = header.data === undefined && header.errorUpdateCount > 0
  useAskedAtEachClick(header.refetch)
  const path = useRouterState({ select: ({ location }) => location.pathname.replace(/^\/personnes\/[^/]+/, '').replace(/\/$/, '') || '/' })
  const tab = fileTabs.find((one) => one.path === path)
  const wasOpen = useRef(false)
  usePresentId(personId, header.data?.person.personId)
  useEffect(() => {
    if (header.data !== undefined) wasOpen.current = true
  }, [header.data])
  return (
    <Page
      title={refused ? 'Dossier fermé' : `Dossier, ${tab?.title ?? 'Synthèse'}`}
      hiddenHeading={refused && !wasOpen.current}
      where={
        <>
          {isDacStaff(actor) ? <Link to="/personnes">Mes personnes</Link> : <Link to="/patients">Mes patients</Link>} <span className="dim">›</span> Dossier
        </>
      }
      note={refused ? undefined : <FileBasis personId={personId} />}
    >
      {!refused ? (
        <OpenFile personId={personId} />
      ) : wasOpen.current ? (
        <FileClosed personId={personId} change={change ?? sightEnded} onRetry={() => void header.refetch()} />
      ) : (
        <RefusedFile personId={personId} error={header.error} onRetry={() => void header.refetch()} />
      )}
    </Page>
  )
}

/** A file that was merged answers under the id that it has now: the page goes there. */
function usePresentId(asked: PersonId, present: string | undefined): void {
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  useEffect(() => {
    if (present !== undefined && present !== asked) void navigate({ to: path.replace(asked, present), replace: true } as never)
  }, [asked, present, path, navigate])
}

/** A click on a tab asks again who may see the file, even where the tab itself asks nothing: a right that ended shows at the next click, live events or not. */
function useAskedAtEachClick(ask: () => unknown): void {
  const click = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? location.href })
  const asked = useRef(click)
  useEffect(() => {
    if (asked.current === click) return
    asked.current = click
    void ask()
  }, [click, ask])
}

function OpenFile({ personId }: { readonly personId: PersonId }): ReactNode {
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
    <>
      <FileBands personId={personId} />
      <FileHeader personId={personId} slim={!isFirst} tabs={links} />
      <Outlet />
    </>
  )
}
