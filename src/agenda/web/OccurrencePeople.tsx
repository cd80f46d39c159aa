import { type ReactNode, useState } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { answerInvitation, withdrawParticipant } from '../contract/actions.ts'
import { responseLabels } from '../contract/appointment.ts'
import type { AppointmentParticipant, Occurrence } from '../contract/queries.ts'
import { AnswerForm } from './occurrence-forms.tsx'
import { targetOf } from './use-move.tsx'

const tones = { needs_action: 'neutral', accepted: 'success', declined: 'warning', tentative: 'warning' } as const

/** Who takes part, what each answered, and one's own answer: of a series, for all its dates or for one. */
export function OccurrencePeople(props: { readonly one: Occurrence; readonly changes: boolean; readonly onInvite: () => void }): ReactNode {
  const { one } = props
  return (
    <section className="agenda-people" aria-label="Participants">
      <div className="row sp">
        <h3>Avec qui</h3>
        {props.changes && one.state === 'booked' ? (
          <Button quiet small onClick={props.onInvite}>
            Inviter
          </Button>
        ) : null}
      </div>
      {one.participants.length === 0 ? <p className="small mut">Personne n’est noté.</p> : null}
      <ul className="lines">
        {one.participants.map((participant) => (
          <Person key={participant.id} one={one} participant={participant} changes={props.changes} />
        ))}
      </ul>
    </section>
  )
}

function Person({
  one,
  participant,
  changes,
}: {
  readonly one: Occurrence
  readonly participant: AppointmentParticipant
  readonly changes: boolean
}): ReactNode {
  const [answering, setAnswering] = useState(false)
  const series = one.rule !== null
  const [thisDate, setThisDate] = useState(series && (participant.forDate || participant.response !== 'needs_action'))
  const withdraw = useAction(withdrawParticipant, targetOf(one), { onDone: () => toast({ text: `${participant.name} ne participe plus.` }) })
  const answer = useAction(answerInvitation, {
    ...targetOf(one),
    participantId: participant.id,
    mine: participant.mine,
    outside: participant.kind === 'outside',
  })
  const answers = answer.allowed && one.state === 'booked'
  return (
    <li>
      <div className="row sp">
        <span>
          <b>{participant.mine ? 'Moi' : participant.name}</b>
          {participant.words ? <span className="mut"> {participant.words}</span> : null}
        </span>
        <StatusPill tone={tones[participant.response]}>
          {responseLabels[participant.response]}
          {participant.forDate && participant.response !== 'needs_action' ? ', cette date' : ''}
        </StatusPill>
      </div>
      {participant.proposedAt ? <p className="small">Propose le {formatInstant(participant.proposedAt)}.</p> : null}
      {participant.answerWords ? <p className="small mut">« {participant.answerWords} »</p> : null}
      {answers && series ? (
        <Segmented
          name={`dates-${participant.id}`}
          label="Réponse pour"
          value={thisDate ? 'date' : 'serie'}
          options={[
            { value: 'date', label: 'Cette date' },
            { value: 'serie', label: 'Toute la série' },
          ]}
          onChange={(value) => setThisDate(value === 'date')}
        />
      ) : null}
      {answering ? (
        <AnswerForm one={one} participant={participant} thisDate={thisDate} onDone={() => setAnswering(false)} />
      ) : (
        <div className="row wrap" style={{ marginTop: 4 }}>
          {answers && (participant.response !== 'accepted' || (series && !thisDate && participant.forDate)) ? (
            <ActionButton
              action={answer}
              small
              main={participant.mine && participant.response === 'needs_action'}
              input={() => ({ participantId: participant.id, occurrenceId: thisDate ? one.id : null, response: 'accepted' as const })}
            >
              {participant.mine ? 'Accepter' : 'Vient'}
            </ActionButton>
          ) : null}
          {answers ? (
            <Button small onClick={() => setAnswering(true)}>
              {participant.mine ? 'Décliner, proposer…' : 'Autre réponse…'}
            </Button>
          ) : null}
          {changes && !participant.mine && one.state === 'booked' ? (
            <ActionButton
              action={withdraw}
              small
              quiet
              input={{ appointmentId: one.appointmentId, participantId: participant.id }}
              ask={() =>
                confirm({
                  title: `Retirer ${participant.name}\u202f?`,
                  text: series
                    ? 'Cette personne ne participe plus à aucune date, et sa réponse est oubliée.'
                    : 'Cette personne ne participe plus, et sa réponse est oubliée.',
                  action: 'Retirer',
                  danger: true,
                })
              }
            >
              Retirer<span className="vh"> {participant.name}</span>
            </ActionButton>
          ) : null}
        </div>
      )}
    </li>
  )
}
