import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSession } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { DelayWords, JalonPole } from '../../platform/web/display/JalonPole.tsx'
import { Card } from '../../platform/web/layout/Columns.tsx'
import { headlineOf } from '../contract/headline.ts'
import { requestQueue } from '../contract/queries.ts'
import { motives, requesterKinds } from '../contract/value-sets.ts'
import { useList } from './use-list.ts'
import { calendarOf, requestDelay, requesterWords, whoIs } from './words.ts'

/** « Demandes qui vous attendent »: mine, the most urgent first, for « Ma journée ». */
export function WaitingRequests(props: { readonly most?: number | undefined }): ReactNode {
  const { settings } = useSession()
  const { data } = useJalonQuery(requestQueue, { view: 'mine', limit: props.most ?? 3 })
  const motiveList = useList(motives)
  const kinds = useList(requesterKinds)
  if (!data) return null
  return (
    <Card
      title="Demandes qui vous attendent"
      count={data.counts.mine > data.rows.length ? `${data.rows.length} sur ${data.counts.mine}` : `${data.counts.mine} sur ${data.counts.all} au DAC`}
      end={<Link to="/demandes">Toute la file</Link>}
      flush
    >
      {data.rows.length === 0 ? (
        <p className="in-card small mut">Aucune demande ne vous est confiée.</p>
      ) : (
        <ul className="lines lines--card">
          {data.rows.map((row) => {
            const delay = requestDelay(row, calendarOf(settings))
            return (
              <li key={row.id} className="row row--top">
                <JalonPole bands={delay?.bands ?? 0} tone={delay?.tone} />
                <div className="grow">
                  <Link className="semi" to="/demandes/$requestId" params={{ requestId: row.id } as never}>
                    {headlineOf(row.text, row.motives.map(motiveList.label))}
                  </Link>
                  <p className="small mut cut">
                    {[whoIs(row), row.communeName, requesterWords(row, kinds.label(row.requesterKind))].filter(Boolean).join(' · ')}
                  </p>
                </div>
                {delay ? <DelayWords delay={delay} /> : <span className="small dim nw">sans délai</span>}
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
