import './file.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { HospitalWeek } from '../../../agenda/web/HospitalWeek.tsx'
import { PersonAgenda } from '../../../agenda/web/PersonAgenda.tsx'
import { planSummary } from '../../../care-plans/contract/queries.ts'
import { circle } from '../../../care-team/contract/queries.ts'
import { dayNames, daysFrom, inOrder, slotWords } from '../../../care-team/web/week/slots.ts'
import { fileSynthesis } from '../../../episodes/contract/queries.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { capital } from '../../../platform/web/text/typography.ts'
import { type DatedThing, datesOf } from './dates-ahead.ts'

/** The shared agenda; beside it, every date that the file already knows, and who passes in a usual week. */
export function AgendaTab({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  // The front desk reads identities and contacts: plans are not asked for in her name.
  const beyondDesk = actor.volets.some((volet) => volet !== 'administrative')
  const synthesis = useJalonQuery(fileSynthesis, { personId })
  const plan = useJalonQuery(planSummary, { personId }, { enabled: beyondDesk })
  const around = useJalonQuery(circle, { personId })
  useEvents(['episodes.*', 'carePlans.*', 'careTeam.*'])
  return (
    <Columns kind="two" drawerLabel="Échéances">
      <CenterColumn label="Agenda">
        <PersonAgenda personId={personId} />
      </CenterColumn>
      <SideColumn side="right" label="Échéances et semaine">
        <QueryState query={synthesis}>
          {(data) => (
            <Ahead
              personId={personId}
              dates={datesOf({ tasks: data.tasks, episode: data.episode, plan: plan.data?.plan ?? null, today: around.data?.today })}
            />
          )}
        </QueryState>
        <Section
          title="Qui passe cette semaine"
          end={
            <Link to="/personnes/$personId/cercle" params={{ personId } as never}>
              Cercle
            </Link>
          }
        >
          <HospitalWeek personId={personId} />
          <QueryState query={around}>
            {(data) => {
              const days = daysFrom(data.monday)
              const coming = data.members.filter((member) => member.current && member.week.length > 0)
              if (coming.length === 0) return <p className="small mut">Aucun passage noté dans le cercle.</p>
              return (
                <ul className="lines">
                  {dayNames.map((name, index) => {
                    const passing = coming.flatMap((member) => inOrder(member.week, index + 1).map((slot) => ({ member, slot })))
                    return (
                      <li key={name} className={days[index] === data.today ? 'agenda-day agenda-day--today' : 'agenda-day'}>
                        <b>
                          {capital(name)}
                          <span className="vh">{days[index] === data.today ? ', aujourd’hui' : ''}</span>
                        </b>
                        <span>
                          {passing.length === 0
                            ? '–'
                            : passing
                                .sort((a, b) => (a.slot.at ?? '99').localeCompare(b.slot.at ?? '99'))
                                .map(({ member, slot }) => (
                                  <span key={`${member.id}${slot.at}${slot.label}`} className={slot.state === 'nobody' ? 't-alert semi' : undefined}>
                                    {slotWords(slot)} <span className="small mut">{member.name}</span>
                                  </span>
                                ))}
                        </span>
                      </li>
                    )
                  })}
                </ul>
              )
            }}
          </QueryState>
        </Section>
      </SideColumn>
    </Columns>
  )
}

function Ahead(props: { readonly personId: PersonId; readonly dates: ReturnType<typeof datesOf> }): ReactNode {
  const { dates, personId } = props
  if (dates.every(({ things }) => things.length === 0))
    return (
      <Section title="Échéances">
        <p className="small mut">Aucune. Les tâches, les échéances du PPCS et sa révision s’inscrivent ici d’elles-mêmes.</p>
      </Section>
    )
  return dates
    .filter(({ things }) => things.length > 0)
    .map(({ title, things }) => (
      <Section key={title} title={title}>
        <ol className="lines">
          {things.map((thing) => (
            <Line key={`${thing.kind}${thing.on}${thing.title}`} thing={thing} personId={personId} late={title === 'En retard'} />
          ))}
        </ol>
      </Section>
    ))
}

const from: Readonly<Record<DatedThing['kind'], { readonly to: string; readonly word: string }>> = {
  task: { to: '/personnes/$personId', word: 'tâche' },
  plan: { to: '/personnes/$personId/ppcs', word: 'PPCS' },
  episode: { to: '/personnes/$personId', word: 'accompagnement' },
}

function Line(props: { readonly thing: DatedThing; readonly personId: PersonId; readonly late: boolean }): ReactNode {
  const { thing, personId, late } = props
  return (
    <li className="row row--top">
      <span className={late ? 'agenda-date t-alert semi' : 'agenda-date semi'}>
        {formatDay(thing.on)}
        {thing.time ? ` ${Number(thing.time.slice(0, 2))}\u00a0h\u00a0${thing.time.slice(3, 5)}` : ''}
      </span>
      <span className="grow">
        {thing.title}
        {thing.who ? <span className="small mut"> {thing.who}</span> : null}
      </span>
      <Link className="small nw" to={from[thing.kind].to as never} params={{ personId } as never}>
        {from[thing.kind].word}
        <span className="vh"> : {thing.title}</span>
      </Link>
    </li>
  )
}
