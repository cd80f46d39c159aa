import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { plansToRevise } from '../../../care-plans/contract/queries.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { nbsp, plural } from '../../../platform/web/text/typography.ts'

/** PPCS whose revision comes within thirty days, or whose criterion is reached: those first. */
export function PlansToRevise(): ReactNode {
  const query = useJalonQuery(plansToRevise, {})
  const rows = query.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Section title="PPCS à réviser" count={`${query.data?.total ?? rows.length} sous 30 jours`}>
      <ul className="stack stack--3">
        {rows.map((row) => {
          const days = row.reviewOn === null ? null : Math.round((Date.parse(row.reviewOn) - Date.parse(today())) / 86_400_000)
          const late = row.criterionReached || (days !== null && days < 0)
          const tone = late ? 'late' : days !== null && days <= 7 ? 'near' : 'calm'
          const words = row.criterionReached
            ? 'critère atteint'
            : days === null
              ? ''
              : days < 0
                ? `retard ${-days}${nbsp}j`
                : days === 0
                  ? 'aujourd’hui'
                  : `dans ${plural(days, 'jour')}`
          return (
            <li key={row.planId}>
              <div className="row sp">
                <Link to="/personnes/$personId/ppcs" params={{ personId: row.person.personId } as never} className="plainlink">
                  <b>{formatCivilName(row.person)}</b>
                </Link>
                <span className={late ? 'small t-alert semi' : tone === 'near' ? 'small t-warning semi' : 'small mut'}>{words}</span>
              </div>
              {row.criteria[0] === undefined ? null : (
                <div className="small mut">
                  «{nbsp}
                  {row.criteria[0].words}
                  {nbsp}»
                </div>
              )}
              <div style={{ marginTop: 5 }}>
                <JalonPole across bands={late ? 5 : days === null ? 0 : Math.max(1, 5 - Math.ceil(days / 6))} tone={tone} />
              </div>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
