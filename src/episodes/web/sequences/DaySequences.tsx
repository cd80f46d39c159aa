import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { nbsp, plural } from '../../../platform/web/text/typography.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import { sequencesOfDay } from '../../contract/sequences.ts'
import { criticalSequenceKinds } from '../../contract/value-sets.ts'

/** Critical sequences of my files: what an alert proposes, then what is late, then what comes. */
export function DaySequences(): ReactNode {
  const all = useJalonQuery(sequencesOfDay, {}).data?.rows ?? []
  const [unfolded, setUnfolded] = useState(false)
  const pressing = all.filter((row) => row.state === 'waiting' || row.lateLines > 0 || row.next === null || row.next.dueOn <= today())
  const rows = unfolded ? all : pressing
  if (all.length === 0) return null
  const late = rows.reduce((sum, row) => sum + row.lateLines, 0)
  return (
    <Section title="Séquences critiques" count={late > 0 ? `${late} point${late > 1 ? 's' : ''} en retard` : plural(all.length, 'en cours', 'en cours')}>
      <ul className="stack stack--3" aria-label="Séquences critiques">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="row sp">
              <Link to="/personnes/$personId" params={{ personId: row.person.personId } as never} className="plainlink cut">
                <b>{formatCivilName(row.person)}</b>
              </Link>
              <span className={row.lateLines > 0 ? 'small t-alert semi nw' : row.state === 'waiting' ? 'small t-warning semi nw' : 'small mut nw'}>
                {row.state === 'waiting'
                  ? 'à décider'
                  : row.lateLines > 0
                    ? `${row.lateLines} en retard`
                    : row.next === null
                      ? 'bilan à faire'
                      : row.next.dueOn === today()
                        ? 'aujourd’hui'
                        : formatDay(row.next.dueOn).slice(0, 5)}
              </span>
            </div>
            <div className="small mut">
              {labelOf(criticalSequenceKinds, row.kind)}
              {row.next === null ? '' : ` · «${nbsp}${row.next.label}${nbsp}»`}
            </div>
            {row.state === 'waiting' ? null : (
              <div style={{ marginTop: 5 }}>
                <JalonPole across bands={row.lines === 0 ? 0 : (5 * (row.lines - row.openLines)) / row.lines} tone={row.lateLines > 0 ? 'late' : 'calm'} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {all.length > pressing.length ? (
        <button type="button" className="linklike small" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? 'Seulement ce qui presse' : `${plural(all.length - pressing.length, 'autre suit son cours', 'autres suivent leur cours')}`}
        </button>
      ) : null}
    </Section>
  )
}
