import './agenda.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { displayZone, formatLongDay, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import { myAgenda } from '../contract/queries.ts'
import { mondayOf } from './grid.ts'
import { headWords, hoursWords, placeWords } from './occurrence-words.ts'
import { exitWords, hospitalWords } from './stay-words.ts'

/** The week on one sheet, for the car. Door codes and dangers are not on it: paper gets lost. */
export function WeekPrintPage(): ReactNode {
  const actor = useActor()
  const label = useValueLabels()
  const { filters } = useUrlFilters({ jour: 'day' })
  const from = mondayOf(filters.jour ?? today())
  const query = useJalonQuery(myAgenda, { from, to: addDays(from, 6) })
  return (
    <Page title="Ma semaine" hiddenHeading={query.data === undefined} where={<Link to="/agenda">‹ Revenir à l’agenda</Link>}>
      <QueryState query={query}>
        {(data) => (
          <PrintLayout
            title={`Semaine du ${formatLongDay(from)}`}
            date={formatDay(data.today)}
            author={`${actor.displayName}, ${actor.serviceName}`}
            foot="Document de travail nominatif : à garder sur soi, à détruire après la semaine."
          >
            {data.stays.length === 0 ? null : (
              <section className="paper-notice">
                <h3>À l’hôpital cette semaine</h3>
                <ul>
                  {data.stays.map((stay) => (
                    <li key={stay.id}>
                      <b>{formatCivilName(stay.person)}</b>
                      {'\u00a0'}: {stay.namedOpenly ? stay.establishmentName : 'lieu protégé'},{' '}
                      {stay.startsOn > data.today ? `entrée le ${formatDay(stay.startsOn)}, ` : ''}
                      {exitWords(stay)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <div className="agenda-print">
              {Array.from({ length: 7 }, (_, index) => addDays(from, index)).map((day) => {
                const rows = data.rows.filter(
                  (one) =>
                    one.state !== 'cancelled' &&
                    dayOf(one.startsAt, displayZone()) <= day &&
                    dayOf(new Date(Date.parse(one.endsAt) - 1000), displayZone()) >= day,
                )
                return (
                  <section key={day}>
                    <h3>{capital(formatLongDay(day))}</h3>
                    {rows.length === 0 ? <p className="mut">–</p> : null}
                    <ul>
                      {rows.map((one) => {
                        const kind = label('agenda.appointment_kind', one.kind)
                        const head = headWords(one, kind)
                        return (
                          <li key={one.id}>
                            <b>{hoursWords(one)}</b>
                            <span>
                              <b>{head}</b> {[head === kind ? null : kind, one.person === null ? null : one.title, placeWords(one)].filter(Boolean).join(' · ')}
                              {one.participants.filter(({ mine }) => !mine).length > 0 ? (
                                <small>
                                  {' '}
                                  avec{' '}
                                  {one.participants
                                    .filter(({ mine }) => !mine)
                                    .map(({ name }) => name)
                                    .join(', ')}
                                </small>
                              ) : null}
                              {one.words ? <small> {one.words}</small> : null}
                              {one.inHospital === null ? null : (
                                <small>
                                  <b>{hospitalWords(one)}</b>
                                </small>
                              )}
                            </span>
                          </li>
                        )
                      })}
                    </ul>
                  </section>
                )
              })}
            </div>
          </PrintLayout>
        )}
      </QueryState>
    </Page>
  )
}
