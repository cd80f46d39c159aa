import './plan.css'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { HiddenNotice, Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { planVersionContent } from '../contract/queries.ts'
import { Agreements } from './Agreements.tsx'
import { PlanTable } from './PlanTable.tsx'
import { usePlan } from './use-plan.ts'
import { VersionsLine } from './VersionsLine.tsx'

/** A validated version, as it was validated. */
export function VersionView(props: { readonly number: number }): ReactNode {
  const { data, sex } = usePlan()
  const query = useJalonQuery(planVersionContent, { id: data.id, number: props.number })
  return (
    <div className="planpage" style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
      <div className="bar planbar">
        <VersionsLine current={props.number} />
        <span className="end row wrap no-print">
          <Link className="small" to="." search={{ comparer: String(props.number) } as never}>
            Comparer à aujourd’hui
          </Link>
          <ButtonLink small icon={IconArrowLeft} to="." search={{} as never}>
            Revenir au PPCS
          </ButtonLink>
        </span>
      </div>
      <QueryState query={query}>
        {({ version, content, agreements, closedVolets }) => (
          <>
            <div style={{ padding: '8px 16px' }}>
              <Notice>
                Version {version.number}, validée le {formatDay(version.validatedOn)} par {version.validatedByName}. Elle ne change plus.
              </Notice>
            </div>
            <ScrollRegion className="plan" label={`PPCS, version ${version.number}`} region>
              <PlanTable caption={`Plan personnalisé de coordination en santé, version ${version.number}`} content={content} comparison={null} sex={sex} />
              {closedVolets.length > 0 ? (
                <div style={{ padding: '10px 16px' }}>
                  <HiddenNotice
                    reason={`Le volet ${closedVolets.map((volet) => voletWord(volet).toLowerCase()).join(' et le volet ')} ne vous est pas ouvert pour cette personne.`}
                  />
                </div>
              ) : null}
            </ScrollRegion>
            <footer className="planfoot" style={{ gridTemplateColumns: '1fr 1.4fr' }}>
              <section>
                <h2>À réviser le {formatDay(version.reviewOn)}</h2>
                <ul>
                  {content.criteria.map((one) => (
                    <li key={one.id} className="mut">
                      {one.words}
                    </li>
                  ))}
                </ul>
              </section>
              <section>
                <h2>Accords sur la version {version.number}</h2>
                <Agreements of={agreements} />
              </section>
            </footer>
          </>
        )}
      </QueryState>
    </div>
  )
}
