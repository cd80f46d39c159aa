import { Modal } from '@mantine/core'
import { IconFingerprint, IconId } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { askingIdentity } from '../../../platform/web/api/reauthentication.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { confirmByPasskey, confirmByPassword, passkeyErrorText } from '../../../sign-in/web/local-sign-in-api.ts'
import { SecretField } from '../../../sign-in/web/SecretField.tsx'
import type { SessionNews } from './load-session.ts'

/** Covers the page while a sensitive gesture waits: she proves again who she is, the way she signed in, and the gesture goes on by itself. */
export function ConfirmIdentity(): ReactNode {
  const asking = useSignal(askingIdentity)
  const { method = 'psc', actor } = useSession()
  return (
    <Modal opened={asking !== null} onClose={() => asking?.answer(false)} title="Confirmez que c’est bien vous" centered>
      <p>Ce geste est sensible&#8239;: Jalon vous redemande qui vous êtes, {actor.displayName}. Il continuera ensuite tout seul.</p>
      {method === 'psc' ? <ByPsc onProved={() => asking?.answer(true)} /> : null}
      {method === 'passkey' ? <ByPasskey onProved={() => asking?.answer(true)} /> : null}
      {method === 'password_totp' ? <ByPassword onProved={() => asking?.answer(true)} /> : null}
    </Modal>
  )
}

function ByPsc(props: { readonly onProved: () => void }): ReactNode {
  const [blocked, setBlocked] = useState(false)
  const { onProved } = props
  useEffect(() => {
    // A listener of its own: the window of LoginDone speaks to every object of this name.
    const channel = new BroadcastChannel('jalon-session')
    channel.onmessage = (message: MessageEvent<SessionNews>) => {
      if (message.data === 'signed-in') onProved()
    }
    return () => channel.close()
  }, [onProved])
  const open = (): void => setBlocked(window.open('/login?confirm=1&returnTo=%2Fconnexion%2Ffaite', 'jalon-login', 'popup,width=560,height=760') === null)
  return (
    <>
      <p className="small mut" style={{ marginTop: 6 }}>
        Pro Santé Connect s’ouvre dans une petite fenêtre, qui se ferme seule.
      </p>
      {blocked ? <Notice tone="warning">Votre navigateur a bloqué la fenêtre. Autorisez les fenêtres de Jalon, puis recommencez.</Notice> : null}
      <div className="row" style={{ marginTop: 18, justifyContent: 'flex-end' }}>
        <Button main icon={IconId} onClick={open}>
          Confirmer avec Pro Santé Connect
        </Button>
      </div>
    </>
  )
}

function ByPasskey(props: { readonly onProved: () => void }): ReactNode {
  const [error, setError] = useState<string | null>(null)
  const prove = async (): Promise<void> => {
    setError(null)
    try {
      await confirmByPasskey()
      props.onProved()
    } catch (thrown) {
      setError(passkeyErrorText(thrown) ?? errorDetail(thrown))
    }
  }
  return (
    <>
      {error ? <Notice tone="alert">{error}</Notice> : null}
      <div className="row" style={{ marginTop: 18, justifyContent: 'flex-end' }}>
        <Button main icon={IconFingerprint} onClick={() => void prove()}>
          Confirmer avec ma clé d’accès
        </Button>
      </div>
    </>
  )
}

function ByPassword(props: { readonly onProved: () => void }): ReactNode {
  const [values, setValues] = useState({ password: '', code: '' })
  const [error, setError] = useState<string | null>(null)
  const prove = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setError(null)
    try {
      await confirmByPassword(values)
      props.onProved()
    } catch (thrown) {
      setError(errorDetail(thrown))
    }
  }
  return (
    <form className="form" style={{ marginTop: 12 }} onSubmit={(event) => void prove(event)}>
      <SecretField kind="password" label="Mot de passe" value={values.password} onChange={(password) => setValues({ ...values, password })} />
      <SecretField kind="one-time-code" label="Code de l’application" value={values.code} onChange={(code) => setValues({ ...values, code })} />
      {error ? (
        <div className="f">
          <Notice tone="alert">{error}</Notice>
        </div>
      ) : null}
      <div className="f row" style={{ justifyContent: 'flex-end' }}>
        <Button main type="submit" disabled={values.password === '' || values.code === ''}>
          Confirmer
        </Button>
      </div>
    </form>
  )
}
