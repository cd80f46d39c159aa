import { IconLock, IconLockOpen, IconPencil, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { holds } from '../../../platform/contract/actor.ts'
import type { UserId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { closeAccount, reopenAccount } from '../../contract/actions.ts'
import type { Account } from '../../contract/queries.ts'
import { categoryOptions } from './account-fields.tsx'
import { EditUser } from './EditUser.tsx'
import { AddMembership, MembershipLine } from './Memberships.tsx'
import { runs } from './running.ts'

/** An account: who she is, where she works and with what functions, and whether she may still enter. */
export function UserPanel(props: { readonly account: Account }): ReactNode {
  const { account } = props
  const admin = holds(useActor(), 'regional_admin')
  const [doing, setDoing] = useState<'edit' | 'add' | null>(null)
  const target = { userId: account.id as UserId, version: account.version }
  const close = useAction(closeAccount, target, { onDone: () => toast({ text: 'Compte fermé : ses sessions sont terminées.' }) })
  const reopen = useAction(reopenAccount, undefined, { onDone: () => toast({ text: 'Compte rouvert.' }) })
  if (doing === 'edit') return <EditUser account={account} onClose={() => setDoing(null)} />
  const name = `${account.givenName} ${account.familyName}`
  const present = account.memberships.filter(runs)
  const past = account.memberships.filter((held) => !runs(held))
  return (
    <>
      <div className="stack">
        <div className="row wrap" style={{ gap: 7 }}>
          <h2>{name}</h2>
          {account.status === 'disabled' ? <StatusPill icon={IconLock}>Compte fermé</StatusPill> : null}
        </div>
        <p className="mut">{[account.professionLabel, categoryOptions.find((one) => one.value === account.category)?.label].filter(Boolean).join(' · ')}</p>
      </div>
      <dl className="kv">
        <dt>Identifiant</dt>
        <dd>{account.nationalId ?? <span className="dim">aucun : ne peut pas se connecter</span>}</dd>
        <dt>Téléphone</dt>
        <dd>{account.phone ? formatPhone(account.phone) : <span className="dim">aucun</span>}</dd>
        <dt>Courriel</dt>
        <dd>{account.email ?? <span className="dim">aucun</span>}</dd>
      </dl>
      <Section
        title="Exerce"
        end={
          admin && account.status === 'active' ? (
            <button type="button" className="linklike" onClick={() => setDoing(doing === 'add' ? null : 'add')}>
              <Ic of={IconPlus} size="s" /> Ajouter un service
            </button>
          ) : null
        }
      >
        {doing === 'add' ? <AddMembership userId={account.id} onClose={() => setDoing(null)} /> : null}
        {present.length === 0 && doing !== 'add' ? <p className="small mut">Aucun service : ce compte ne peut pas entrer.</p> : null}
        <ul className="lines">
          {present.map((held) => (
            <MembershipLine key={`${held.id} ${held.version}`} membership={held} admin={admin} name={name} />
          ))}
        </ul>
      </Section>
      {past.length > 0 ? (
        <Section title="A exercé">
          <ul className="lines">
            {past.map((held) => (
              <MembershipLine key={held.id} membership={held} admin={false} name={name} />
            ))}
          </ul>
        </Section>
      ) : null}
      {admin ? (
        <div className="row wrap">
          <Button small icon={IconPencil} onClick={() => setDoing('edit')}>
            Modifier
          </Button>
          {account.status === 'active' ? (
            <ActionButton
              action={close}
              input={{ id: account.id as UserId }}
              small
              quiet
              icon={IconLock}
              ask={() =>
                confirm({
                  title: `Fermer le compte de ${name} ?`,
                  text: 'Ses sessions se terminent tout de suite. Ce qu’elle a écrit reste, sous son nom.',
                  action: 'Fermer le compte',
                  danger: true,
                })
              }
            >
              Fermer le compte
            </ActionButton>
          ) : (
            <ActionButton action={reopen} input={{ id: account.id as UserId }} small icon={IconLockOpen}>
              Rouvrir le compte
            </ActionButton>
          )}
        </div>
      ) : null}
    </>
  )
}
