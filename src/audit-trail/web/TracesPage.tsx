import { IconFileExport, IconListSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { traceLines } from '../contract/queries.ts'
import { basisWords, outcomeWords } from '../contract/words.ts'
import { FhirExport } from './FhirExport.tsx'
import { RetentionSection } from './RetentionSection.tsx'
import { TraceFilters } from './TraceFilters.tsx'
import { TracePanel } from './TracePanel.tsx'
import { traceFilterKinds, traceQuery } from './trace-filters.ts'

/** Every reading, search, export, print, writing and refusal, for those who answer for them. No name of an accompanied person. */
export function TracesPage(): ReactNode {
  const { filters, setFilter, clear, count } = useUrlFilters(traceFilterKinds)
  const asked = traceQuery(filters)
  const list = useInfiniteJalonQuery(traceLines, asked)
  const seq = Number(filters.ligne)
  return (
    <Page title="Traces" note="Aucun nom de personne accompagnée">
      <Bar title="Traces" end={<FhirExport asked={asked} icon={IconFileExport} />} />
      <Columns kind="list" drawerLabel="Trace">
        <SideColumn side="left" label="Filtres">
          <TraceFilters filters={filters} count={count} setFilter={setFilter} clear={clear} />
        </SideColumn>
        <CenterColumn label="Liste des traces" flush>
          <DataTable
            list={list}
            caption="Traces"
            unit={['trace', 'traces']}
            csv
            rowKey={(row) => String(row.seq)}
            rowLink={(row) => ({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ligne: String(row.seq) })) as never })}
            columns={[
              { key: 'at', head: 'Quand', width: 150, cell: (row) => <span className="nw">{formatInstant(row.at)}</span> },
              {
                key: 'who',
                head: 'Qui',
                cell: (row) => (
                  <>
                    {row.actorName ?? <span className="dim">Jalon</span>}
                    {row.serviceName === null ? null : <span className="small mut"> {row.serviceName}</span>}
                  </>
                ),
              },
              { key: 'what', head: 'Geste', cell: (row) => row.title },
              {
                key: 'outcome',
                head: 'Issue',
                width: 90,
                cell: (row) => (row.outcome === 'done' ? 'Fait' : <StatusPill tone="warning">{outcomeWords[row.outcome]}</StatusPill>),
              },
              { key: 'persons', head: 'Personnes', width: 100, num: true, cell: (row) => (row.persons === 0 ? '–' : row.persons) },
              { key: 'basis', head: 'Base', cell: (row) => row.bases.map((basis) => basisWords[basis]).join(', ') || '–' },
            ]}
            empty={
              <EmptyState icon={IconListSearch} title="Aucune trace">
                Rien ne répond à ces filtres sur cette période. Une trace paraît ici une seconde après le geste.
              </EmptyState>
            }
          />
        </CenterColumn>
        <SideColumn side="right" label="Trace">
          {Number.isSafeInteger(seq) && seq > 0 ? (
            <TracePanel key={seq} seq={seq} onPerson={(id) => setFilter('personne', id)} onActor={(id) => setFilter('qui', id)} />
          ) : (
            <>
              <p className="mut">{`Choisissez une ligne pour la lire en entier. ${plural(list.rows.length, 'ligne affichée', 'lignes affichées')}.`}</p>
              <RetentionSection />
            </>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}
