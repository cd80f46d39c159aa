import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { episodeHistory } from '../contract/queries.ts'
import { levels } from '../contract/value-sets.ts'
import { Activities } from './Activities.tsx'

const roles = { referent: 'Référent', binome: 'Binôme', handing_over: 'Passage de relais' } as const

/** « du 02/06/2026 au 14/10/2026 », « depuis le 15/10/2026 » */
function period(startsOn: string, endsOn: string | null): string {
  return endsOn === null ? `depuis le ${formatDay(startsOn)}` : `du ${formatDay(startsOn)} au ${formatDay(endsOn)}`
}

/** Levels, référents and closures of an accompaniment, the last first. */
export function EpisodeHistory(props: { readonly episodeId: EpisodeId; readonly personId: PersonId }): ReactNode {
  const query = useJalonQuery(episodeHistory, { id: props.episodeId })
  const label = useValueLabels()
  return (
    <QueryState query={query}>
      {(data) => (
        <div className="stack stack--4">
          <Section title="Niveaux">
            <dl className="history">
              {data.levels.map((one) => (
                <div key={`${one.startsOn}${one.level}`} style={{ display: 'contents' }}>
                  <dt>{period(one.startsOn, one.endsOn)}</dt>
                  <dd>
                    {labelOf(levels, one.level)}
                    {one.reason ? <span className="mut"> · {one.reason}</span> : null}
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
          <Section title="Référents et binômes">
            <dl className="history">
              {data.assignments.map((one) => (
                <div key={`${one.startsOn}${one.userId}${one.role}`} style={{ display: 'contents' }}>
                  <dt>{period(one.startsOn, one.endsOn)}</dt>
                  <dd>
                    {one.name} <span className="mut">· {roles[one.role].toLowerCase()}</span>
                    {one.reason ? <span className="mut"> · {label('episodes.referent_change_reason', one.reason)}</span> : null}
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
          <Activities personId={props.personId} />
          {data.closures.length === 0 ? null : (
            <Section title="Clôtures">
              <dl className="history">
                {data.closures.map((one) => (
                  <div key={`${one.closedOn}${one.reopenedOn ?? ''}`} style={{ display: 'contents' }}>
                    <dt>{formatDay(one.closedOn)}</dt>
                    <dd>
                      {label('episodes.closure_reason', one.reason)} · {label('episodes.closure_balance', one.balance)}
                      {one.relay ? ` · relais : ${one.relay}` : ''}
                      {one.objectives ? <div className="mut">{one.objectives}</div> : null}
                      {one.reopenedOn ? (
                        <div className="mut">
                          rouvert le {formatDay(one.reopenedOn)} · {label('episodes.reopening_reason', one.reopeningReason)}
                        </div>
                      ) : null}
                    </dd>
                  </div>
                ))}
              </dl>
            </Section>
          )}
        </div>
      )}
    </QueryState>
  )
}
