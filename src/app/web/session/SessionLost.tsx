import { Modal } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { sessionLost } from '../../../platform/web/api/network.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { loginAddress } from './load-session.ts'

/** Covers the page, which stays as it was with its drafts, until the same user has logged in again in a window of its own. */
export function SessionLost(): ReactNode {
  const lost = useSignal(sessionLost)
  const { actor } = useSession()
  const [blocked, setBlocked] = useState(false)
  const logIn = (): void => {
    const opened = window.open(loginAddress('/connexion/faite'), 'jalon-login', 'popup,width=560,height=760')
    setBlocked(opened === null)
  }
  return (
    <Modal
      opened={lost}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      // Nothing of a person stays legible on a workstation that nobody holds any more.
      overlayProps={{ backgroundOpacity: 1 }}
      title="Votre session est terminée"
      centered
    >
      <p>
        <b>Rien n’est perdu.</b> Ce que vous avez tapé est gardé, et cette page vous attend, {actor.displayName}.
      </p>
      <p className="small mut" style={{ marginTop: 6 }}>
        La connexion s’ouvre dans une petite fenêtre, qui se ferme seule.
      </p>
      {blocked ? (
        <p className="small t-warning" style={{ marginTop: 6 }} role="alert">
          Votre navigateur a bloqué la fenêtre. <a href={loginAddress(`${window.location.pathname}${window.location.search}`)}>Se connecter dans cette page</a>
          {'\u00a0'}: vos brouillons seront là au retour.
        </p>
      ) : null}
      <div className="row" style={{ marginTop: 18, justifyContent: 'flex-end' }}>
        <Button main icon={IconLogin2} onClick={logIn}>
          Se reconnecter
        </Button>
      </div>
    </Modal>
  )
}
