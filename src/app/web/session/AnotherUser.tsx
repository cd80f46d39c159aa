import { IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { ClosedPage } from './SessionLost.tsx'

/** Stands in place of the page once somebody else has logged in in the same browser. */
export function AnotherUser(): ReactNode {
  const { actor } = useSession()
  return (
    <ClosedPage title="Une autre personne s’est connectée dans ce navigateur">
      <p>
        Cette page était celle de {actor.displayName}. <b>Rien n’a été fait au nom de l’autre personne</b>, et les brouillons de cette page sont gardés pour{' '}
        {actor.displayName}, qui seule peut les ouvrir.
      </p>
      <p className="small mut">
        Pour reprendre votre travail, {actor.displayName}, fermez d’abord l’autre session, puis reconnectez-vous&nbsp;: vos brouillons vous attendent.
      </p>
      <div className="row">
        <Button main icon={IconArrowRight} onClick={() => window.location.assign('/')}>
          Continuer avec l’autre session
        </Button>
      </div>
    </ClosedPage>
  )
}
