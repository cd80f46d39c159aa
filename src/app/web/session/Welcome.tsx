import './Welcome.css'
import type { ReactNode } from 'react'
import '../../../platform/web/display/Button.css'
import { circleInvitationPath, keepCircleLink } from '../../../care-team/web/invite/invitation-link.ts'
import { LocalSignIn } from '../../../sign-in/web/LocalSignIn.tsx'
import { JalonMark } from '../shell/JalonMark.tsx'
import { loginAddress } from './load-session.ts'

/** The door: what this is, and the one way in. */
export function Welcome(): ReactNode {
  const { pathname, search } = window.location
  // The link says nothing more before she has signed in: neither who invites, nor for whom.
  const invited = pathname === circleInvitationPath && keepCircleLink() !== null
  return (
    <main className="welcome">
      <div className="welcome__mark">
        <JalonMark size={72} />
        <b>Jalon</b>
        <p>Le système d’information des dispositifs d’appui à la coordination et de leur territoire.</p>
      </div>
      <div className="welcome__in">
        <h1>Bonjour</h1>
        {invited ? <p>Vous êtes invité à rejoindre un cercle de soins. Connectez-vous pour voir qui vous invite et répondre.</p> : null}
        <p className="mut">
          On vous appelle pour une situation qui semble complexe, vous évaluez, vous planifiez, vous coordonnez. Jalon garde le fil, et chacun y voit ce que son
          métier lui ouvre.
        </p>
        <p>
          <a className="btn btn--main" href={loginAddress(`${pathname}${search}`)}>
            Se connecter avec Pro Santé Connect
          </a>
        </p>
        <p className="small mut">Carte CPS ou e-CPS. Chaque ouverture de dossier est tracée, et la personne peut savoir qui a ouvert le sien.</p>
        <LocalSignIn onSignedIn={() => window.location.reload()} />
      </div>
    </main>
  )
}
