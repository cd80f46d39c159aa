import { IconBuildingCommunity, IconPlus, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { type ServiceKind, serviceKinds } from '../../../platform/contract/actor.ts'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Facets } from '../../../platform/web/form/ChoiceCards.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { services } from '../../contract/queries.ts'
import { serviceKindShortLabels } from '../../contract/territory-value-sets.ts'
import { AdministrationTabs } from '../AdministrationTabs.tsx'
import { CreateService } from './CreateService.tsx'
import { ServicePanel } from './ServicePanel.tsx'

/** Organismes, services and places: a legal person is not a service is not a site. */
export function OrganisationsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ nature: 'codes', fermes: 'code', service: 'id', ajout: 'code' })
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const kinds = (filters.nature ?? []) as readonly ServiceKind[]
  const list = useInfiniteJalonQuery(services, { text: useDeferredValue(typed.trim()), kinds: [...kinds], ended: filters.fermes === '1' })
  const open = (search: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ...search })) as never, replace: true })
  return (
    <Page title="Organisations">
      <Bar
        title="Administration"
        end={
          <Button small icon={IconPlus} pressed={filters.ajout !== undefined} onClick={() => open({ ajout: filters.ajout ? undefined : '1' })}>
            Ajouter un service
          </Button>
        }
      >
        <label className="in" style={{ width: 'min(420px, 100%)' }}>
          <Ic of={IconSearch} size="s" />
          <input
            className="bare grow"
            value={typed}
            placeholder="Nom, commune, FINESS"
            aria-label="Chercher un service"
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      </Bar>
      <AdministrationTabs />
      <Columns kind="list" drawerLabel="Fiche">
        <SideColumn side="left" label="Filtres">
          <Section title="Nature">
            <Facets
              label="Nature du service"
              options={serviceKinds.map((kind) => ({ value: kind, label: serviceKindShortLabels[kind] }))}
              value={kinds}
              onChange={(codes) => setFilter('nature', codes)}
            />
          </Section>
          <Section title="État">
            <Facets
              label="État"
              options={[{ value: '1', label: 'Montrer aussi les services fermés' }]}
              value={filters.fermes ? [filters.fermes] : []}
              onChange={(values) => setFilter('fermes', values[0] ?? null)}
            />
          </Section>
        </SideColumn>
        <CenterColumn label="Liste des services" flush>
          <DataTable
            list={list}
            caption="Services"
            unit={['service', 'services']}
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, service: row.id, ajout: undefined })) as never })}
            csv
            columns={[
              { key: 'name', head: 'Service', cell: (row) => row.name },
              { key: 'kind', head: 'Nature', width: 110, cell: (row) => serviceKindShortLabels[row.kind] },
              { key: 'legal', head: 'Organisme', cell: (row) => row.legalPersonName ?? <span className="dim">non renseigné</span> },
              { key: 'place', head: 'Commune', cell: (row) => row.communeName ?? <span className="dim">non renseignée</span> },
              {
                key: 'phone',
                head: 'Téléphone',
                width: 130,
                cell: (row) => (row.endsOn ? <StatusPill>Fermé</StatusPill> : row.phone ? formatPhone(row.phone) : <span className="dim">aucun</span>),
              },
            ]}
            empty={
              <EmptyState icon={IconBuildingCommunity} title="Aucun service">
                Changez les filtres, ou ajoutez un service.
              </EmptyState>
            }
          />
        </CenterColumn>
        <SideColumn side="right" label="Fiche du service">
          {filters.ajout ? (
            <CreateService onClose={() => open({ ajout: undefined })} onDone={(id) => open({ ajout: undefined, service: id })} />
          ) : filters.service ? (
            <ServicePanel id={filters.service} />
          ) : (
            <p className="mut">Choisissez un service pour voir son organisme, ses lieux, son périmètre et ses utilisateurs.</p>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}
