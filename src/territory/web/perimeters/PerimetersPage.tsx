import type { ReactNode } from 'react'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { coverage, services } from '../../contract/queries.ts'
import { serviceKindShortLabels } from '../../contract/territory-value-sets.ts'
import { AdministrationTabs } from '../AdministrationTabs.tsx'
import { Pick } from '../Pick.tsx'
import { AddCommunes } from './AddCommunes.tsx'
import { CommuneTable } from './CommuneTable.tsx'
import { Holes } from './Holes.tsx'
import { RegionMap } from './RegionMap.tsx'

/** Which communes each DAC and each CPTS covers; where the region has a hole. The database refuses two DAC on one commune. */
export function PerimetersPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ service: 'id', departement: 'code' })
  const covering = useInfiniteJalonQuery(services, { kinds: ['dac', 'cpts', 'dsr', 'der', 'crt', 'clic', 'emsp', 'mdph'], limit: 200 })
  const overview = useJalonQuery(coverage, {})
  const chosen = covering.rows.find((row) => row.id === filters.service)
  return (
    <Page title="Périmètres">
      <Bar title="Administration" />
      <AdministrationTabs />
      <Columns kind="dir" drawerLabel="Ajouter des communes">
        <SideColumn side="left" label="Couverture et services" flush>
          <div style={{ padding: '12px 16px 4px' }}>
            <Section title="Couverture par les DAC">
              <QueryState query={overview}>
                {({ departments }) =>
                  departments.length === 0 ? (
                    <p className="small mut">Aucun DAC n’est encore connu.</p>
                  ) : (
                    <p className="small mut">
                      {departments.every((one) => one.covered === one.communes)
                        ? 'Toutes les communes ont un DAC.'
                        : 'Les communes sans DAC ne reçoivent pas de réponse : ouvrez un département pour les voir.'}
                    </p>
                  )
                }
              </QueryState>
            </Section>
          </div>
          <div className="adminpicks">
            {(overview.data?.departments ?? []).map((department) => (
              <Pick
                key={department.code}
                on={filters.departement === department.code && !filters.service}
                search={{ departement: department.code, service: undefined }}
                title={`${department.name} (${department.code})`}
                end={`${department.covered} / ${department.communes}`}
              />
            ))}
          </div>
          <div style={{ padding: '16px 16px 4px' }}>
            <h2>Services</h2>
          </div>
          <div className="adminpicks">
            {[...covering.rows]
              .sort((a, b) => Number(b.kind === 'dac') - Number(a.kind === 'dac') || a.name.localeCompare(b.name, 'fr'))
              .map((row) => (
                <Pick
                  key={row.id}
                  on={filters.service === row.id}
                  search={{ service: row.id, departement: undefined }}
                  title={row.name}
                  end={serviceKindShortLabels[row.kind]}
                />
              ))}
          </div>
        </SideColumn>
        <CenterColumn label="Communes" flush>
          {chosen ? (
            <CommuneTable key={chosen.id} service={chosen} />
          ) : filters.departement ? (
            <Holes departmentCode={filters.departement} />
          ) : (
            <RegionMap serviceId={null} />
          )}
        </CenterColumn>
        <SideColumn side="right" label="Ajouter des communes">
          {chosen ? (
            <AddCommunes key={chosen.id} service={chosen} onAdded={() => setFilter('service', chosen.id)} />
          ) : (
            <p className="mut">Choisissez d’abord un service.</p>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}
