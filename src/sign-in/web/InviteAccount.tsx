import { IconCopy, IconKeyOff, IconMailForward, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { newId, type UserId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant, formatWhen } from '../../platform/web/text/dates.ts'
import { type Account, users } from '../../territory/contract/queries.ts'
import { cancelInvitation, invite, revokeMeans } from '../contract/actions.ts'
import { meansOfUser } from '../contract/queries.ts'
import { invitationAddress, newInvitationSecret } from './local-sign-in-api.ts'

/** Chooses an account, shows what it signs in with, and makes its invitation. */
export function InviteAccount(props: { readonly open: boolean }): ReactNode {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Account | null>(null)
  const text = useDeferredValue(typed.trim())
  const found = useInfiniteJalonQuery(users, { text, status: 'active', limit: 8 }, { enabled: text.length >= 2 && chosen === null })
  return (
    <Section title="Comptes invités">
      <label className="in">
        <Ic of={IconSearch} size="s" />
        <input
          className="bare grow"
          value={typed}
          placeholder="Nom d’un compte"
          aria-label="Chercher un compte à inviter"
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setChosen(null)
          }}
        />
      </label>
      {chosen === null && text.length >= 2 ? (
        <ul className="lines">
          {found.rows.map((row) => (
            <li key={row.id}>
              <button type="button" className="linklike" onClick={() => setChosen(row)}>
                {row.familyName} {row.givenName}
              </button>
              <span className="small mut"> {row.memberships[0]?.serviceName}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {chosen === null ? (
        <p className="small mut">
          Choisissez un compte pour voir ses moyens de connexion et l’inviter. Qui a perdu le sien reçoit une nouvelle invitation&#8239;: il n’y a pas d’autre
          chemin.
        </p>
      ) : (
        <Means key={chosen.id} account={chosen} open={props.open} />
      )}
    </Section>
  )
}

function Means(props: { readonly account: Account; readonly open: boolean }): ReactNode {
  const { account } = props
  const userId = account.id as UserId
  const means = useJalonQuery(meansOfUser, { userId })
  const [address, setAddress] = useState<string | null>(null)
  const make = useAction(invite, undefined)
  const cancel = useAction(cancelInvitation, undefined, { onDone: () => setAddress(null) })
  const revoke = useAction(revokeMeans, undefined, { onDone: () => toast({ text: 'Moyens de connexion retirés : ses sessions sont terminées.' }) })
  const start = async (): Promise<void> => {
    const { secret, hash } = await newInvitationSecret()
    const id = newId<never>() as string
    const made = await make.run({ id, userId, secretHash: hash, hours: 48, replaces: true })
    if (made !== null) setAddress(invitationAddress({ id, secret }))
  }
  return (
    <div className="stack stack--3" style={{ marginTop: 12 }}>
      <h3>
        {account.givenName} {account.familyName}
      </h3>
      <QueryState query={means}>
        {({ passkeys, password, invitation }) => (
          <>
            <ul className="lines">
              {passkeys.map((key) => (
                <li key={key.createdAt} className="small">
                  Clé d’accès «&nbsp;{key.name}&nbsp;», {key.lastUsedAt ? `dernière fois ${formatWhen(key.lastUsedAt)}` : 'jamais utilisée'}
                </li>
              ))}
              {password ? (
                <li className="small">
                  Mot de passe et code ({password.identifier}), {password.lastUsedAt ? `dernière fois ${formatWhen(password.lastUsedAt)}` : 'jamais utilisés'}
                </li>
              ) : null}
              {passkeys.length === 0 && !password ? <li className="small mut">Pro Santé Connect seulement.</li> : null}
            </ul>
            {invitation && address === null ? (
              <p className="small">
                Une invitation court jusqu’au {formatInstant(invitation.expiresAt)}.{' '}
                <button type="button" className="linklike" onClick={() => void cancel.run({ id: invitation.id })}>
                  L’annuler
                </button>
              </p>
            ) : null}
            {address !== null ? (
              <Notice tone="info">
                <b>Le lien n’est montré qu’une fois.</b> Donnez-le à la personne elle-même, de vive voix ou par une messagerie sécurisée, après avoir vérifié
                qui elle est. Il sert une fois, pendant 48&nbsp;heures.
                <textarea className="in" readOnly rows={4} aria-label="Lien d’invitation" value={address} style={{ marginTop: 8, width: '100%' }} />
                <Button small icon={IconCopy} onClick={() => void navigator.clipboard.writeText(address).then(() => toast({ text: 'Lien copié.' }))}>
                  Copier le lien
                </Button>
              </Notice>
            ) : null}
            {make.error ? <Notice tone="alert">{make.error.detail}</Notice> : null}
            <div className="row wrap">
              <Button small icon={IconMailForward} blocked={!props.open} disabled={make.pending} onClick={() => void start()}>
                Inviter
              </Button>
              {passkeys.length > 0 || password ? (
                <ActionButton
                  action={revoke}
                  input={{ userId }}
                  small
                  quiet
                  icon={IconKeyOff}
                  ask={() =>
                    confirm({
                      title: 'Retirer ses moyens de connexion ?',
                      text: 'Ses sessions se terminent tout de suite. Elle ne pourra revenir que par Pro Santé Connect ou par une nouvelle invitation.',
                      action: 'Retirer',
                      danger: true,
                    })
                  }
                >
                  Retirer
                </ActionButton>
              ) : null}
            </div>
            {props.open ? null : <p className="small mut">La connexion sans Pro Santé Connect est fermée dans cette région.</p>}
          </>
        )}
      </QueryState>
    </div>
  )
}
