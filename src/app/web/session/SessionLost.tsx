import './Welcome.css'
import { IconLogin2 } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { JalonMark } from '../shell/JalonMark.tsx'
import { loginAddress } from './load-session.ts'

/** Stands in place of the page until the same user has logged in again, in a window of its own. */
export function SessionLost(): ReactNode {
  const { actor } = useSession()
  const [blocked, setBlocked] = useState(false)
  const logIn = (): void => {
    const opened = window.open(loginAddress('/connexion/faite'), 'jalon-login', 'popup,width=560,height=760')
    setBlocked(opened === null)
  }
  return (
    <ClosedPage title="Votre session est terminée">
      <p>
        <b>Vos brouillons sont gardés.</b> Après la connexion, vous retrouvez cette page et ce que vous y aviez tapé, {actor.displayName}.
      </p>
      <p className="small mut">La connexion s’ouvre dans une petite fenêtre, qui se ferme seule.</p>
      {blocked ? (
        <p className="small t-warning" role="alert">
          Votre navigateur a bloqué la fenêtre. <a href={loginAddress(`${window.location.pathname}${window.location.search}`)}>Se connecter dans cette page</a>
          {'\u00a0'}: vos brouillons seront là au retour.
        </p>
      ) : null}
      <div className="row">
        <Button main icon={IconLogin2} onClick={logIn}>
          Se reconnecter
        </Button>
      </div>
    </ClosedPage>
  )
}

/** A page with nothing of anybody: what happened, and the way on. */
export function ClosedPage(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <main className="welcome" aria-labelledby="closed-title">
      <div className="welcome__mark">
        <JalonMark size={72} />
        <b>Jalon</b>
      </div>
      <div className="welcome__in">
        <h1 id="closed-title">{props.title}</h1>
        {props.children}
      </div>
    </main>
  )
}
