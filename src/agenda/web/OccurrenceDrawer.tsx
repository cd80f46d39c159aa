import { Drawer } from '@mantine/core'
import { IconAlertTriangle, IconArrowsMove, IconCalendarX, IconCheck, IconExternalLink, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { dayOf } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { displayZone, formatInstant, formatLongDay, today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import { answerInvitation, editAppointment, recordVisit, withdrawParticipant } from '../contract/actions.ts'
import { responseLabels } from '../contract/appointment.ts'
import { type AppointmentParticipant, type Occurrence, occurrenceDetail } from '../contract/queries.ts'
import { AnswerForm, CancelForm, EditForm, InviteForm, MoveForm, RecordForm } from './occurrence-forms.tsx'
import { hoursWords, isRecordable, placeWords, repeatWords } from './occurrence-words.ts'
import { SafetyNote } from './SafetyNote.tsx'
import { targetOf } from './use-move.tsx'

export type Part = 'facts' | 'move' | 'cancel' | 'edit' | 'record' | 'invite'

/** One appointment: when, where, who, what to know at the door; and everything that can be done with it. */
export function OccurrenceDrawer(props: {
  readonly one: Occurrence
  readonly hint?: string | undefined
  readonly part?: Part | undefined
  readonly ofOnePerson?: boolean | undefined
  readonly onMove: (one: Occurrence, wall: string, minutes: number) => void
  readonly onClose: () => void
}): ReactNode {
  const { onClose } = props
  const actor = useActor()
  const label = useValueLabels()
  const [part, setPart] = useState<Part>(props.part ?? 'facts')
  const detail = useJalonQuery(occurrenceDetail, { id: props.one.id })
  const one = detail.data?.occurrence ?? props.one
  const target = targetOf(one)
  const back = (): void => setPart('facts')
  const changes = verdictOf(editAppointment, actor, target)
  const records =
    isRecordable(one) && one.state === 'booked' && Date.parse(one.startsAt) < Date.now() && (verdictOf(recordVisit, actor, target as never)?.allowed ?? false)
  const day = dayOf(one.startsAt, displayZone())
  const kind = label('agenda.appointment_kind', one.kind)
  const record = detail.data?.record ?? null
  const repeat = repeatWords(one)
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={one.title ?? kind} className="circle-drawer">
      <div className="stack stack--4">
        <div>
          <p className="agenda-when">
            {capital(formatLongDay(day))}
            {day === today() ? ', aujourd’hui' : ''}
            <br />
            <b>{hoursWords(one)}</b>
          </p>
          <p className="mut" style={{ margin: '2px 0 0' }}>
            {[one.title === null ? null : kind, placeWords(one), repeat].filter(Boolean).join(' · ')}
          </p>
          <div className="row wrap" style={{ marginTop: 8 }}>
            <VoletChip volet={one.isPrivate && one.person !== null ? 'private' : one.volet} />
            {one.state === 'fulfilled' ? <StatusPill tone="success">A eu lieu</StatusPill> : null}
            {one.state === 'noshow' ? <StatusPill tone="warning">Personne n’a répondu</StatusPill> : null}
            {one.state === 'cancelled' ? <StatusPill tone="neutral">Annulé</StatusPill> : null}
            {one.moved && one.state === 'booked' ? <StatusPill tone="neutral">Déplacé</StatusPill> : null}
          </div>
        </div>
        {one.person !== null && !props.ofOnePerson ? (
          <p style={{ margin: 0 }}>
            <Link to="/personnes/$personId/agenda" params={{ personId: one.person.personId } as never} className="semi">
              {formatPersonName(one.person)} <IconExternalLink className="ic ic--s" stroke={1.75} aria-hidden="true" />
            </Link>
          </p>
        ) : null}
        {one.cancelledBecause ? <p className="mut">Annulé : {one.cancelledBecause}</p> : null}
        {props.hint ? (
          <Notice tone="warning" icon={IconAlertTriangle}>
            {props.hint}.
          </Notice>
        ) : null}
        {part === 'facts' ? (
          <>
            {one.words ? <p style={{ whiteSpace: 'pre-line' }}>{one.words}</p> : null}
            {one.placeKind === 'home' && one.person !== null ? <SafetyNote personId={one.person.personId} occurrenceId={one.id} /> : null}
            <People one={one} changes={changes?.allowed ?? false} onInvite={() => setPart('invite')} />
            {record ? (
              <p className="mut">
                {[
                  record.minutes === null ? null : `${record.minutes}\u00a0min`,
                  record.kilometres === null ? null : `${record.kilometres.toLocaleString('fr-FR')}\u00a0km`,
                ]
                  .filter(Boolean)
                  .join(', ') || 'Noté'}{' '}
                · l’activité est dans le Fil.
              </p>
            ) : null}
            <div className="row wrap">
              {records ? (
                <Button main icon={IconCheck} onClick={() => setPart('record')}>
                  {one.placeKind === 'home' ? 'Noter la visite' : 'Noter ce qui a été fait'}
                </Button>
              ) : null}
              {one.state === 'booked' && changes?.allowed ? (
                <>
                  <Button icon={IconArrowsMove} onClick={() => setPart('move')}>
                    Déplacer
                  </Button>
                  <Button icon={IconPencil} onClick={() => setPart('edit')}>
                    Modifier
                  </Button>
                  <Button icon={IconCalendarX} onClick={() => setPart('cancel')}>
                    Annuler…
                  </Button>
                </>
              ) : null}
            </div>
            {changes !== null && !changes.allowed ? <p className="small mut">{changes.reason}</p> : null}
            <p className="small mut">Pris par {one.organizerName}.</p>
          </>
        ) : null}
        {part === 'move' ? <MoveForm one={one} onMove={props.onMove} onDone={onClose} onBack={back} /> : null}
        {part === 'cancel' ? <CancelForm one={one} onDone={onClose} onBack={back} /> : null}
        {part === 'edit' && detail.data ? (
          <EditForm one={one} version={detail.data.appointmentVersion} communeCode={detail.data.communeCode} onDone={back} />
        ) : null}
        {part === 'record' ? <RecordForm one={one} onDone={onClose} onBack={back} /> : null}
        {part === 'invite' ? <InviteForm one={one} onDone={back} /> : null}
      </div>
    </Drawer>
  )
}

const tones = { needs_action: 'neutral', accepted: 'success', declined: 'warning', tentative: 'warning' } as const

function People(props: { readonly one: Occurrence; readonly changes: boolean; readonly onInvite: () => void }): ReactNode {
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
        <StatusPill tone={tones[participant.response]}>{responseLabels[participant.response]}</StatusPill>
      </div>
      {participant.proposedAt ? <p className="small">Propose le {formatInstant(participant.proposedAt)}.</p> : null}
      {participant.answerWords ? <p className="small mut">« {participant.answerWords} »</p> : null}
      {answering ? (
        <AnswerForm one={one} participant={participant} onDone={() => setAnswering(false)} />
      ) : (
        <div className="row wrap" style={{ marginTop: 4 }}>
          {answers && participant.response !== 'accepted' ? (
            <Button
              small
              main={participant.mine && participant.response === 'needs_action'}
              onClick={() => void answer.run({ participantId: participant.id, response: 'accepted' })}
            >
              {participant.mine ? 'Accepter' : 'Vient'}
            </Button>
          ) : null}
          {answers ? (
            <Button small onClick={() => setAnswering(true)}>
              {participant.mine ? 'Décliner, proposer…' : 'Autre réponse…'}
            </Button>
          ) : null}
          {changes && !participant.mine && one.state === 'booked' ? (
            <Button small quiet onClick={() => void withdraw.run({ appointmentId: one.appointmentId, participantId: participant.id })}>
              Retirer<span className="vh"> {participant.name}</span>
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}
