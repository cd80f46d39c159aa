import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import type { AnyRoute } from '../../../platform/web/router/page.ts'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { type FileTab, fileTabs } from './tabs.ts'

/** /personnes/<id> and its tabs. */
export function fileRoutes(parent: AnyRoute): AnyRoute {
  const file = createRoute({
    getParentRoute: () => parent,
    path: '/personnes/$personId',
    component: lazyRouteComponent(() => import('./FileLayout.tsx'), 'FileLayout'),
  })
  const tabs = fileTabs.map((tab) =>
    createRoute({
      getParentRoute: () => file,
      path: tab.path,
      component: lazyRouteComponent(async () => {
        const Tab = await tab.load()
        return { Tab: () => <WithPerson tab={Tab} /> }
      }, 'Tab'),
    }),
  )
  return file.addChildren(tabs) as unknown as AnyRoute
}

/** The key makes another person another tab: nothing of the former one stays on screen. */
function WithPerson(props: { readonly tab: FileTab }): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const Tab = props.tab
  return <Tab key={personId} personId={personId} />
}
