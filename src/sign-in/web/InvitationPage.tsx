import './sign-in.css'
import { IconFingerprint, IconLock } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { ApiError, errorDetail } from '../../platform/web/api/api-error.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { Waiting } from '../../platform/web/display/QueryState.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { deviceOf } from '../contract/session.ts'
import { type Enrolment, enrolPasskey, enrolPassword, openInvitation, passkeyErrorText, readInvitation } from './local-sign-in-api.ts'
import { QrCode } from './QrCode.tsx'
import { SecretField } from './SecretField.tsx'

type Step = 'opening' | 'choice' | 'password' | 'done' | 'refused'

/** Where the link of an invitation leads: one chooses how one will sign in, once. */
export function InvitationPage(): ReactNode {
  const [link] = useState(() => readInvitation(window.location.hash))
  const [step, setStep] = useState<Step>('opening')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    document.title = 'Invitation – Jalon'
    // Neither the history of the browser nor an address copied later keeps the secret.
    window.history.replaceState(null, '', '/invitation')
    if (link === null) {
      setStep('refused')
      return
    }
    openInvitation(link).then(
      (found) => {
        setEnrolment(found)
        setStep('choice')
      },
      (thrown: unknown) => {
        setError(errorDetail(thrown))
        setStep('refused')
      },
    )
  }, [link])

  return (
    <main className="invitation">
      <span className="invitation__name">Jalon</span>
      {step === 'opening' ? <Waiting label="Lecture de l’invitation" /> : null}
      {step === 'refused' ? (
        <>
          <h1>Cette invitation ne peut pas servir</h1>
          <Notice tone="alert">{error ?? 'Le lien est incomplet : copiez-le en entier, ou demandez-en un nouveau à l’administration régionale.'}</Notice>
        </>
      ) : null}
      {step === 'choice' && enrolment !== null && link !== null ? (
        <Choice
          enrolment={enrolment}
          onPasskey={(name) => enrolPasskey(link, enrolment, name)}
          onEnrolled={() => setStep('done')}
          onPassword={() => setStep('password')}
        />
      ) : null}
      {step === 'password' && enrolment?.code && link !== null ? (
        <PasswordAndCode
          enrolment={enrolment}
          code={enrolment.code}
          onBack={() => setStep('choice')}
          onSend={(answer) => enrolPassword(link, enrolment, answer)}
          onEnrolled={() => setStep('done')}
        />
      ) : null}
      {step === 'done' ? (
        <>
          <h1>C’est fait</h1>
          <p>Votre moyen de connexion est enregistré. Ce lien ne servira plus.</p>
          <p>
            <a className="btn btn--main" href="/">
              Me connecter
            </a>
          </p>
        </>
      ) : null}
    </main>
  )
}

function Choice(props: {
  readonly enrolment: Enrolment
  readonly onPasskey: (name: string) => Promise<void>
  readonly onPassword: () => void
  readonly onEnrolled: () => void
}): ReactNode {
  const { enrolment } = props
  const [name, setName] = useState(() => deviceOf(navigator.userAgent))
  const [error, setError] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const enrol = async (): Promise<void> => {
    setPending(true)
    setError(null)
    try {
      await props.onPasskey(name)
      props.onEnrolled()
    } catch (thrown) {
      setError(passkeyErrorText(thrown) ?? errorDetail(thrown))
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <h1>Bonjour {enrolment.name}</h1>
      <p>
        {enrolment.serviceName ? `${enrolment.serviceName} vous attend dans Jalon. ` : ''}Choisissez comment vous vous connecterez, le temps que Pro Santé
        Connect vous soit ouvert. Cette invitation sert une seule fois, jusqu’au {formatInstant(enrolment.expiresAt)}.
      </p>
      {enrolment.passkey !== null ? (
        <section className="card" style={{ padding: 20 }}>
          <h2>Une clé d’accès, le plus simple</h2>
          <p className="mut" style={{ margin: '6px 0 14px' }}>
            Votre empreinte, votre visage ou le code de cet appareil. Rien à retenir, rien à recopier, et rien qu’on puisse vous soutirer.
          </p>
          <div className="form">
            <TextField label="Nom de cet appareil" value={name} onChange={setName} maxLength={60} span={12} />
          </div>
          <div className="row" style={{ marginTop: 14 }}>
            <Button main icon={IconFingerprint} disabled={pending || name.trim() === ''} onClick={() => void enrol()}>
              Créer ma clé d’accès
            </Button>
          </div>
          {error ? (
            <Notice tone="alert" live>
              {error}
            </Notice>
          ) : null}
        </section>
      ) : null}
      {enrolment.code !== null ? (
        <section className="card" style={{ padding: 20 }}>
          <h2>Un mot de passe et une application de codes</h2>
          <p className="mut" style={{ margin: '6px 0 14px' }}>
            Si cet appareil est partagé ou trop ancien. Il faut un téléphone avec une application de codes (FreeOTP, Aegis, celle de votre établissement…).
          </p>
          <Button icon={IconLock} onClick={props.onPassword}>
            Choisir un mot de passe
          </Button>
        </section>
      ) : null}
    </>
  )
}

function PasswordAndCode(props: {
  readonly enrolment: Enrolment
  readonly code: NonNullable<Enrolment['code']>
  readonly onBack: () => void
  readonly onSend: (answer: { password: string; code: string }) => Promise<void>
  readonly onEnrolled: () => void
}): ReactNode {
  const { code, enrolment } = props
  const [values, setValues] = useState({ password: '', code: '' })
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setPending(true)
    setError(null)
    try {
      await props.onSend(values)
      props.onEnrolled()
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : null)
    } finally {
      setPending(false)
    }
  }
  const grouped = code.secret.replace(/(.{4})(?=.)/g, '$1 ')
  return (
    <>
      <h1>Un mot de passe et un code</h1>
      <form className="steps" onSubmit={(event) => void submit(event)}>
        <section className="card" style={{ padding: 20 }}>
          <h2>1. Sur votre téléphone</h2>
          <div className="invitation__code" style={{ marginTop: 12 }}>
            <QrCode text={code.address} label="Code QR à lire avec l’application de codes" />
            <div className="stack">
              <p>Ouvrez l’application de codes et lisez ce dessin. Elle affichera un code de six chiffres pour Jalon.</p>
              <p className="small mut">
                Sans appareil photo, recopiez cette clé&nbsp;: <span className="invitation__secret">{grouped}</span>
              </p>
            </div>
          </div>
        </section>
        <section className="card" style={{ padding: 20 }}>
          <h2>2. Ici</h2>
          <div className="form" style={{ marginTop: 12 }}>
            <SecretField kind="username" label="Courriel professionnel" value={enrolment.identifier} onChange={() => undefined} disabled />
            <SecretField
              kind="new-password"
              label="Mot de passe"
              help="12 caractères au moins. Quatre ou cinq mots sans rapport se retiennent mieux qu’une suite de signes."
              value={values.password}
              error={error?.fields['password']}
              onChange={(password) => setValues({ ...values, password })}
            />
            <SecretField
              kind="one-time-code"
              label="Code affiché par l’application"
              value={values.code}
              error={error?.fields['code']}
              onChange={(typed) => setValues({ ...values, code: typed })}
            />
            {error && Object.keys(error.fields).length === 0 ? (
              <div className="f">
                <Notice tone="alert" live>
                  {error.detail}
                </Notice>
              </div>
            ) : null}
            <div className="f row">
              <Button main type="submit" disabled={pending || values.password === '' || values.code === ''}>
                Enregistrer
              </Button>
              <Button quiet onClick={props.onBack}>
                Revenir
              </Button>
            </div>
          </div>
        </section>
      </form>
    </>
  )
}
