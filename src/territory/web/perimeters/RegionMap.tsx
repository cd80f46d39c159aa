import { IconMapCheck } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { cellsOf } from '../../../platform/web/map/cells.ts'
import { MapCanvas } from '../../../platform/web/map/MapCanvas.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { perimeterGaps, territoryMap } from '../../contract/map.ts'
import { boxOfService, namesOfKind, sitesOfKind, townsOf } from '../../contract/map-sites.ts'

/** The region with its holes and its overlaps, on the map and in a list that says the same. */
export function RegionMap(props: { readonly serviceId: string | null }): ReactNode {
  const [kind, setKind] = useState<'dac' | 'cpts'>('dac')
  const [show, setShow] = useState<'holes' | 'overlaps'>('holes')
  const map = useJalonQuery(territoryMap, {})
  const gaps = useInfiniteJalonQuery(perimeterGaps, { kind, show })
  const population = useJalonQuery(perimeterGaps, { kind, show, limit: 1 }, { keepPrevious: true }).data?.population ?? null
  useEvents(['territory.perimeter.*'])
  const { data } = map
  const cells = useMemo(() => (data ? cellsOf(sitesOfKind(data, kind)) : undefined), [data, kind])
  const names = useMemo(() => (data ? namesOfKind(data, kind) : undefined), [data, kind])
  const towns = useMemo(() => (data ? townsOf(data) : undefined), [data])
  const box = useMemo(() => (data ? boxOfService(data, props.serviceId) : null), [data, props.serviceId])
  return (
    <>
      <div className="regionmap">
        {data ? (
          <MapCanvas
            label={`Périmètres des ${kind === 'dac' ? 'DAC' : 'CPTS'} : les communes sans service sont hachurées, celles qui en ont plusieurs sont croisées. La liste dessous dit la même chose`}
            points={[]}
            cells={cells}
            names={names}
            towns={towns}
            box={box}
          />
        ) : (
          <Waiting label="Lecture de la carte" />
        )}
      </div>
      <div className="row wrap" style={{ padding: '10px 16px' }}>
        <Segmented
          label="Services"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'dac', label: 'DAC' },
            { value: 'cpts', label: 'CPTS' },
          ]}
        />
        <Segmented
          label="Ce que montre la liste"
          value={show}
          onChange={setShow}
          options={[
            { value: 'holes', label: 'Sans service' },
            { value: 'overlaps', label: 'Recouvrements' },
          ]}
        />
      </div>
      <DataTable
        list={gaps}
        caption={show === 'holes' ? 'Communes sans service' : 'Communes de plusieurs services'}
        unit={['commune', 'communes']}
        csv
        bar={population === null || population === 0 ? null : <span className="small mut">{`${formatNumber(population)} habitants`}</span>}
        rowKey={(row) => row.communeCode}
        startsGroup={(row, before) => before !== undefined && row.epciName !== before.epciName}
        columns={[
          {
            key: 'commune',
            head: 'Commune',
            cell: (row) => (
              <>
                {row.communeName} <span className="small mut">{row.communeCode}</span>
              </>
            ),
          },
          { key: 'epci', head: 'EPCI', cell: (row) => row.epciName ?? '' },
          { key: 'population', head: 'Habitants', num: true, cell: (row) => (row.population === null ? '' : formatNumber(row.population)) },
          { key: 'services', head: 'Services', cell: (row) => row.services.join(', ') || <span className="dim">aucun</span> },
        ]}
        empty={
          <EmptyState
            icon={IconMapCheck}
            title={show === 'holes' ? 'Toutes les communes de la région ont un service' : 'Aucune commune n’a plusieurs services'}
          >
            La carte le montre commune par commune.
          </EmptyState>
        }
      />
    </>
  )
}
