import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import type { WaitingMessage, Writing } from './use-writing.ts'

/** A message on its way, kept for want of network, or sent back with the reason. */
export function WaitingLine(props: { readonly message: WaitingMessage; readonly writing: Writing; readonly personId: PersonId | null }): ReactNode {
  const { message, writing } = props
  return (
    <article className="msg msg--mine msg--first msg--waiting">
      <div className="msg__body">
        <span className="vh">Vous, pas encore envoyé :</span>
        {message.body === '' ? null : <p className="msg__text">{message.body}</p>}
        {message.files.length > 0 ? <p className="small mut">{message.files.map(({ name }) => name).join(', ')}</p> : null}
        {message.state === 'asks' || message.state === 'refused' ? (
          <div className="msg__refused small" role="alert">
            <p>
              <Ic of={IconAlertTriangle} size="s" /> {message.words}
            </p>
            <span className="row wrap">
              {message.state === 'asks' ? (
                <>
                  <Button small onClick={() => writing.takeBack(message.id)}>
                    Corriger
                  </Button>
                  <Link to={'/personnes' as never} className="btn btn--s">
                    Écrire dans son dossier
                  </Link>
                  <Button small quiet onClick={() => writing.retry(message.id, true)}>
                    Ce n’est le nom de personne : envoyer
                  </Button>
                </>
              ) : (
                <>
                  <Button small onClick={() => writing.retry(message.id)}>
                    Réessayer
                  </Button>
                  <Button small quiet onClick={() => writing.takeBack(message.id)}>
                    Reprendre le texte
                  </Button>
                </>
              )}
            </span>
          </div>
        ) : null}
      </div>
      <span className="msg__side">
        {message.state === 'waiting' ? (
          <span className="small dim row">
            <Ic of={IconClock} size="s" /> en attente du réseau
          </span>
        ) : message.state === 'sending' ? (
          <span className="small dim">envoi…</span>
        ) : null}
      </span>
    </article>
  )
}
