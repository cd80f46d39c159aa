import { IconPlus, IconTimelineEvent } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { AppointmentsAhead } from '../../../agenda/web/AppointmentsAhead.tsx'
import { NextAppointments } from '../../../agenda/web/NextAppointments.tsx'
import { latestScores } from '../../../assessments/contract/queries.ts'
import { planSummary } from '../../../care-plans/contract/queries.ts'
import { circle } from '../../../care-team/contract/queries.ts'
import { carriesEpisode } from '../../../episodes/contract/episode.ts'
import { fileSynthesis } from '../../../episodes/contract/queries.ts'
import { FollowUpCall } from '../../../episodes/web/FollowUpCall.tsx'
import { TaskForm } from '../../../episodes/web/TaskForm.tsx'
import { TaskList } from '../../../episodes/web/TaskList.tsx'
import { WhereWeStand } from '../../../episodes/web/WhereWeStand.tsx'
import { markAllRead, recordVisit } from '../../../liaison/contract/actions.ts'
import { fileNews } from '../../../liaison/contract/queries.ts'
import { AlertState } from '../../../liaison/web/AlertState.tsx'
import { Composer } from '../../../liaison/web/Composer.tsx'
import { FilLine } from '../../../liaison/web/FilLine.tsx'
import { useKeptLines } from '../../../liaison/web/kept-lines.ts'
import { MeasuresInBrief } from '../../../liaison/web/MeasuresInBrief.tsx'
import { hiddenItems } from '../../../persons/contract/access-queries.ts'
import { personHeader } from '../../../persons/contract/queries.ts'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import { ageOn, dayOf, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { EmptyState, HiddenLines, HiddenNotice, NewsBar } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Timeline } from '../../../platform/web/display/Timeline.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { displayZone, today } from '../../../platform/web/text/dates.ts'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { CallLink } from './FileActions.tsx'
import { PlanInBrief, ScoresInBrief, SilenceBand, WhatMatters } from './SynthesisParts.tsx'

/** Synthèse: where we are, what changed since my last visit, what comes and whom to call. */
export function SynthesisTab(props: { readonly personId: PersonId }): ReactNode {
  const { personId } = props
  const actor = useActor()
  const synthesis = useJalonQuery(fileSynthesis, { personId })
  const news = useJalonQuery(fileNews, { personId })
  const header = useJalonQuery(personHeader, { personId })
  // The front desk reads identities and contacts: evaluations and plans are not asked for in her name.
  const beyondDesk = actor.volets.some((volet) => volet !== 'administrative')
  const scores = useJalonQuery(latestScores, { personId }, { enabled: beyondDesk })
  const plan = useJalonQuery(planSummary, { personId }, { enabled: beyondDesk })
  const around = useJalonQuery(circle, { personId })
  const invalidate = useInvalidate()
  const visit = useAction(recordVisit, undefined)
  const [waiting, setWaiting] = useState(0)
  const { run } = visit
  useEffect(() => void run({ personId }), [run, personId])
  useEvents(['liaison.note.written', 'liaison.alert.*', 'episodes.*', 'assessments.*', 'carePlans.*', 'careTeam.*'], (event) => {
    if (event.personId !== personId || event['authorId'] === actor.userId) return
    if (event.type === 'liaison.note.written') setWaiting((before) => before + 1)
    else void invalidate(event.type.slice(0, event.type.indexOf('.')))
  })
  useEvents(['persons.timeline.marked'], (event) => (event.personId === personId ? void invalidate('liaison') : undefined))
  const episode = synthesis.data?.episode ?? null
  const staff = isDacStaff(actor)
  return (
    <Columns kind="file" drawerLabel="À venir">
      <SideColumn side="left" label="Où en est-on">
        {synthesis.error && !synthesis.data ? <ErrorState error={synthesis.error} onRetry={() => void synthesis.refetch()} /> : null}
        {synthesis.data === undefined && !synthesis.error ? <Waiting /> : null}
        {episode !== null ? <WhereWeStand episode={episode} mayChange={carriesEpisode(actor, episode).allowed} Ahead={AppointmentsAhead} /> : null}
        {synthesis.data && episode === null ? (
          <Section title="Où en est-on">
            <p className="small mut">Aucun accompagnement ouvert. Il s’ouvre en commission d’orientation, à partir d’une demande.</p>
          </Section>
        ) : null}
        <WhatMatters summary={plan.data?.plan ?? null} />
        {beyondDesk ? (
          <ScoresInBrief personId={personId} rows={scores.data?.rows} />
        ) : (
          <HiddenNotice reason="Évaluations et PPCS se lisent par ceux qui accompagnent." />
        )}
        {news.data?.openVolets.includes('health') ? <MeasuresInBrief personId={personId} openVolets={news.data.openVolets} /> : null}
      </SideColumn>
      <CenterColumn
        label="Depuis votre visite"
        head={
          <NewsBar
            count={waiting}
            onShow={() => {
              setWaiting(0)
              void invalidate('liaison')
            }}
          />
        }
        foot={
          news.data ? (
            <Composer
              personId={personId}
              openVolets={news.data.openVolets}
              readers={news.data.readers}
              calendar={news.data.calendar}
              who={
                header.data
                  ? `${formatPersonName(header.data.person)}${header.data.person.birthDay ? `, ${ageOn(header.data.person.birthDay, today())} ans` : ''}`
                  : null
              }
              silence={header.data ? <SilenceBand silences={header.data.sharing.silences} /> : null}
              beside={<CallLink phone={header.data?.phone ?? null} />}
            />
          ) : null
        }
      >
        <News personId={personId} news={news} />
      </CenterColumn>
      <SideColumn side="right" label="À venir">
        <Section
          title="À venir"
          end={
            <Link to="/personnes/$personId/agenda" params={{ personId } as never}>
              Agenda
            </Link>
          }
        >
          <NextAppointments personId={personId} />
        </Section>
        {staff && synthesis.data ? (
          <Tasks personId={personId} tasks={synthesis.data.tasks} openVolets={news.data?.openVolets ?? []} canRecord={actor.serviceId === episode?.holderOrg} />
        ) : null}
        {beyondDesk ? <PlanInBrief personId={personId} summary={plan.data?.plan} /> : null}
        <WhomToCall personId={personId} around={around.data} />
      </SideColumn>
    </Columns>
  )
}

function News({ personId, news }: { readonly personId: PersonId; readonly news: ReturnType<typeof useJalonQuery<typeof fileNews>> }): ReactNode {
  const markAll = useAction(markAllRead, undefined)
  const hidden = useJalonQuery(hiddenItems, { personId })
  const invalidate = useInvalidate()
  const { data } = news
  const { lines, clear } = useKeptLines(data?.rows, personId, data?.openVolets)
  if (data === undefined) return news.error ? <ErrorState error={news.error} onRetry={() => void news.refetch()} /> : <Waiting />
  const readAll = async (): Promise<void> => {
    if ((await markAll.run({ itemIds: data.unreadIds })) === null) return
    await invalidate('liaison')
    clear()
  }
  const all = (
    <Link to="/personnes/$personId/fil" params={{ personId } as never}>
      Tout le fil
    </Link>
  )
  return (
    <>
      {data.alerts.map((alert) => (
        <AlertState key={alert.id} alert={alert} titled />
      ))}
      <Section
        title={
          data.unread > 0
            ? data.since === null
              ? 'Nouveau pour vous'
              : `Depuis votre visite du ${formatDay(dayOf(data.since, displayZone())).slice(0, 5)}`
            : 'Derniers éléments'
        }
        count={data.unread > 0 ? plural(data.unread, 'nouveauté') : 'rien de nouveau'}
        end={all}
      >
        {lines.length === 0 ? (
          <EmptyState icon={IconTimelineEvent} title="Rien d’écrit encore">
            La première note s’écrit ci-dessous.
          </EmptyState>
        ) : (
          <Timeline label="Derniers éléments du fil">
            {lines.map((line) => (
              <FilLine key={line.id} line={line} />
            ))}
          </Timeline>
        )}
      </Section>
      {data.unread > 0 ? (
        <p>
          <button type="button" className="linklike small" onClick={() => void readAll()}>
            Tout marquer comme lu
          </button>
        </p>
      ) : null}
      <HiddenLines lines={(hidden.data?.rows ?? []).map(({ text }) => text)} />
    </>
  )
}

/** Tasks shown at first: the next dates, the PPCS and whom to call stay in sight. */
const shownTasks = 2

function Tasks(props: {
  readonly personId: PersonId
  readonly tasks: Parameters<typeof TaskList>[0]['tasks']
  readonly openVolets: Parameters<typeof FollowUpCall>[0]['openVolets']
  readonly canRecord: boolean
}): ReactNode {
  const [open, setOpen] = useState<'task' | 'call' | null>(null)
  const [all, setAll] = useState(false)
  useKey('s', () => setOpen('call'), 'Noter un appel, une visite', props.canRecord)
  return (
    <Section
      title="À faire"
      end={
        <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setOpen('task')}>
          <IconPlus className="ic ic--s" stroke={1.75} />
          Ajouter
        </button>
      }
    >
      {props.tasks.length === 0 ? (
        <p className="small mut">Aucune tâche.</p>
      ) : (
        <TaskList tasks={all ? props.tasks : props.tasks.slice(0, shownTasks)} showPerson={false} label="À faire" />
      )}
      {props.tasks.length > shownTasks || props.canRecord ? (
        <div className="row sp" style={{ marginTop: 4 }}>
          {props.tasks.length > shownTasks ? (
            <button type="button" className="linklike small" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Montrer moins' : plural(props.tasks.length - shownTasks, 'autre tâche', 'autres tâches')}
            </button>
          ) : (
            <span />
          )}
          {props.canRecord ? (
            <button type="button" className="linklike small" onClick={() => setOpen('call')}>
              Noter un appel <Keys k="S" />
            </button>
          ) : null}
        </div>
      ) : null}
      {open === 'task' ? <TaskForm personId={props.personId} onClose={() => setOpen(null)} /> : null}
      {open === 'call' ? <FollowUpCall personId={props.personId} openVolets={props.openVolets} onClose={() => setOpen(null)} /> : null}
    </Section>
  )
}

type Circle = ReturnType<typeof useJalonQuery<typeof circle>>['data']

function WhomToCall({ personId, around }: { readonly personId: PersonId; readonly around: Circle }): ReactNode {
  const label = useValueLabels()
  const members = (around?.members ?? []).filter((one) => one.current)
  const first = members
    .filter((one) => one.phone !== null)
    .sort((a, b) => (a.callOrder ?? 99) - (b.callOrder ?? 99))
    .slice(0, 4)
  return (
    <Section
      title="Qui appeler"
      end={
        <Link to="/personnes/$personId/cercle" params={{ personId } as never}>
          Cercle{members.length > 0 ? `, ${members.length}` : ''}
        </Link>
      }
    >
      {around === undefined ? (
        <Waiting label="Lecture du cercle" />
      ) : first.length === 0 ? (
        <p className="small mut">Aucun numéro dans le cercle.</p>
      ) : (
        <ul className="lines">
          {first.map((one) => (
            <li key={one.id} className="row">
              <span className="grow cut">
                <b>{one.name}</b>{' '}
                <span className="small mut">{(one.roles[0] === undefined ? '' : label('care_team.role', one.roles[0].role)).toLocaleLowerCase('fr-FR')}</span>
              </span>
              <a className="small nw" href={dial(one.phone ?? '')}>
                {formatPhone(one.phone ?? '')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
