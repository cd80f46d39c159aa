import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { displayZone } from '../../../platform/web/text/dates.ts'
import { callOutcomeLabels, providerWords } from '../../contract/provider-search.ts'

/** « SSIAD : complet, appelé le 12/11 par Julie Marchal », of these 30 days, for one card, and for one need where one is looked for. */
export function ProviderWord({ partyId, need }: { readonly partyId: string; readonly need?: string | undefined }): ReactNode {
  const label = useValueLabels()
  const rows = (useJalonQuery(providerWords, {}).data?.rows ?? []).filter((row) => row.partyId === partyId && (need === undefined || row.need === need))
  if (rows.length === 0) return null
  return (
    <ul className="plain small" aria-label="Réponses données à l’équipe">
      {rows.map((row) => (
        <li
          key={row.need}
          className={row.outcome === 'full' || row.outcome === 'refused' ? 't-warning semi' : row.outcome === 'yes' ? 't-success semi' : 'mut'}
        >
          {label('care_team.role', row.need)}
          {'\u00a0'}: {callOutcomeLabels[row.outcome].toLowerCase()}
          {row.callBackOn ? ` le ${formatDay(row.callBackOn).slice(0, 5)}` : ''}, appelé le {formatDay(dayOf(row.calledAt, displayZone())).slice(0, 5)} par{' '}
          {row.calledByName}
        </li>
      ))}
    </ul>
  )
}
