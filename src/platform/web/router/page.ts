import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'

export type { AnyRoute }

/** A route whose page is fetched when one goes there: one chunk per page. `name` is the exported component. */
export function page<M extends Record<string, unknown>>(parent: AnyRoute, path: string, load: () => Promise<M>, name: keyof M & string): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, ComponentType>>, name),
  }) as unknown as AnyRoute
}
