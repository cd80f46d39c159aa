import { IconAlertTriangle, IconBuildingHospital, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { displayZone, formatHour, formatLongDay } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import type { Absence, Busy, Occurrence } from '../contract/queries.ts'
import type { StayLine } from '../contract/stay.ts'
import { headWords, hoursWords, iconOf, placeWords } from './occurrence-words.ts'
import { exitWords, stayTitle } from './stay-words.ts'

/** Day after day, one line each: the twin of the grid, and what a telephone shows. */
export function AgendaList(props: {
  readonly rows: readonly Occurrence[]
  readonly busy?: readonly Busy[] | undefined
  readonly absences?: readonly Absence[] | undefined
  readonly stays?: readonly StayLine[] | undefined
  readonly onStay?: ((stay: StayLine) => void) | undefined
  readonly today: string
  readonly from: string
  readonly hints?: ReadonlyMap<string, string> | undefined
  readonly onOpen: (one: Occurrence) => void
  readonly ofOnePerson?: boolean | undefined
}): ReactNode {
  const zone = displayZone()
  const dayOfOne = (instant: string): string => {
    const day = dayOf(instant, zone)
    return day < props.from ? props.from : day
  }
  const stayDay = ({ startsOn }: StayLine): string => (startsOn < props.from ? props.from : startsOn)
  const timed = [...props.rows, ...(props.busy ?? []), ...(props.absences ?? [])].map(({ startsAt }) => dayOfOne(startsAt))
  const days = [...new Set([...timed, ...(props.stays ?? []).map(stayDay)])].sort()
  return (
    <div className="agenda-list">
      {days.map((day) => (
        <section key={day} aria-label={formatLongDay(day)}>
          <h2 className={day === props.today ? 'agenda-list__today' : undefined}>
            {capital(formatLongDay(day))}
            {day === props.today ? <span className="small"> aujourd’hui</span> : null}
          </h2>
          <ol className="lines">
            {(props.stays ?? [])
              .filter((stay) => stayDay(stay) === day)
              .map((stay) => (
                <StayLineOf key={stay.id} stay={stay} today={props.today} onOpen={(one) => props.onStay?.(one)} ofOnePerson={props.ofOnePerson} />
              ))}
            {(props.absences ?? [])
              .filter((one) => dayOfOne(one.startsAt) === day)
              .map((one) => (
                <li key={one.id} className="agenda-line">
                  <span className="agenda-line__hours">absence</span>
                  <span>
                    {hoursWords({ ...one, allDay: one.wholeDays })}
                    {one.substituteName ? <span className="mut"> · {one.substituteName} remplace</span> : null}
                  </span>
                </li>
              ))}
            {props.rows
              .filter((one) => dayOfOne(one.startsAt) === day)
              .map((one) => (
                <Line key={one.id} one={one} hint={props.hints?.get(one.id)} onOpen={props.onOpen} ofOnePerson={props.ofOnePerson} />
              ))}
            {(props.busy ?? [])
              .filter((one) => dayOfOne(one.startsAt) === day)
              .map((one) => (
                <li key={one.id} className="agenda-line">
                  <span className="agenda-line__hours">{formatHour(one.startsAt)}</span>
                  <span className="mut">
                    <Ic of={IconLock} size="s" /> Pris jusqu’à {formatHour(one.endsAt)} ; ce dossier ne vous est plus ouvert.
                  </span>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function StayLineOf(props: {
  readonly stay: StayLine
  readonly today: string
  readonly onOpen: (stay: StayLine) => void
  readonly ofOnePerson: boolean | undefined
}): ReactNode {
  const { stay } = props
  const title = stayTitle(stay, props.today)
  return (
    <li className="agenda-line agenda-line--stay">
      <span className="agenda-line__hours">séjour</span>
      <button type="button" className="agenda-line__what" onClick={() => props.onOpen(stay)}>
        <span className="agenda-line__head">
          <Ic of={IconBuildingHospital} size="s" />
          <b>{props.ofOnePerson ? title : formatCivilName(stay.person)}</b>
        </span>
        <span className="small mut">
          {[
            props.ofOnePerson ? null : title,
            stay.establishmentName,
            stay.startsOn < props.today ? `depuis le ${formatDay(stay.startsOn)}` : null,
            exitWords(stay),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
    </li>
  )
}

function Line(props: {
  readonly one: Occurrence
  readonly hint: string | undefined
  readonly onOpen: (one: Occurrence) => void
  readonly ofOnePerson: boolean | undefined
}): ReactNode {
  const { one } = props
  const label = useValueLabels()
  const kind = label('agenda.appointment_kind', one.kind)
  const head = props.ofOnePerson ? (one.title ?? kind) : headWords(one, kind)
  const mine = one.participants.find((participant) => participant.mine)
  const others = one.participants.filter((participant) => !participant.mine && participant.response !== 'declined').map(({ name }) => name)
  return (
    <li className={`agenda-line agenda-line--${one.state}`}>
      <span className="agenda-line__hours">{one.allDay ? 'journée' : formatHour(one.startsAt)}</span>
      <button type="button" className="agenda-line__what" onClick={() => props.onOpen(one)}>
        <span className="agenda-line__head">
          <Ic of={iconOf(one.kind)} size="s" />
          <b>{head}</b>
          {one.isPrivate ? <Ic of={IconLock} size="s" /> : null}
        </span>
        <span className="small mut">
          {[
            head === kind ? null : kind,
            props.ofOnePerson ? null : one.person === null ? null : one.title,
            placeWords(one),
            one.allDay ? hoursWords(one) : `jusqu’à ${formatHour(one.endsAt)}`,
            others.join(', '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {props.hint ? (
          <span className="agenda-line__hint">
            <Ic of={IconAlertTriangle} size="s" /> {props.hint}
          </span>
        ) : null}
      </button>
      <span className="agenda-line__state">
        {one.state === 'cancelled' ? <StatusPill>Annulé</StatusPill> : null}
        {one.state === 'fulfilled' ? <StatusPill tone="success">A eu lieu</StatusPill> : null}
        {one.state === 'noshow' ? <StatusPill tone="warning">Personne</StatusPill> : null}
        {mine?.response === 'needs_action' && one.state === 'booked' ? <StatusPill tone="warning">À répondre</StatusPill> : null}
      </span>
    </li>
  )
}
