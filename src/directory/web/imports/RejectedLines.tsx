import type { ReactNode } from 'react'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { rejectedLines } from '../../contract/queries.ts'

/** Each line that an import refused, with its number in the file and the reason. */
export function RejectedLines(props: { readonly importId: string }): ReactNode {
  const list = useInfiniteJalonQuery(rejectedLines, { importId: props.importId })
  return (
    <DataTable
      list={list}
      caption="Lignes refusées"
      unit={['ligne refusée', 'lignes refusées']}
      csv
      rowKey={(row) => String(row.line)}
      columns={[
        { key: 'line', head: 'Ligne', width: 80, cell: (row) => formatNumber(row.line) },
        {
          key: 'reason',
          head: 'Raison',
          cell: (row) => (
            <>
              {row.reason}
              <span className="small dim cut" style={{ display: 'block', maxWidth: 280 }}>
                {row.excerpt}
              </span>
            </>
          ),
        },
      ]}
      empty={<p className="small mut">Aucune ligne refusée.</p>}
    />
  )
}
