import { Drawer } from '@mantine/core'
import { IconAlertTriangle, IconArrowsMove, IconCalendarX, IconCheck, IconExternalLink, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { dayOf } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { displayZone, formatLongDay, today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import { editAppointment, recordVisit } from '../contract/actions.ts'
import { type Occurrence, occurrenceDetail } from '../contract/queries.ts'
import { OccurrencePeople } from './OccurrencePeople.tsx'
import { CancelForm, EditForm, InviteForm, MoveForm, RecordForm } from './occurrence-forms.tsx'
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
  readonly onMove: (one: Occurrence, wall: string, minutes: number) => Promise<boolean>
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
            <OccurrencePeople one={one} changes={changes?.allowed ?? false} onInvite={() => setPart('invite')} />
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
            {one.follows?.kind === 'case_conferences.conference' ? (
              <p style={{ margin: 0 }}>
                <Link to="/concertations/$conferenceId" params={{ conferenceId: one.follows.id } as never} className="semi">
                  La concertation <IconExternalLink className="ic ic--s" stroke={1.75} aria-hidden="true" />
                </Link>
              </p>
            ) : null}
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
