import { IconFileText, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { VoletChip, voletWord } from '../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { addCaseDocument, answerInvitation, inviteParticipant, markPresence } from '../contract/actions.ts'
import { type Participant, participantStateLabels } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'

const presences = ['present', 'excused', 'absent'] as const
const presenceWords = { present: 'Présent', excused: 'Excusé', absent: 'Absent' } as const

/** Who is invited, who comes, who was there. */
export function Participants(props: SheetProps): ReactNode {
  const { sheet, mayLead } = props
  const [inviting, setInviting] = useState(false)
  const open = sheet.conference.state === 'planned' || sheet.conference.state === 'held'
  const there = sheet.participants.filter(({ state }) => state === 'present').length
  return (
    <Section
      title="Autour de la table"
      count={sheet.conference.state === 'planned' ? String(sheet.participants.length) : `${there} sur ${sheet.participants.length}`}
      end={
        mayLead && open ? (
          <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setInviting(true)}>
            <IconPlus className="ic ic--s" stroke={1.75} />
            Inviter
          </button>
        ) : undefined
      }
    >
      <ul className="lines" aria-label="Invités">
        {sheet.participants.map((one) => (
          <Line key={one.id} {...props} one={one} open={open} />
        ))}
      </ul>
      {sheet.participants.length === 0 ? <p className="small mut">Personne n’est encore invité.</p> : null}
      {inviting ? <InviteForm {...props} onDone={() => setInviting(false)} /> : null}
    </Section>
  )
}

function Line({ one, target, mayLead, sheet, open }: SheetProps & { readonly one: Participant; readonly open: boolean }): ReactNode {
  const own = target === null ? null : { ...target, partyId: one.partyId }
  const answer = useAction(answerInvitation, own)
  const mark = useAction(markPresence, own)
  const why = answer.error ?? mark.error
  return (
    <li>
      <div className="row sp">
        <b>{one.name}</b>
        <span className={one.state === 'present' || one.state === 'accepted' ? 'small t-success semi' : 'small mut'}>{participantStateLabels[one.state]}</span>
      </div>
      <div className="small mut">{[one.role, one.words].filter(Boolean).join(' · ')}</div>
      {one.isMe && sheet.conference.state === 'planned' && one.state === 'invited' ? (
        <span className="row wrap">
          <Button small onClick={() => void answer.run({ id: one.id, state: 'accepted' })}>
            Je viens
          </Button>
          <Button small quiet onClick={() => void answer.run({ id: one.id, state: 'declined' })}>
            Je ne peux pas
          </Button>
        </span>
      ) : null}
      {mayLead && open ? (
        <fieldset className="plain presence">
          <legend className="vh">Présence de {one.name}</legend>
          {presences.map((state) => (
            <button
              key={state}
              type="button"
              className={one.state === state ? 'tok tok--ok' : 'tok tok--add'}
              aria-pressed={one.state === state}
              onClick={() => void mark.run({ id: one.id, state })}
            >
              {presenceWords[state]}
            </button>
          ))}
        </fieldset>
      ) : null}
      {why ? (
        <p className="small t-alert" role="alert">
          {why.detail}
        </p>
      ) : null}
    </li>
  )
}

function InviteForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const form = useActionForm(inviteParticipant, {
    target,
    initialValues: () => ({ id: newId() as string, name: '', role: '' }),
    toInput: (typed) => ({ ...typed, conferenceId: sheet.conference.id }),
    done: 'Invité ajouté.',
    onDone,
  })
  return (
    <Form form={form}>
      <TextField
        {...form.field('name')}
        label="Nom"
        span={12}
        autoFocus
        help="Un professionnel du cercle s’invite en organisant la concertation ; ici, toute autre personne."
      />
      <TextField {...form.field('role')} label="À quel titre" optional span={12} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Inviter" />
      </div>
    </Form>
  )
}

/** What is brought to the table, named and never copied. */
export function Documents(props: SheetProps): ReactNode {
  const { sheet, mayWrite } = props
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="Documents"
      end={
        mayWrite ? (
          <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding(true)}>
            <IconPlus className="ic ic--s" stroke={1.75} />
            Apporter
          </button>
        ) : undefined
      }
    >
      {sheet.documents.length === 0 ? <p className="small mut">Aucun document apporté.</p> : null}
      <ul className="lines" aria-label="Documents">
        {sheet.documents.map((one) => (
          <li key={one.id} className="row row--top">
            <IconFileText className="ic ic--s" stroke={1.75} aria-hidden="true" />
            <span className="grow">
              {one.label} <span className="small mut">{one.addedByName}</span>
            </span>
            <VoletChip volet={one.volet} />
          </li>
        ))}
      </ul>
      {adding ? <DocumentForm {...props} onDone={() => setAdding(false)} /> : null}
    </Section>
  )
}

function DocumentForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const open: readonly Volet[] = (['administrative', 'social', 'health'] as const).filter((volet) => !sheet.closedVolets.includes(volet))
  const form = useActionForm(addCaseDocument, {
    target,
    initialValues: () => ({ id: newId() as string, label: '', volet: (open[1] ?? open[0] ?? 'administrative') as Volet }),
    toInput: (typed) => ({ ...typed, conferenceId: sheet.conference.id }),
    onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('label')} label="Document" span={12} placeholder="Évaluation du 12/11, courrier du CH…" autoFocus />
      <SegmentedChoice {...form.field('volet')} label="Volet" span={12} options={open.map((value) => ({ value, label: voletWord(value) }))} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Apporter" />
      </div>
    </Form>
  )
}
