import { IconArrowBigRightLines } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Bar } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { reorientationsToFollow } from '../../contract/queries.ts'
import { reorientationTargets } from '../../contract/value-sets.ts'
import { phoneWords, whoIs } from '../words.ts'
import { ReorientationState } from './Reorientations.tsx'

/** R12: every reorientation until its outcome and its relevance are known, the most overdue first. */
export function ReorientationsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ a: 'code' })
  const due = filters.a === 'relancer'
  const list = useInfiniteJalonQuery(reorientationsToFollow, { due })
  const targets = useValueList(reorientationTargets.code, reorientationTargets.values)
  useEvents(['intake.*'])
  return (
    <Page title="Réorientations à suivre">
      <Bar title="Réorientations à suivre">
        <fieldset className="seg seg--inline plain" style={{ border: '1px solid var(--line-strong)' }}>
          <legend className="vh">Filtrer</legend>
          <button type="button" className={due ? undefined : 'on'} aria-pressed={!due} onClick={() => setFilter('a', null)}>
            Toutes
          </button>
          <button type="button" className={due ? 'on' : undefined} aria-pressed={due} onClick={() => setFilter('a', 'relancer')}>
            À relancer
          </button>
        </fieldset>
      </Bar>
      <DataTable
        list={list}
        caption="Réorientations à suivre"
        unit={['réorientation', 'réorientations']}
        csv
        columns={[
          { key: 'who', head: 'Pour', cell: (row) => <b>{whoIs(row.request)}</b> },
          { key: 'partner', head: 'Partenaire', cell: (row) => `${row.partnerName}${row.partnerPhone ? `, ${phoneWords(row.partnerPhone)}` : ''}` },
          { key: 'target', head: 'Nature', cell: (row) => (targets.label(row.target) === row.partnerName ? '–' : targets.label(row.target)) },
          { key: 'state', head: 'Où elle en est', cell: (row) => <ReorientationState one={row} />, saysItself: true },
          { key: 'follow', head: 'Relance', cell: (row) => (row.followUpOn ? formatDay(row.followUpOn) : '') },
        ]}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/demandes/$requestId', params: { requestId: row.request.id } as never })}
        empty={
          <EmptyState icon={IconArrowBigRightLines} title="Aucune réorientation à suivre">
            Chacune reste ici jusqu’à ce que son issue soit connue et jugée.
          </EmptyState>
        }
      />
    </Page>
  )
}
