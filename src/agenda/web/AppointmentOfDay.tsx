import './agenda.css'
import { IconAlertTriangle, IconCheck, IconDog, IconKey, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { ageOn } from '../../platform/contract/dates.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatHour, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import type { agendaDay } from '../contract/queries.ts'
import { OccurrenceDrawer, type Part } from './OccurrenceDrawer.tsx'
import { headWords, isRecordable, placeWords } from './occurrence-words.ts'
import { hospitalWords } from './stay-words.ts'
import { useMove } from './use-move.tsx'

export type DayAppointment = OutputOf<typeof agendaDay>['rows'][number]

/** An appointment of today on the line of the day: whom, where, what to know at the door; « Noter » once it has begun. */
export function AppointmentOfDay({ one, hour, past }: { readonly one: DayAppointment; readonly hour: string; readonly past: boolean }): ReactNode {
  const label = useValueLabels()
  const [open, setOpen] = useState<Part | null>(null)
  const { move, question } = useMove()
  const kind = label('agenda.appointment_kind', one.kind)
  const { person, safety } = one
  const inHospital = hospitalWords(one)
  const card = person !== null && !past
  const others = one.participants.filter(({ mine, response }) => !mine && response !== 'declined').map(({ name }) => name)
  const records = isRecordable(one) && one.state === 'booked' && Date.parse(one.startsAt) < Date.now()
  return (
    <li className={past ? 'past' : undefined}>
      <time>{one.allDay || hour === '00:00' ? 'journée' : formatHour(one.startsAt)}</time>
      <span className="node" />
      <div className={card ? 'ev ev--visit' : 'ev'}>
        <button type="button" className="agenda-line__what" onClick={() => setOpen('facts')}>
          <b>
            {person === null ? headWords(one, kind) : formatCivilName(person)}
            {person?.birthDay ? `, ${ageOn(person.birthDay, today())} ans` : ''}
          </b>
          <span className="small mut">
            {[person === null && one.title === null ? null : kind, person === null ? null : one.title, placeWords(one), others.join(', ')]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </button>
        {inHospital !== null && !past ? (
          <p className="agenda-line__hint small">
            <Ic of={IconAlertTriangle} size="s" /> {inHospital}
          </p>
        ) : null}
        {safety !== null && !past ? (
          <div className="agenda-door small">
            {safety.neverAlone ? (
              <span className="t-alert semi">
                <Ic of={IconUsers} size="s" /> ne pas y aller seul
              </span>
            ) : null}
            {safety.doorCode ? (
              <span>
                <Ic of={IconKey} size="s" /> code {safety.doorCode}
              </span>
            ) : null}
            {safety.animals ? (
              <span>
                <Ic of={IconDog} size="s" /> {safety.animals}
              </span>
            ) : null}
          </div>
        ) : null}
        <div className="row wrap" style={{ gap: 6 }}>
          {person !== null && !past ? (
            <Link className="small" to="/personnes/$personId" params={{ personId: person.personId } as never}>
              Dossier<span className="vh"> de {formatCivilName(person)}</span>
            </Link>
          ) : null}
          {records ? (
            <Button small icon={IconCheck} onClick={() => setOpen('record')}>
              {one.placeKind === 'home' ? 'Noter la visite' : 'Noter'}
            </Button>
          ) : null}
        </div>
        {open === null ? null : <OccurrenceDrawer one={one} part={open} hint={inHospital ?? undefined} onMove={move} onClose={() => setOpen(null)} />}
        {question}
      </div>
    </li>
  )
}

/** One line of tomorrow. */
export function AppointmentOfTomorrow({ one }: { readonly one: DayAppointment }): ReactNode {
  const label = useValueLabels()
  const kind = label('agenda.appointment_kind', one.kind)
  return (
    <li className="row">
      <span className="small mut nw" style={{ width: 56 }}>
        {one.allDay ? 'journée' : formatHour(one.startsAt)}
      </span>
      <span className="grow cut">
        {one.person === null ? (one.title ?? kind) : <b>{formatCivilName(one.person)}, </b>}
        {one.person === null ? '' : kind.toLocaleLowerCase('fr-FR')}
      </span>
    </li>
  )
}
