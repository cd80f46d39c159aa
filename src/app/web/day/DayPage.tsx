import './day.css'
import { IconBellCheck, IconInbox, IconMailOpened, IconPlus, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { agendaDay } from '../../../agenda/contract/queries.ts'
import { AppointmentOfTomorrow, type DayAppointment } from '../../../agenda/web/AppointmentOfDay.tsx'
import { day } from '../../../episodes/contract/queries.ts'
import { StoodIn } from '../../../episodes/web/StoodIn.tsx'
import { DaySequences } from '../../../episodes/web/sequences/DaySequences.tsx'
import { TaskForm } from '../../../episodes/web/TaskForm.tsx'
import { TaskList } from '../../../episodes/web/TaskList.tsx'
import { WakeUpList } from '../../../episodes/web/WakeUpList.tsx'
import { requestQueue } from '../../../intake/contract/queries.ts'
import { markAllRead, recordVisit } from '../../../liaison/contract/actions.ts'
import { dayNews } from '../../../liaison/contract/queries.ts'
import { AlertList } from '../../../liaison/web/AlertList.tsx'
import { NewsList } from '../../../liaison/web/NewsList.tsx'
import { DueReferrals } from '../../../persons/web/doctor/DueReferrals.tsx'
import { addDays, dayOf } from '../../../platform/contract/dates.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { displayZone, formatLongDay, formatWhen, today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { capital, plural } from '../../../platform/web/text/typography.ts'
import { DayAgenda, hourWords, isMeetingOn } from './DayAgenda.tsx'
import { DayRequests } from './DayRequests.tsx'
import { PlansToRevise } from './PlansToRevise.tsx'

/** « Ma journée » of a référent: what has an hour, what to take, what waits, what is new, what is due. */
export function DayPage(): ReactNode {
  const mine = useJalonQuery(day, {})
  const news = useJalonQuery(dayNews, {})
  const meetings = useJalonQuery(agendaDay, {})
  const requests = useJalonQuery(requestQueue, { view: 'mine', limit: 3 })
  const visit = useAction(recordVisit, null)
  const { run } = visit
  useEffect(() => void run({ personId: null }), [run])
  const invalidate = useInvalidate()
  useEvents(
    ['agenda.*', 'liaison.*', 'episodes.*', 'intake.*', 'persons.sight.ended', 'territory.absence.*'],
    (event) => void invalidate(...queriesTouchedBy(event.type)),
  )
  const data = mine.data
  const visits =
    (data?.tasks.filter((task) => task.dueOn === today() && task.dueTime !== null && task.kind === 'plan_visit').length ?? 0) +
    (meetings.data?.rows.filter((one) => one.placeKind === 'home' && dayOf(one.startsAt, displayZone()) === today()).length ?? 0)
  return (
    <Page title="Ma journée" hiddenHeading>
      <Columns kind="day" drawerLabel="Tâches">
        <SideColumn side="left" label="Agenda du jour">
          <div>
            <h1>{capital(formatLongDay(today()))}</h1>
            {data ? (
              <p className="small mut" style={{ margin: '2px 0 0' }}>
                {visits > 0 ? `${plural(visits, 'visite')} · ` : ''}
                <Link to="/mes-situations">{plural(data.followed, 'situation suivie', 'situations suivies')}</Link>
                {data.dormant > 0 ? ` · ${data.dormant} en veille` : ''}
              </p>
            ) : null}
          </div>
          {mine.error && !data ? (
            <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />
          ) : data ? (
            <DayAgenda tasks={data.tasks} appointments={meetings.data?.rows ?? []} />
          ) : (
            <Waiting />
          )}
          {data &&
          meetings.data?.rows.every((one) => dayOf(one.startsAt, displayZone()) > today()) &&
          !data.tasks.some((task) => task.dueOn === today() && task.dueTime !== null) ? (
            <p className="small mut">
              Rien n’a d’heure aujourd’hui. Vos rendez-vous et les tâches qui ont une heure se voient ici. <Link to="/agenda">Agenda</Link>
            </p>
          ) : null}
          {meetings.data && meetings.data.waiting > 0 ? (
            <p className="small">
              <Link to="/agenda">{plural(meetings.data.waiting, 'invitation attend', 'invitations attendent')} votre réponse</Link>
            </p>
          ) : null}
          {data && data.wakeUps.length > 0 ? <WakeUpList wakeUps={data.wakeUps} /> : null}
        </SideColumn>
        <CenterColumn label="À prendre" ground>
          <Alerts news={news} />
          <Requests requests={requests} />
          <News news={news} />
        </CenterColumn>
        <SideColumn side="right" label="À faire">
          <Tasks mine={mine} tomorrow={meetings.data?.rows.filter((one) => dayOf(one.startsAt, displayZone()) > today()) ?? []} />
        </SideColumn>
      </Columns>
    </Page>
  )
}

/** Only what the event touches is read again: forty colleagues work at the same time. */
function queriesTouchedBy(type: string): (typeof day | typeof dayNews | typeof requestQueue | typeof agendaDay)[] {
  if (type.startsWith('agenda.')) return [agendaDay]
  if (type.startsWith('intake.')) return [requestQueue]
  if (type.startsWith('liaison.')) return [dayNews]
  return type.startsWith('episodes.task') || type.startsWith('territory.') ? [day] : [day, dayNews]
}

function InCard(props: { readonly children: ReactNode }): ReactNode {
  return <div className="in-card">{props.children}</div>
}

type NewsQuery = ReturnType<typeof useJalonQuery<typeof dayNews>>

function Alerts({ news }: { readonly news: NewsQuery }): ReactNode {
  const alerts = news.data?.alerts
  const toTake = alerts?.filter((alert) => alert.state === 'to_take').length ?? 0
  return (
    <Card
      title="Alertes à prendre"
      flush
      badge={toTake > 0 ? <StatusPill tone="solid">{String(toTake)}</StatusPill> : null}
      end={<span className="dim">vous et votre binôme</span>}
    >
      {news.error && !alerts ? (
        <ErrorState error={news.error} onRetry={() => void news.refetch()} />
      ) : alerts === undefined ? (
        <Waiting />
      ) : alerts.length === 0 ? (
        <InCard>
          <EmptyState icon={IconBellCheck} title="Aucune alerte">
            Une note qui demande une réponse rapide arrive ici, chez vous et chez votre binôme.
          </EmptyState>
        </InCard>
      ) : (
        <AlertList alerts={alerts} />
      )}
    </Card>
  )
}

function Requests({ requests }: { readonly requests: ReturnType<typeof useJalonQuery<typeof requestQueue>> }): ReactNode {
  const { data } = requests
  return (
    <Card
      title="Demandes qui vous attendent"
      flush
      count={data && data.counts.mine > 0 ? `${data.rows.length} sur ${data.counts.all}` : undefined}
      end={<Link to="/demandes">Toute la file</Link>}
    >
      {requests.error && !data ? (
        <ErrorState error={requests.error} onRetry={() => void requests.refetch()} />
      ) : data === undefined ? (
        <Waiting />
      ) : data.rows.length === 0 ? (
        <InCard>
          <EmptyState icon={IconInbox} title="Aucune demande ne vous attend">
            {data.counts.all > 0 ? `${plural(data.counts.all, 'demande')} dans la file de l’équipe.` : 'La file de l’équipe est vide.'}
          </EmptyState>
        </InCard>
      ) : (
        <DayRequests rows={data.rows} />
      )}
    </Card>
  )
}

function News({ news }: { readonly news: NewsQuery }): ReactNode {
  const { data } = news
  const markAll = useAction(markAllRead, null)
  return (
    <Card
      title={data?.since ? `Depuis ${sinceWords(data.since)}` : 'Nouveautés'}
      flush
      count={data && data.unread > 0 ? `${plural(data.unread, 'nouveauté')} dans ${plural(data.unreadFiles, 'dossier')}` : undefined}
      end={
        data && data.unread > 0 ? (
          <button type="button" className="linklike" onClick={() => void markAll.run({ itemIds: data.unreadIds })}>
            Tout marquer comme lu
          </button>
        ) : undefined
      }
    >
      {data === undefined && news.error ? (
        <ErrorState error={news.error} onRetry={() => void news.refetch()} />
      ) : data === undefined ? (
        <Waiting />
      ) : data.news.length === 0 ? (
        <InCard>
          <EmptyState icon={IconMailOpened} title="Rien de nouveau">
            Ce que le cercle et l’équipe écrivent dans vos dossiers s’affiche ici.
          </EmptyState>
        </InCard>
      ) : (
        <>
          <NewsList news={data.news} />
          {data.unread > data.news.length ? (
            <p className="in-card">
              <Link to="/nouveautes">{plural(data.unread - data.news.length, 'autre nouveauté', 'autres nouveautés')}</Link>
            </p>
          ) : null}
        </>
      )}
    </Card>
  )
}

/** Tasks shown at first, beyond those late or for today: what is to revise and tomorrow stay in sight. */
const shownAhead = 3

/** « hier 17 h 20 », « le 02/10/2026 » */
function sinceWords(since: string): string {
  const words = formatWhen(since)
  return /^\d/.test(words) ? `le ${words}` : words
}

function Tasks({
  mine,
  tomorrow: meetings,
}: {
  readonly mine: ReturnType<typeof useJalonQuery<typeof day>>
  readonly tomorrow: readonly DayAppointment[]
}): ReactNode {
  const [adding, setAdding] = useState(false)
  const [all, setAll] = useState(false)
  const { data } = mine
  if (data === undefined) return mine.error ? <ErrorState error={mine.error} onRetry={() => void mine.refetch()} /> : <Waiting />
  const now = today()
  const listed = data.tasks.filter((task) => !isMeetingOn(task, now))
  const due = listed.filter((task) => task.dueOn !== null && task.dueOn <= now)
  const soon = [...due, ...listed.filter((task) => !due.includes(task)).slice(0, shownAhead)]
  const shown = all ? listed : soon
  const tomorrow = data.tasks.filter((task) => isMeetingOn(task, addDays(now, 1)))
  return (
    <>
      <DaySequences />
      <Section
        title="Tâches"
        count={data.totalTasks > 0 ? `${data.totalTasks} à faire${data.lateTasks > 0 ? `, dont ${data.lateTasks} en retard` : ''}` : undefined}
        end={
          <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding(true)}>
            <IconPlus className="ic ic--s" stroke={1.75} />
            Ajouter
          </button>
        }
      >
        {shown.length + data.done.length === 0 ? (
          <EmptyState icon={IconSun} title="Rien à faire">
            Les prochaines étapes que vous notez deviennent des tâches.
          </EmptyState>
        ) : (
          <TaskList tasks={[...shown, ...data.done]} />
        )}
        {listed.length > soon.length ? (
          <button type="button" className="linklike small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Les plus pressées seulement' : `${plural(listed.length - soon.length, 'autre tâche', 'autres tâches')}`}
          </button>
        ) : null}
      </Section>
      {data.untaken.length > 0 ? (
        <Section title="À prendre dans l’équipe" count={String(data.untaken.length)}>
          <TaskList tasks={data.untaken} label="Tâches de l’équipe" />
        </Section>
      ) : null}
      {data.relaunched.length > 0 ? (
        <Section title="En retard chez vos collègues" count={plural(data.relaunched.length, 'tâche relancée', 'tâches relancées')}>
          <TaskList tasks={data.relaunched} label="Tâches de collègues relancées" showAssignee />
        </Section>
      ) : null}
      {data.stoodIn.length > 0 ? <StoodIn tasks={data.stoodIn} /> : null}
      <PlansToRevise />
      <DueReferrals />
      {tomorrow.length + meetings.length > 0 ? (
        <Section title="Demain" end={<Link to="/agenda">Agenda</Link>}>
          <ul className="lines">
            {meetings.map((one) => (
              <AppointmentOfTomorrow key={one.id} one={one} />
            ))}
            {tomorrow.map((task) => (
              <li key={task.id} className="row">
                <span className="small mut nw" style={{ width: 56 }}>
                  {hourWords(String(task.dueTime))}
                </span>
                <span className="grow cut">
                  {task.person === null ? null : <b>{formatCivilName(task.person)}, </b>}
                  {task.title.toLocaleLowerCase('fr-FR')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {adding ? <TaskForm onClose={() => setAdding(false)} /> : null}
    </>
  )
}
