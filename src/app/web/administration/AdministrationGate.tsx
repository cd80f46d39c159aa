import { IconLock } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { administrationPlacesFor, administrationRefused } from '../../../territory/contract/administration-places.ts'
import { homeFor } from '../navigation.ts'

/** Keeps the pages of « Administration » that are not hers from opening on a frame of refusals: says whose they are, and where she may go. */
export function AdministrationGate({ children }: { readonly children: ReactNode }): ReactNode {
  const actor = useActor()
  const { pathname } = useLocation()
  const refused = administrationRefused(actor, pathname)
  if (refused === null) return children
  const hers = administrationPlacesFor(actor)
  return (
    <Page title="Administration">
      <EmptyState
        icon={IconLock}
        title={`« ${refused.title} » est réservé à l’administration régionale`}
        action={<ButtonLink to={homeFor(actor)}>Revenir à mon accueil</ButtonLink>}
      >
        Pour un changement, écrivez à l’administration de votre région.
        {hers.length > 0 ? (
          <>
            {' '}
            Vous pouvez ouvrir{'\u00a0'}:{' '}
            {hers.map((place, index) => (
              <span key={place.key}>
                {index > 0 ? ', ' : ''}
                <Link to={place.to as never}>{place.title}</Link>
              </span>
            ))}
            .
          </>
        ) : null}
      </EmptyState>
    </Page>
  )
}
