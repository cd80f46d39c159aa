import './agenda.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconBeach, IconCalendarEvent, IconChevronLeft, IconChevronRight, IconDeviceMobile, IconPlus, IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { addDays } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatDayOf, formatLongDay, formatSpan, today } from '../../platform/web/text/dates.ts'
import { capital, plural } from '../../platform/web/text/typography.ts'
import { ofATeam } from '../contract/access.ts'
import { myAgenda, type Occurrence, teamAgenda } from '../contract/queries.ts'
import type { StayLine } from '../contract/stay.ts'
import { AbsenceForm } from './AbsenceForm.tsx'
import { AgendaList } from './AgendaList.tsx'
import { BookingForm } from './BookingForm.tsx'
import { CalendarGrid } from './CalendarGrid.tsx'
import { CalendarsForm } from './CalendarsForm.tsx'
import { mondayOf } from './grid.ts'
import { OccurrenceDrawer } from './OccurrenceDrawer.tsx'
import { headWords, hintWords } from './occurrence-words.ts'
import { StayDrawer } from './StayDrawer.tsx'
import { withHospital } from './stay-words.ts'
import { TeamCalendar } from './TeamCalendar.tsx'
import { TeamFourWeeks } from './TeamFourWeeks.tsx'
import { useMove } from './use-move.tsx'

const views = ['semaine', 'jour', 'liste'] as const
type View = (typeof views)[number]
const teamViews = [
  { value: 'semaine', label: 'Semaine' },
  { value: 'quatre-semaines', label: 'Quatre semaines' },
] as const

/** « Mon agenda » and the calendar of the team: week, day or list; by the mouse, by the keyboard, by the thumb. */
export function AgendaPage(): ReactNode {
  const actor = useActor()
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false }) ?? false
  const { filters, setFilter } = useUrlFilters({ vue: 'code', jour: 'day', qui: 'code', agendas: 'code' })
  const now = today()
  const day = filters.jour ?? now
  const view: View = views.find((one) => one === filters.vue) ?? (narrow ? 'liste' : 'semaine')
  const teamOpen = ofATeam(actor).allowed
  const team = filters.qui === 'equipe' && teamOpen
  const fourWeeks = team && filters.vue === 'quatre-semaines'
  const span = team ? (fourWeeks ? 28 : 7) : { semaine: 7, jour: 1, liste: 14 }[view]
  const from = team || view === 'semaine' ? mondayOf(day) : day
  const days = Array.from({ length: span }, (_, index) => addDays(from, index))
  const to = days.at(-1) as string
  const mine = useJalonQuery(myAgenda, { from, to }, { keepPrevious: true, enabled: !team })
  const ours = useJalonQuery(teamAgenda, { from, to }, { keepPrevious: true, enabled: team })
  useEvents(['agenda.*', 'territory.absence.recorded', 'territory.absence.cancelled'])
  const [booking, setBooking] = useState<string | null>(null)
  const [away, setAway] = useState(false)
  const [outside, setOutside] = useState(filters.agendas !== undefined)
  const [open, setOpen] = useState<Occurrence | null>(null)
  const [stay, setStay] = useState<StayLine | null>(null)
  const { move, canMove, question } = useMove()
  const label = useValueLabels()
  const rows = team ? ours.data?.rows : mine.data?.rows
  const stays = team ? ours.data?.stays : mine.data?.stays
  const hints = useMemo(
    () =>
      team
        ? withHospital(ours.data?.rows ?? [])
        : withHospital(
            mine.data?.rows ?? [],
            hintWords(mine.data?.rows ?? [], (one) => headWords(one, label('agenda.appointment_kind', one.kind))),
          ),
    [team, ours.data, mine.data, label],
  )
  const waiting = mine.data?.waiting ?? []
  // What is open stays open when the list no longer holds it: moved to another week, answered, cancelled.
  const opened = open === null ? undefined : ([...(rows ?? []), ...waiting].find((one) => one.id === open.id) ?? open)
  const go = (by: number): void => setFilter('jour', addDays(day, by * span))
  useKey('r', () => setBooking(`${day < now ? now : day}T09:00`), 'Nouveau rendez-vous (ou N dans le calendrier)')
  useKey('t', () => setFilter('jour', null), 'Revenir à aujourd’hui')
  useKey('PageUp', () => go(-1), 'Reculer')
  useKey('PageDown', () => go(1), 'Avancer')
  useKey('s', () => setFilter('vue', 'semaine'), 'Voir la semaine')
  useKey('j', () => setFilter('vue', 'jour'), 'Voir le jour')
  useKey('l', () => setFilter('vue', 'liste'), 'Voir la liste')
  useKey('q', () => setFilter('vue', 'quatre-semaines'), 'Voir quatre semaines de l’équipe', team)
  const title = view === 'jour' && !team ? capital(formatLongDay(day)) : formatSpan(from, to)
  const openIt = (one: Occurrence): void => setOpen(one)
  return (
    <Page title={team ? 'Calendrier de l’équipe' : 'Mon agenda'} hiddenHeading>
      <Bar
        end={
          <>
            {team ? null : (
              <Button small icon={IconDeviceMobile} onClick={() => setOutside(true)}>
                Autres agendas
              </Button>
            )}
            <Button small icon={IconBeach} onClick={() => setAway(true)}>
              Absence
            </Button>
            {team || narrow ? null : (
              <ButtonLink small icon={IconPrinter} to="/agenda/semaine" search={{ jour: from } as never}>
                Imprimer
              </ButtonLink>
            )}
            <Button small main icon={IconPlus} keys="r" onClick={() => setBooking(`${day < now ? now : day}T09:00`)}>
              Rendez-vous
            </Button>
          </>
        }
      >
        {teamOpen ? (
          <Segmented
            name="qui"
            label="Agenda"
            value={team ? 'equipe' : 'moi'}
            options={[
              { value: 'moi', label: 'Moi' },
              { value: 'equipe', label: 'Équipe' },
            ]}
            onChange={(value) => setFilter('qui', value === 'moi' ? null : value)}
          />
        ) : null}
        {team ? (
          <Segmented
            name="vue"
            label="Vue"
            value={fourWeeks ? 'quatre-semaines' : 'semaine'}
            options={teamViews}
            onChange={(value) => setFilter('vue', value)}
          />
        ) : (
          <Segmented
            name="vue"
            label="Vue"
            value={view}
            options={views.map((one) => ({ value: one, label: capital(one) }))}
            onChange={(value) => setFilter('vue', value)}
          />
        )}
        <span className="agenda-nav">
          <Button small quiet iconOnly icon={IconChevronLeft} label="Reculer" onClick={() => go(-1)} />
          <Button small quiet onClick={() => setFilter('jour', null)}>
            Aujourd’hui
          </Button>
          <Button small quiet iconOnly icon={IconChevronRight} label="Avancer" onClick={() => go(1)} />
          <b aria-live="polite">{title}</b>
        </span>
      </Bar>
      <ScrollRegion label={title} className="scroll agenda-body">
        {!team && waiting.length > 0 ? <Waiting waiting={waiting} onOpen={openIt} /> : null}
        {team ? (
          <QueryState query={ours}>
            {(data) =>
              fourWeeks ? (
                <TeamFourWeeks
                  key={from}
                  data={data}
                  days={days}
                  onStay={setStay}
                  onDay={(one) => {
                    setFilter('jour', one)
                    setFilter('vue', 'semaine')
                  }}
                />
              ) : (
                <TeamCalendar data={data} days={days} onOpen={openIt} onBook={setBooking} onStay={setStay} />
              )
            }
          </QueryState>
        ) : (
          <QueryState query={mine}>
            {(data) =>
              view === 'liste' ? (
                data.rows.length + data.busy.length + data.absences.length + data.stays.length === 0 ? (
                  <EmptyState icon={IconCalendarEvent} title="Rien dans ces deux semaines">
                    Prenez un rendez-vous avec R, ou depuis l’agenda d’une personne.
                  </EmptyState>
                ) : (
                  <AgendaList
                    rows={data.rows}
                    busy={data.busy}
                    absences={data.absences}
                    stays={data.stays}
                    onStay={setStay}
                    today={data.today}
                    from={from}
                    hints={hints}
                    onOpen={openIt}
                  />
                )
              ) : (
                <CalendarGrid
                  days={days}
                  today={data.today}
                  rows={data.rows}
                  busy={data.busy}
                  absences={data.absences}
                  stays={data.stays}
                  onStay={setStay}
                  hints={hints}
                  onOpen={openIt}
                  onMove={move}
                  onBook={setBooking}
                  canMove={canMove}
                  onDay={(one) => {
                    setFilter('jour', one)
                    setFilter('vue', 'jour')
                  }}
                />
              )
            }
          </QueryState>
        )}
      </ScrollRegion>
      {booking === null ? null : <BookingForm at={booking} onClose={() => setBooking(null)} />}
      {away ? <AbsenceForm day={day} absences={(team ? ours.data?.absences : mine.data?.absences) ?? []} onClose={() => setAway(false)} /> : null}
      {outside ? (
        <CalendarsForm
          back={filters.agendas}
          onClose={() => {
            setOutside(false)
            if (filters.agendas !== undefined) setFilter('agendas', null)
          }}
        />
      ) : null}
      {opened === undefined ? null : <OccurrenceDrawer key={opened.id} one={opened} hint={hints.get(opened.id)} onMove={move} onClose={() => setOpen(null)} />}
      {stay === null ? null : <StayDrawer key={stay.id} stay={stays?.find((one) => one.id === stay.id) ?? stay} onClose={() => setStay(null)} />}
      {question}
    </Page>
  )
}

/** Invitations without my answer, before everything else. */
function Waiting(props: { readonly waiting: readonly Occurrence[]; readonly onOpen: (one: Occurrence) => void }): ReactNode {
  const label = useValueLabels()
  return (
    <section className="agenda-waiting" aria-label="Invitations">
      <b>{plural(props.waiting.length, 'invitation attend', 'invitations attendent')} votre réponse</b>
      <ul>
        {props.waiting.slice(0, 4).map((one) => (
          <li key={one.id}>
            <button type="button" className="linklike" onClick={() => props.onOpen(one)}>
              {formatDayOf(one.startsAt).slice(0, 5)} {headWords(one, label('agenda.appointment_kind', one.kind))}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
