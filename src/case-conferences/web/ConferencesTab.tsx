import './conferences.css'
import { IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { CenterColumn, Columns, Section } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatUpcoming } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { planConference } from '../contract/actions.ts'
import { conferencesOfPerson } from '../contract/queries.ts'
import { conferenceKinds } from '../contract/value-sets.ts'
import { ConferencePill } from './ConferencePill.tsx'
import { PlanConference } from './PlanConference.tsx'
import { usePersonTarget } from './person-target.ts'

type Row = OutputOf<typeof conferencesOfPerson>['rows'][number]

/** The concertations of a person: those to come, then those held; one opens to its minutes. */
export function ConferencesTab({ personId }: { readonly personId: PersonId }): ReactNode {
  const query = useJalonQuery(conferencesOfPerson, { personId })
  const actor = useActor()
  const target = usePersonTarget(personId)
  const [planning, setPlanning] = useState(false)
  useEvents(['caseConferences.*'])
  const convenes = verdictOf(planConference, actor, target)?.allowed ?? false
  const button = (
    <Button main icon={IconUsersGroup} onClick={() => setPlanning(true)}>
      Organiser une concertation
    </Button>
  )
  return (
    <Columns kind="one">
      <CenterColumn label="Concertations">
        <QueryState query={query}>
          {({ rows, videoRoom }) => {
            const ahead = rows.filter((row) => row.state === 'planned')
            const done = rows.filter((row) => row.state !== 'planned')
            return (
              <div className="stack stack--5 conferences">
                <Section
                  title="Concertations à venir"
                  count={ahead.length > 0 ? String(ahead.length) : undefined}
                  end={convenes && rows.length > 0 ? button : undefined}
                >
                  {ahead.length === 0 ? (
                    <EmptyState icon={IconUsersGroup} title="Aucune concertation prévue" action={convenes && rows.length === 0 ? button : undefined}>
                      Les questions, les invités et le compte rendu se préparent ici, avec l’accord de la personne.
                    </EmptyState>
                  ) : (
                    <List rows={[...ahead].reverse()} />
                  )}
                </Section>
                {done.length > 0 ? (
                  <Section title="Concertations passées" count={String(done.length)}>
                    <List rows={done} />
                  </Section>
                ) : null}
                {planning ? <PlanConference personId={personId} target={target} videoRoom={videoRoom} onClose={() => setPlanning(false)} /> : null}
              </div>
            )
          }}
        </QueryState>
      </CenterColumn>
    </Columns>
  )
}

function List({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  return (
    <ul className="lines">
      {rows.map((row) => (
        <li key={row.id} className="row row--top conference">
          <div className="grow">
            <div className="row wrap" style={{ gap: 8 }}>
              <Link to="/concertations/$conferenceId" params={{ conferenceId: row.id } as never}>
                <b>
                  {labelOf(conferenceKinds, row.kind)}, {formatUpcoming(row.startsAt)}
                </b>
              </Link>
              <ConferencePill conference={row} />
            </div>
            {row.questions.map((question) => (
              <div key={question}>{question}</div>
            ))}
            <div className="small mut">
              {[
                row.state === 'planned' ? `${row.coming} sur ${row.participants} annoncés` : plural(row.present, 'présent'),
                row.decisions > 0 ? `${plural(row.decisions, 'décision')}${row.waiting > 0 ? `, ${row.waiting} sans réponse` : ''}` : null,
                row.place,
                row.videoUrl ? 'en visio' : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
            {row.cancelledBecause ? <div className="small">{row.cancelledBecause}</div> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
