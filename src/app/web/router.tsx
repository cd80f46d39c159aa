import { IconMapOff } from '@tabler/icons-react'
import { createRootRoute, createRoute, createRouter, Navigate, Outlet, parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { agendaRoutes } from '../../agenda/web/routes.tsx'
import { assessmentsRoutes } from '../../assessments/web/routes.tsx'
import { auditTrailRoutes } from '../../audit-trail/web/routes.tsx'
import { carePlansRoutes } from '../../care-plans/web/routes.tsx'
import { careTeamRoutes } from '../../care-team/web/routes.tsx'
import { caseConferencesRoutes } from '../../case-conferences/web/routes.tsx'
import { conversationsRoutes } from '../../conversations/web/routes.tsx'
import { cptsRoutes } from '../../cpts/web/routes.tsx'
import { directoryRoutes } from '../../directory/web/routes.tsx'
import { duplicatesRoutes } from '../../duplicates/web/routes.tsx'
import { episodesRoutes } from '../../episodes/web/routes.tsx'
import { hospitalEventsRoutes } from '../../hospital-events/web/routes.tsx'
import { intakeRoutes } from '../../intake/web/routes.tsx'
import { liaisonRoutes } from '../../liaison/web/routes.tsx'
import { offlineRoutes } from '../../offline/web/routes.tsx'
import { personsRoutes } from '../../persons/web/routes.tsx'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState } from '../../platform/web/display/QueryState.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { type AnyRoute, page } from '../../platform/web/router/page.ts'
import { privacyRoutes } from '../../privacy/web/routes.tsx'
import { safeguardingRoutes } from '../../safeguarding/web/routes.tsx'
import { signInRoutes } from '../../sign-in/web/routes.tsx'
import { SignInNews } from '../../sign-in/web/SignInNews.tsx'
import { steeringRoutes } from '../../steering/web/routes.tsx'
import { IncomingCalls } from '../../telephony/web/IncomingCalls.tsx'
import { telephonyRoutes } from '../../telephony/web/routes.tsx'
import { territoryRoutes } from '../../territory/web/routes.tsx'
import { fileRoutes } from './file/routes.tsx'
import { SightWatch } from './file/SightWatch.tsx'
import { Lookups } from './Lookups.tsx'
import { homeFor } from './navigation.ts'
import { LoginDone } from './session/LoginDone.tsx'
import { SessionGate } from './session/SessionGate.tsx'
import { Shell } from './shell/Shell.tsx'

declare const __GALLERY__: boolean

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ErrorState error={error} onRetry={() => window.location.reload()} />,
})

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Inside, notFoundComponent: NotFound }) as unknown as AnyRoute

const pages: readonly AnyRoute[] = [
  createRoute({ getParentRoute: () => inside, path: '/', component: Home }) as unknown as AnyRoute,
  page(inside, '/ma-journee', () => import('./day/DayPage.tsx'), 'DayPage'),
  page(inside, '/nouveautes', () => import('./day/NewsPage.tsx'), 'NewsPage'),
  page(inside, '/patients', () => import('./patients/PatientsRoute.tsx'), 'PatientsRoute'),
  page(inside, '/equipe', () => import('./team/TeamRoute.tsx'), 'TeamRoute'),
  page(inside, '/personnes/$personId/alentours', () => import('./around/AroundPersonPage.tsx'), 'AroundPersonPage'),
  page(inside, '/personnes/$personId/feuille-du-frigo', () => import('./around/FridgeRoute.tsx'), 'FridgeRoute'),
  page(inside, '/mes-sessions', () => import('./session/SessionsRoute.tsx'), 'SessionsRoute'),
  page(inside, '/tournee', () => import('./tour/TourPage.tsx'), 'TourPage'),
  page(inside, '/tournee/attente', () => import('./tour/WaitingPage.tsx'), 'WaitingPage'),
  page(inside, '/tournee/$personId', () => import('./tour/BedsidePage.tsx'), 'BedsidePage'),
  page(inside, '/aide', () => import('./help/HelpPage.tsx'), 'HelpPage'),
  ...territoryRoutes(inside),
  ...signInRoutes(inside),
  ...offlineRoutes(inside),
  ...directoryRoutes(inside),
  ...telephonyRoutes(inside),
  ...personsRoutes(inside),
  ...careTeamRoutes(inside),
  ...episodesRoutes(inside),
  ...agendaRoutes(inside),
  ...intakeRoutes(inside),
  ...assessmentsRoutes(inside),
  ...carePlansRoutes(inside),
  ...liaisonRoutes(inside),
  ...conversationsRoutes(inside),
  ...safeguardingRoutes(inside),
  ...caseConferencesRoutes(inside),
  ...duplicatesRoutes(inside),
  ...hospitalEventsRoutes(inside),
  ...steeringRoutes(inside),
  ...auditTrailRoutes(inside),
  ...privacyRoutes(inside),
  ...cptsRoutes(inside),
  fileRoutes(inside),
  ...(__GALLERY__ ? [page(inside, '/composants', () => import('./gallery/GalleryPage.tsx'), 'GalleryPage')] : []),
]

const loginDone = createRoute({ getParentRoute: () => root, path: '/connexion/faite', component: LoginDone })
const invitation = page(root as unknown as AnyRoute, '/invitation', () => import('../../sign-in/web/InvitationPage.tsx'), 'InvitationPage')

/** Every page of Jalon. A capability owns its routes; this file only puts them together. */
export const router = createRouter({
  routeTree: root.addChildren([inside.addChildren([...pages]), loginDone, invitation]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  // Filters are plain words of the address, not JSON: ?etat=en-attente&du=2026-10-01
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith((value) => String(value)),
})

function Inside(): ReactNode {
  return (
    <SessionGate>
      <SightWatch />
      <SignInNews />
      <Lookups>
        <Shell>
          <Outlet />
        </Shell>
        <IncomingCalls />
      </Lookups>
    </SessionGate>
  )
}

function Home(): ReactNode {
  return <Navigate to={homeFor(useActor())} replace />
}

function NotFound(): ReactNode {
  return (
    <Page title="Page introuvable" hiddenHeading>
      <div style={{ maxWidth: 520, margin: '10vh auto', padding: 16 }}>
        <EmptyState
          icon={IconMapOff}
          title="Cette page n’existe pas"
          action={
            <ButtonLink small to="/">
              Revenir à l’accueil
            </ButtonLink>
          }
        >
          L’adresse a peut-être été mal recopiée.
        </EmptyState>
      </div>
    </Page>
  )
}
