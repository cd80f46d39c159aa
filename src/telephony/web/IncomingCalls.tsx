import './telephony.css'
import { IconPhoneIncoming, IconPlus, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { createLocalCard } from '../../directory/contract/actions.ts'
import { hitDetail } from '../../directory/contract/hit.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { answersCalls, type IncomingCall, incomingCalls, takeCall } from '../contract/calls.ts'

/** Whoever calls a line of one's service, on every page, as soon as it rings. */
export function IncomingCalls(): ReactNode {
  const actor = useActor()
  const answers = answersCalls(actor).allowed
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const { data } = useJalonQuery(incomingCalls, {}, { enabled: answers })
  useEvents(['telephony.call.*'])
  const shown = (data?.rows ?? []).filter((call) => call.state !== 'ended' && !closed.has(call.id)).slice(0, 3)
  if (!answers || shown.length === 0) return null
  return (
    <section className="calls" aria-label="Appels entrants" aria-live="polite">
      {shown.map((call) => (
        <CallCard key={call.id} call={call} onClose={() => setClosed(new Set([...closed, call.id]))} />
      ))}
    </section>
  )
}

function CallCard(props: { readonly call: IncomingCall; readonly onClose: () => void }): ReactNode {
  const { call } = props
  const [party] = call.parties
  const [adding, setAdding] = useState(false)
  const take = useAction(takeCall, undefined)
  return (
    <article className="callcard">
      <header className="row" style={{ gap: 8 }}>
        <Ic of={IconPhoneIncoming} />
        <span className="small mut grow">
          {call.lineLabel}, {formatWhen(call.receivedAt)}
          {call.takenBy ? ` · prise par ${call.takenBy}` : ''}
        </span>
        <Button small quiet iconOnly icon={IconX} label="Fermer" onClick={props.onClose} />
      </header>
      <p className="callcard__who">
        <b>{party ? party.label : call.caller === null ? 'Numéro masqué' : 'Numéro inconnu'}</b>
        {call.caller ? <span className="nw mut">{formatPhone(call.caller)}</span> : null}
      </p>
      {party ? <p className="small mut">{hitDetail(party)}</p> : null}
      {call.parties.length > 1 ? (
        <p className="small dim">
          Aussi :{' '}
          {call.parties
            .slice(1)
            .map((other) => other.label)
            .join(', ')}
        </p>
      ) : null}
      {adding && call.caller ? (
        <QuickCard caller={call.caller} onClose={() => setAdding(false)} />
      ) : (
        <div className="row wrap">
          {call.takenBy === null ? (
            <Button small main blocked={take.pending} onClick={() => void take.run({ id: call.id })}>
              Je la prends
            </Button>
          ) : null}
          {party ? (
            <ButtonLink small to="/annuaire" search={{ fiche: party.partyId } as never}>
              Ouvrir la fiche
            </ButtonLink>
          ) : call.caller ? (
            <Button small icon={IconPlus} onClick={() => setAdding(true)}>
              Fiche rapide
            </Button>
          ) : null}
          <Link className="small" to="/demandes">
            Demandes
          </Link>
        </div>
      )}
    </article>
  )
}

/** An unknown number becomes a card of the region: a name, and it is known the next time. */
function QuickCard(props: { readonly caller: string; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(createLocalCard, {
    initialValues: () => ({ id: newId<PartyId>(), kind: 'other_professional' as const, name: '', role: '', phone: props.caller }),
    done: 'Fiche ajoutée : ce numéro sera reconnu.',
    onDone: props.onClose,
    invalidates: ['telephony'],
  })
  return (
    <Form form={form}>
      <TextField {...form.field('name')} label="Nom" span={12} autoFocus />
      <TextField {...form.field('role')} label="Fonction, structure" optional span={12} />
      <FormFoot
        form={form}
        submit="Ajouter"
        secondary={
          <Button small quiet onClick={props.onClose}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
