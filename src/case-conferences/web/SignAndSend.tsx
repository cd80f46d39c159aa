import { IconSend, IconSignature } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatDayOf } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { sendMinutes, signMinutes } from '../contract/actions.ts'
import type { SheetProps } from './ConferencePage.tsx'

const whole = { gridColumn: '1 / -1' }

/** Signed, the minutes never change; then they are sent, and to whom is kept. */
export function SignAndSend(props: SheetProps): ReactNode {
  const { sheet, target } = props
  const { conference } = sheet
  const [sending, setSending] = useState(false)
  const sign = useAction(signMinutes, target, { invalidates: ['liaison'] })
  return (
    <Section title="Compte rendu">
      {conference.state === 'signed' ? (
        <div className="stack stack--3">
          <p className="small mut">
            Signé par {conference.signedByName} le {conference.signedAt ? formatDayOf(conference.signedAt) : ''}.
          </p>
          <ul className="lines" aria-label="Envois">
            {sheet.sendings.map((one) => (
              <li key={one.id} className="small">
                {one.recipientName}{' '}
                <span className="mut">
                  {meansWords[one.means]}, le {formatDay(one.sentOn)} ({one.volets.map(voletWord).join(', ').toLowerCase()})
                </span>
              </li>
            ))}
          </ul>
          {sending ? (
            <SendForm {...props} onDone={() => setSending(false)} />
          ) : (
            <Button icon={IconSend} main={sheet.sendings.length === 0} onClick={() => setSending(true)}>
              Envoyer le compte rendu
            </Button>
          )}
        </div>
      ) : conference.state === 'planned' ? (
        <p className="small mut">Il se signe une fois les présents notés et l’avis de la personne recueilli.</p>
      ) : conference.state === 'cancelled' ? (
        <p className="small mut">
          Concertation annulée{'\u00a0'}: {conference.cancelledBecause}
        </p>
      ) : (
        <ActionButton
          action={sign}
          main
          icon={IconSignature}
          input={{ id: conference.id, baseVersion: conference.version }}
          ask={() =>
            confirm({
              title: 'Signer le compte rendu',
              text: 'Une fois signé, il ne change plus. Une décision peut encore recevoir sa réponse.',
              action: 'Signer',
            })
          }
        >
          Signer le compte rendu
        </ActionButton>
      )}
    </Section>
  )
}

const meansWords = { shared: 'partagé dans Jalon', printed: 'imprimé', handed: 'remis en main propre' } as const

function SendForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const actor = useActor()
  const people = sheet.participants.filter((one) => one.partyId !== actor.userId)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(people.filter((one) => one.partyId !== null).map((one) => one.id)))
  const form = useActionForm(sendMinutes, {
    target,
    initialValues: { health: false },
    toInput: ({ health }) => ({
      id: sheet.conference.id,
      recipients: people
        .filter((one) => chosen.has(one.id))
        .map((one) => ({
          partyId: one.partyId,
          name: one.name,
          means: one.partyId === null ? ('printed' as const) : ('shared' as const),
          volets: one.partyId === null && !health ? (['administrative', 'social'] as const).slice() : (['administrative', 'social', 'health'] as const).slice(),
        })),
    }),
    done: (output) => `Compte rendu envoyé à ${plural(output.sent, 'personne')}.`,
    onDone,
  })
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Form form={form}>
      <fieldset className="plain guests" style={whole}>
        <legend>À qui</legend>
        {people.map((one) => (
          <label key={one.id} className="guest">
            <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
            <span>
              {one.name} <span className="small mut">{one.partyId === null ? 'copie imprimée' : 'dans Jalon, selon les volets de son métier'}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <CheckField
        {...form.field('health')}
        label="Copies imprimées avec le volet santé"
        detail="Pour la personne ou qui la représente. Sinon, seulement ce qui est administratif et social."
      />
      {form.errors.recipients ? (
        <p className="small t-alert" role="alert" style={whole}>
          {form.errors.recipients}
        </p>
      ) : null}
      <div style={whole}>
        <FormFoot form={form} submit="Envoyer" />
      </div>
    </Form>
  )
}
