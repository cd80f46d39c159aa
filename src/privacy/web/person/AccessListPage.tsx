import '../../../platform/web/table/table.css'
import '../privacy.css'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode, useState } from 'react'
import { addDays, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../../platform/web/layout/PrintLayout.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { formatHour, formatInstant, today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type AccessReader, type FileAccesses, fileAccesses, fileAccessLines } from '../../contract/queries.ts'

const periods = { month: 31, year: 365, all: 1095 } as const

/** Who opened her file, on the screen and on paper: by reader, then by day, with the detail of a day on demand. */
export function AccessListPage(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const [period, setPeriod] = useState<keyof typeof periods>('year')
  const query = useJalonQuery(fileAccesses, { personId, since: addDays(today(), -periods[period]) }, { keepPrevious: true })
  return (
    <Page
      title="Liste des accès"
      where={
        <Link to="/personnes/$personId/droits" params={{ personId } as never}>
          ‹ Revenir à ses droits
        </Link>
      }
    >
      <QueryState query={query}>
        {(data) => (
          <AccessPaper
            data={data}
            personId={personId}
            choice={
              <div className="no-print">
                <Segmented
                  label="Période"
                  value={period}
                  onChange={setPeriod}
                  options={[
                    { value: 'month', label: 'Un mois' },
                    { value: 'year', label: 'Un an' },
                    { value: 'all', label: 'Tout ce qui est gardé' },
                  ]}
                />
              </div>
            }
          />
        )}
      </QueryState>
    </Page>
  )
}

function AccessPaper({ data, personId, choice }: { readonly data: FileAccesses; readonly personId: PersonId; readonly choice: ReactNode }): ReactNode {
  const actor = useActor()
  return (
    <PrintLayout
      title="Qui a ouvert le dossier"
      about={formatCivilName(data.person)}
      date={formatDay(data.today)}
      author={`${actor.displayName}, ${actor.serviceName}`}
      foot={
        <p className="small mut">
          Tiré de la trace de Jalon, qui ne se modifie pas. Ce qui concernerait un signalement suit ses propres règles et n’est pas dit ici. Une question, ou un
          accès qui vous étonne : adressez-vous à {actor.serviceName} ou à la CNIL (www.cnil.fr).
        </p>
      }
    >
      <div style={{ marginBottom: 12 }}>{choice}</div>
      <p>
        {data.times === 0
          ? `Personne n’a ouvert ce dossier depuis le ${formatDay(data.since)}.`
          : `${plural(data.times, 'accès', 'accès')} par ${plural(data.readers.length, 'lecteur')} depuis le ${formatDay(data.since)}.`}
      </p>
      <div className="accesslist">
        {data.readers.map((reader) => (
          <Reader key={`${reader.userId}${reader.service}`} reader={reader} personId={personId} />
        ))}
      </div>
    </PrintLayout>
  )
}

function Reader({ reader, personId }: { readonly reader: AccessReader; readonly personId: PersonId }): ReactNode {
  const [open, setOpen] = useState<string | null>(null)
  return (
    <section>
      <h3>
        {reader.name}
        {reader.profession ? `, ${reader.profession.toLocaleLowerCase('fr-FR')}` : ''}
        {reader.service ? ` · ${reader.service}` : ''} <span className="small mut">{plural(reader.times, 'accès', 'accès')}</span>
      </h3>
      <table className="stacks">
        <caption className="vh">Accès de {reader.name}</caption>
        <colgroup>
          <col style={{ width: '19%' }} />
          <col style={{ width: '9%' }} />
          <col style={{ width: '27%' }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Quand</th>
            <th scope="col">Fois</th>
            <th scope="col">À quel titre</th>
            <th scope="col">Quoi</th>
          </tr>
        </thead>
        <tbody>
          {reader.days.map((day) => (
            <Fragment key={day.day}>
              <tr>
                <td>
                  <button type="button" className="linklike" aria-expanded={open === day.day} onClick={() => setOpen(open === day.day ? null : day.day)}>
                    {formatDay(day.day)}
                  </button>{' '}
                  <span className="mut">
                    {formatHour(day.firstAt)}
                    {formatHour(day.lastAt) !== formatHour(day.firstAt) ? ` à ${formatHour(day.lastAt)}` : ''}
                  </span>
                </td>
                <td className="num" data-head="Fois">
                  {day.times}
                </td>
                <td data-head="À quel titre">{day.why}</td>
                <td data-head="Quoi">
                  {day.what.join(', ')}
                  {day.exported > 0 ? ` · ${plural(day.exported, 'copie')} ou impression` : ''}
                  {day.refused > 0 ? ` · ${plural(day.refused, 'refus', 'refus')}` : ''}
                </td>
              </tr>
              {open === day.day ? <DayDetail personId={personId} userId={reader.userId} day={day.day} /> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DayDetail(props: { readonly personId: PersonId; readonly userId: string | null; readonly day: string }): ReactNode {
  const query = useJalonQuery(fileAccessLines, props)
  return (
    <tr>
      <td colSpan={4}>
        <QueryState query={query}>
          {({ rows }) => (
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.at + row.what} className="small">
                  {formatInstant(row.at)} · {row.what} · {row.why}
                  {row.volets.length > 0 ? ` · ${row.volets.join(', ')}` : ''}
                  {row.exported ? ' · copie ou impression' : ''}
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </td>
    </tr>
  )
}
