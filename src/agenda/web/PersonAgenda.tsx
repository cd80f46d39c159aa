import './agenda.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconBuildingHospital, IconCalendarEvent, IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { addDays, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatSpan, today } from '../../platform/web/text/dates.ts'
import { bookAppointment } from '../contract/actions.ts'
import { type Occurrence, personAgenda } from '../contract/queries.ts'
import { recordStay, type StayLine } from '../contract/stay.ts'
import { AgendaList } from './AgendaList.tsx'
import { BookingForm } from './BookingForm.tsx'
import { CalendarGrid } from './CalendarGrid.tsx'
import { mondayOf } from './grid.ts'
import { HealthSpaceLine } from './HealthSpace.tsx'
import { OccurrenceDrawer } from './OccurrenceDrawer.tsx'
import { StayDrawer } from './StayDrawer.tsx'
import { StayForm } from './StayForm.tsx'
import { withHospital } from './stay-words.ts'
import { useMove } from './use-move.tsx'
import { usePersonTarget } from './use-person-target.ts'

/** The shared agenda of a person: what her circle and the DAC plan, each in the volets that are open to her, live. */
export function PersonAgenda({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const target = usePersonTarget(personId)
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false }) ?? false
  const { filters, setFilter } = useUrlFilters({ vue: 'code', jour: 'day', nouveau: 'code' })
  const now = today()
  const day = filters.jour ?? now
  const list = filters.vue === 'liste' || (narrow && filters.vue !== 'semaine')
  const from = list ? day : mondayOf(day)
  const days = Array.from({ length: list ? 30 : 7 }, (_, index) => addDays(from, index))
  const to = days.at(-1) as string
  const query = useJalonQuery(personAgenda, { personId, from, to }, { keepPrevious: true })
  useEvents(['agenda.*'])
  const [booking, setBooking] = useState<string | null>(filters.nouveau === undefined ? null : `${now}T09:00`)
  const [open, setOpen] = useState<Occurrence | null>(null)
  const [stay, setStay] = useState<StayLine | null>(null)
  const [recording, setRecording] = useState(false)
  const { move, canMove, question } = useMove()
  const hints = useMemo(() => withHospital(query.data?.rows ?? []), [query.data])
  const records = target !== null && (verdictOf(recordStay, actor, target)?.allowed ?? false)
  const books = target !== null && (verdictOf(bookAppointment, actor, { person: target }, { volet: 'administrative', isPrivate: false })?.allowed ?? false)
  // What is open stays open when the list no longer holds it.
  const opened = open === null ? undefined : (query.data?.rows.find((one) => one.id === open.id) ?? open)
  const go = (by: number): void => setFilter('jour', addDays(day, by * (list ? 30 : 7)))
  const start = (): void => setBooking(`${day < now ? now : day}T09:00`)
  useKey('r', start, 'Nouveau rendez-vous (ou N dans le calendrier)', books)
  useKey('PageUp', () => go(-1), 'Reculer')
  useKey('PageDown', () => go(1), 'Avancer')
  useKey('t', () => setFilter('jour', null), 'Revenir à aujourd’hui')
  return (
    <>
      <div className="agenda-bar">
        <Segmented
          name="vue"
          label="Vue"
          value={list ? 'liste' : 'semaine'}
          options={[
            { value: 'semaine', label: 'Semaine' },
            { value: 'liste', label: 'Liste' },
          ]}
          onChange={(value) => setFilter('vue', value)}
        />
        <span className="agenda-nav">
          <Button small quiet iconOnly icon={IconChevronLeft} label="Reculer" onClick={() => go(-1)} />
          <Button small quiet onClick={() => setFilter('jour', null)}>
            Aujourd’hui
          </Button>
          <Button small quiet iconOnly icon={IconChevronRight} label="Avancer" onClick={() => go(1)} />
          <b aria-live="polite">{formatSpan(from, to)}</b>
        </span>
        <HealthSpaceLine personId={personId} />
        {books ? (
          <span className="end row">
            {records ? (
              <Button small icon={IconBuildingHospital} onClick={() => setRecording(true)}>
                Hospitalisation
              </Button>
            ) : null}
            <Button small main icon={IconPlus} keys="r" onClick={start}>
              Rendez-vous
            </Button>
          </span>
        ) : null}
      </div>
      <QueryState query={query}>
        {(data) =>
          list && data.rows.length + data.stays.length === 0 ? (
            <EmptyState icon={IconCalendarEvent} title="Aucun rendez-vous dans ces trente jours">
              {data.nextOn
                ? `Le prochain est le ${formatDay(data.nextOn)}.`
                : 'Visites, soins, transports et répit pris par le cercle s’inscrivent ici, pour tous ceux qui en voient le volet.'}
            </EmptyState>
          ) : list ? (
            <AgendaList rows={data.rows} stays={data.stays} onStay={setStay} hints={hints} today={data.today} from={from} onOpen={setOpen} ofOnePerson />
          ) : (
            <>
              <CalendarGrid
                days={days}
                today={data.today}
                rows={data.rows}
                stays={data.stays}
                onStay={setStay}
                hints={hints}
                onOpen={setOpen}
                onMove={move}
                onBook={books ? setBooking : () => undefined}
                canMove={canMove}
                ofOnePerson
              />
              {data.rows.length === 0 && data.nextOn ? (
                <p className="small mut">
                  Rien cette semaine. Le prochain rendez-vous est le{' '}
                  <button type="button" className="linklike" onClick={() => setFilter('jour', data.nextOn)}>
                    {formatDay(data.nextOn)}
                  </button>
                  .
                </p>
              ) : null}
            </>
          )
        }
      </QueryState>
      {booking === null ? null : (
        <BookingForm
          personId={personId}
          at={booking}
          onClose={() => {
            setBooking(null)
            if (filters.nouveau !== undefined) setFilter('nouveau', null)
          }}
        />
      )}
      {opened === undefined ? null : (
        <OccurrenceDrawer key={opened.id} one={opened} hint={hints.get(opened.id)} onMove={move} onClose={() => setOpen(null)} ofOnePerson />
      )}
      {stay === null ? null : (
        <StayDrawer key={stay.id} stay={query.data?.stays.find((one) => one.id === stay.id) ?? stay} onClose={() => setStay(null)} ofOnePerson />
      )}
      {recording ? <StayForm personId={personId} on={day < now ? now : day} onClose={() => setRecording(false)} /> : null}
      {question}
    </>
  )
}
