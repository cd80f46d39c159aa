import { IconStethoscope } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { dueReferrals } from '../../contract/queries.ts'

/** For « Ma journée »: the CPTS to remind, because somebody is still without a médecin traitant. Nothing when none is due. */
export function DueReferrals(): ReactNode {
  const { data } = useJalonQuery(dueReferrals, { dueOnly: true })
  const label = useValueLabels()
  if (!data || data.rows.length === 0) return null
  return (
    <Section title="CPTS à relancer" count={String(data.rows.length)}>
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
                label('persons.gp_referral_state', row.state).toLocaleLowerCase('fr-FR'),
                row.remindOn ? `à relancer depuis le ${formatDay(row.remindOn)}` : null,
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
