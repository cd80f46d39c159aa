import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Card } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { leftBehind } from '../contract/queries.ts'

/** Sealed writings whose author must come back before they are destroyed. Nothing where there is none. */
export function LeftBehind(): ReactNode {
  const waiting = useJalonQuery(leftBehind, {})
  useEvents(['offline.*'])
  const rows = waiting.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Card title="Écrits qui attendent leur auteur" flush badge={<StatusPill tone="warning">{String(rows.length)}</StatusPill>}>
      <p className="in-card small mut">
        Un appareil effacé a laissé ici ce qui y était écrit, scellé{'\u00a0'}: personne ne peut le lire. Il suffit que son auteur se connecte pour que ce soit
        enregistré.
      </p>
      <ul className="lines" style={{ padding: '0 16px' }}>
        {rows.map((row) => (
          <li key={row.userId} className="row sp wrap">
            <span>
              <b>{row.name}</b>, {plural(row.envelopes, 'élément')}
              <span className="small mut"> depuis {formatWhen(row.since)}</span>
            </span>
            <span className="small">{row.endsOn === null ? 'Durée à fixer par la région' : `Détruit le ${formatDay(row.endsOn)}`}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
