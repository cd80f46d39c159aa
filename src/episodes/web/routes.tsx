import type { AnyRoute } from '../../platform/web/router/page.ts'

/** The pages of this capability, each fetched when one goes there. */
export const episodesRoutes = (_parent: AnyRoute): AnyRoute[] => []
