import { Drawer } from '@mantine/core'
import { IconBuildingHospital, IconCalendarX, IconDoorExit, IconExternalLink, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { formatDayOf, formatHour, today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import { editStay, noteExit, type StayLine, settleStay } from '../contract/stay.ts'
import { StayCancel, StayEdit, StayExit } from './StayForm.tsx'
import { exitWords, notedExit, stayTargetOf, stayTitle } from './stay-words.ts'

/** A stay in hospital: where, from when to when, who told it; what the team wrote changes here, what an establishment told follows the establishment. */
export function StayDrawer(props: { readonly stay: StayLine; readonly ofOnePerson?: boolean | undefined; readonly onClose: () => void }): ReactNode {
  const { stay, onClose } = props
  const actor = useActor()
  const [part, setPart] = useState<'facts' | 'edit' | 'cancel' | 'exit'>('facts')
  const target = stayTargetOf(stay)
  const changes = verdictOf(editStay, actor, target)?.allowed ?? false
  const back = (): void => setPart('facts')
  const over = stay.outOn !== null
  const exits = stay.endedOn === null && (verdictOf(noteExit, actor, target)?.allowed ?? false)
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={stayTitle(stay, today())} className="circle-drawer">
      <div className="stack stack--4">
        <div>
          <p className="agenda-when">
            <b>{stay.establishmentName}</b>
            <br />
            {stay.admittedAt === null ? `Entrée le ${formatDay(stay.startsOn)}` : `Entrée le ${formatDayOf(stay.admittedAt)} à ${formatHour(stay.admittedAt)}`}
            <br />
            {stay.dischargedAt === null ? capital(exitWords(stay)) : `Sortie le ${formatDayOf(stay.dischargedAt)} à ${formatHour(stay.dischargedAt)}`}
          </p>
          <div className="row wrap" style={{ marginTop: 8 }}>
            <VoletChip volet="health" />
            {stay.endedOn !== null ? <StatusPill tone="success">Sortie faite</StatusPill> : null}
          </div>
        </div>
        {props.ofOnePerson ? null : (
          <p style={{ margin: 0 }}>
            <Link to="/personnes/$personId/agenda" params={{ personId: stay.person.personId } as never} className="semi">
              {formatPersonName(stay.person)} <IconExternalLink className="ic ic--s" stroke={1.75} aria-hidden="true" />
            </Link>
          </p>
        )}
        {stay.reason ? <p style={{ whiteSpace: 'pre-line', margin: 0 }}>{stay.reason}</p> : null}
        {stay.behind.map((one) => (
          <p key={one.id} style={{ margin: 0 }}>
            {one.reason ? <span style={{ whiteSpace: 'pre-line' }}>{one.reason} </span> : null}
            <span className="mut">
              Noté par {one.recordedByName} le {formatDayOf(one.createdAt)}, avant que l’établissement ne l’annonce.
            </span>
          </p>
        ))}
        {part === 'facts' ? (
          <>
            {stay.toldBy === 'hospital' ? (
              <Notice tone="info" icon={IconBuildingHospital}>
                Annoncée par l’établissement : les dates suivent ce qu’il annonce, et ne se changent pas ici.
              </Notice>
            ) : (
              <p className="mut" style={{ margin: 0 }}>
                Noté par {stay.recordedByName} le {formatDayOf(stay.createdAt)}.
              </p>
            )}
            <NotedExit stay={stay} removable={exits} />
            {exits && !over && stay.startsOn <= today() ? (
              <div>
                <Button main icon={IconDoorExit} onClick={() => setPart('exit')}>
                  Noter la sortie
                </Button>
              </div>
            ) : null}
            {changes ? stay.beside.filter(({ toldBy }) => toldBy === 'hospital').map((one) => <SameStay key={one.id} stay={stay} told={one} />) : null}
            {changes ? (
              <div className="row wrap">
                <Button main={!over && stay.startsOn <= today()} icon={IconPencil} onClick={() => setPart('edit')}>
                  {over || stay.startsOn > today() ? 'Modifier' : 'Noter la sortie ou modifier'}
                </Button>
                <Button icon={IconCalendarX} onClick={() => setPart('cancel')}>
                  Annuler
                </Button>
              </div>
            ) : null}
          </>
        ) : null}
        {part === 'exit' ? <StayExit stay={stay} onDone={back} /> : null}
        {part === 'edit' ? <StayEdit stay={stay} onDone={back} /> : null}
        {part === 'cancel' ? <StayCancel stay={stay} onDone={onClose} onBack={back} /> : null}
      </div>
    </Drawer>
  )
}

/** The exit that the team noted: by whom, and whether what the establishment told since stands in its place. */
function NotedExit({ stay, removable }: { readonly stay: StayLine; readonly removable: boolean }): ReactNode {
  const undo = useAction(noteExit, stayTargetOf(stay))
  const { left } = stay
  if (left === null || left.byName === null) return null
  if (notedExit(stay) === null)
    return (
      <p className="mut" style={{ margin: 0 }}>
        {left.byName} avait noté la sortie le {formatDay(left.on)}. L’établissement a donné d’autres nouvelles depuis : ce sont elles qui font foi.
      </p>
    )
  return (
    <div className="row wrap">
      <span>
        Sortie notée par l’équipe : {left.byName}, le {formatDayOf(left.at)}. L’établissement ne l’a pas annoncée.
      </span>
      {removable ? (
        <ActionButton small quiet action={undo} input={{ id: stay.id, baseVersion: stay.version, leftOn: '' }}>
          Retirer cette sortie
        </ActionButton>
      ) : null}
    </div>
  )
}

/** Another stay of hers that an establishment told at these days: the same, or not. */
function SameStay({ stay, told }: { readonly stay: StayLine; readonly told: StayLine['beside'][number] }): ReactNode {
  const settle = useAction(settleStay, stayTargetOf(stay))
  return (
    <Notice tone="warning" icon={IconBuildingHospital}>
      <p style={{ margin: '0 0 8px' }}>
        {told.establishmentName} annonce une entrée le {formatDay(told.startsOn)}. Est-ce le même séjour ?
      </p>
      <div className="row wrap">
        <ActionButton small action={settle} input={{ id: stay.id, toldId: told.id, same: true }}>
          C’est le même
        </ActionButton>
        <ActionButton small quiet action={settle} input={{ id: stay.id, toldId: told.id, same: false }}>
          C’en est un autre
        </ActionButton>
      </div>
    </Notice>
  )
}
