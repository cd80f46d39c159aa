import { IconStethoscope } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { lowerFirst } from '../../../platform/contract/typography.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'
import { dueReferrals } from '../../contract/queries.ts'

/** For « Ma journée »: the CPTS to remind, or that answered, because somebody is still without a médecin traitant. Nothing when none is due. */
export function DueReferrals(): ReactNode {
  const { data } = useJalonQuery(dueReferrals, { dueOnly: true })
  const label = useValueLabels()
  if (!data || data.rows.length === 0) return null
  return (
    <Section title="Recherches de médecin traitant" count={String(data.rows.length)}>
      <ul className="lines">
        {data.rows.map((row) => (
          <li key={row.id}>
            <Link to="/personnes/$personId/information" params={{ personId: row.person.personId } as never}>
              {formatPersonName(row.person)}
            </Link>{' '}
            <span className="small mut">
              <Ic of={IconStethoscope} size="s" />{' '}
              {[
                row.cptsName,
                `${lowerFirst(label('persons.gp_referral_state', row.state))}${row.doctorName ? `${nbsp}: ${row.doctorName}` : ''}`,
                row.answeredAt === null && row.remindOn ? `à relancer depuis le ${formatDay(row.remindOn)}` : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
