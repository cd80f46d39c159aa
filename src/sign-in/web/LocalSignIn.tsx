import './sign-in.css'
import { IconFingerprint, IconLock } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { chooseService, type Methods, methods, passkeyErrorText, type SignedIn, signInByPasskey, signInByPassword } from './local-sign-in-api.ts'
import { SecretField } from './SecretField.tsx'

/** The ways in besides Pro Santé Connect, where the region opened them; nothing at all elsewhere. */
export function LocalSignIn(props: { readonly onSignedIn: () => void }): ReactNode {
  const [offered, setOffered] = useState<Methods | null>(null)
  const [typing, setTyping] = useState(false)
  const [values, setValues] = useState({ identifier: '', password: '', code: '' })
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [after, setAfter] = useState<SignedIn | null>(null)
  useEffect(() => {
    // A page of login says nothing of what it could not ask.
    methods().then(setOffered, () => setOffered(null))
  }, [])
  if (offered === null || !(offered.passkey || offered.password)) return null

  const tryOut = async (work: () => Promise<SignedIn>): Promise<void> => {
    setPending(true)
    setError(null)
    try {
      const answer = await work()
      setValues((typed) => ({ ...typed, password: '', code: '' }))
      if (answer.signedIn && !answer.refusedBefore) props.onSignedIn()
      else setAfter(answer)
    } catch (thrown) {
      setError(passkeyErrorText(thrown) ?? errorDetail(thrown))
    } finally {
      setPending(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void tryOut(() => signInByPassword(values))
  }

  if (after !== null) {
    return (
      <section className="local" aria-label="Connexion sans Pro Santé Connect">
        {after.refusedBefore ? (
          <Notice tone="warning" live>
            {after.refusedBefore === 1 ? 'Un essai a été refusé' : `${after.refusedBefore} essais ont été refusés`} sur votre compte avant celui-ci. Si ce
            n’était pas vous, prévenez l’administration régionale.
          </Notice>
        ) : null}
        {after.choose ? (
          <>
            <h2>Où travaillez-vous maintenant&#8239;?</h2>
            <div className="stack">
              {after.choose.map((place) => (
                <Button key={place.id} disabled={pending} onClick={() => void tryOut(() => chooseService(place.id))}>
                  {place.serviceName}
                  {place.jobTitle ? `, ${place.jobTitle}` : ''}
                </Button>
              ))}
            </div>
          </>
        ) : (
          <Button main onClick={props.onSignedIn}>
            Entrer
          </Button>
        )}
        {error ? <Notice tone="alert">{error}</Notice> : null}
      </section>
    )
  }

  return (
    <section className="local" aria-label="Connexion sans Pro Santé Connect">
      <h2>Pas encore de carte ni d’e-CPS&#8239;?</h2>
      <p className="small mut">Pour celles et ceux que l’administration régionale a invités, le temps que Pro Santé Connect leur soit ouvert.</p>
      <div className="row wrap">
        {offered.passkey ? (
          <Button icon={IconFingerprint} disabled={pending} onClick={() => void tryOut(signInByPasskey)}>
            Se connecter avec une clé d’accès
          </Button>
        ) : null}
        {offered.password && !typing ? (
          <Button icon={IconLock} onClick={() => setTyping(true)}>
            Mot de passe et code
          </Button>
        ) : null}
      </div>
      {typing ? (
        <form className="form local__form" onSubmit={submit}>
          <SecretField
            kind="username"
            label="Courriel professionnel"
            value={values.identifier}
            onChange={(identifier) => setValues({ ...values, identifier })}
          />
          <SecretField kind="password" label="Mot de passe" value={values.password} onChange={(password) => setValues({ ...values, password })} />
          <SecretField
            kind="one-time-code"
            label="Code de l’application"
            help="Six chiffres, qui changent toutes les 30 secondes."
            value={values.code}
            onChange={(code) => setValues({ ...values, code })}
          />
          <div className="f">
            <Button type="submit" disabled={pending || values.identifier === '' || values.password === '' || values.code === ''}>
              Entrer
            </Button>
          </div>
        </form>
      ) : null}
      {error ? (
        <Notice tone="alert" live>
          {error}
        </Notice>
      ) : null}
    </section>
  )
}
