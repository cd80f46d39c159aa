import '../../../platform/web/table/table.css'
import { type ReactNode, useMemo, useState } from 'react'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { cellsOf } from '../../../platform/web/map/cells.ts'
import { MapCanvas } from '../../../platform/web/map/MapCanvas.tsx'
import { ExportButton } from '../../../platform/web/table/ExportButton.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { perimeterGaps, territoryMap } from '../../contract/map.ts'
import { boxOfService, namesOfKind, sitesOfKind, townsOf } from '../../contract/map-sites.ts'

/** How many gaps the page tells at once; the file holds all. */
const shown = 200

/** The region with its holes and its overlaps, on the map and in a list that says the same. */
export function RegionMap(props: { readonly serviceId: string | null }): ReactNode {
  const [kind, setKind] = useState<'dac' | 'cpts'>('dac')
  const [show, setShow] = useState<'holes' | 'overlaps'>('holes')
  const map = useJalonQuery(territoryMap, {})
  const gaps = useJalonQuery(perimeterGaps, { kind, show }, { keepPrevious: true })
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
        <span className="small mut" role="status">
          {gaps.data ? plural(gaps.data.total, 'commune') : ''}
        </span>
        <span className="end">{gaps.data && gaps.data.total > 0 ? <ExportButton contract={perimeterGaps} input={{ kind, show }} /> : null}</span>
      </div>
      <QueryState query={gaps}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="mut" style={{ padding: '0 16px 16px' }}>
              {show === 'holes' ? 'Toutes les communes de la région ont un service.' : 'Aucune commune n’a plusieurs services.'}
            </p>
          ) : (
            <table className="tbl">
              <caption className="vh">{show === 'holes' ? 'Communes sans service' : 'Communes de plusieurs services'}</caption>
              <thead>
                <tr>
                  <th scope="col">Commune</th>
                  <th scope="col">EPCI</th>
                  <th scope="col" className="num">
                    Habitants
                  </th>
                  <th scope="col">Services</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, shown).map((row) => (
                  <tr key={row.communeCode}>
                    <th scope="row">
                      {row.communeName} <span className="small mut">{row.communeCode}</span>
                    </th>
                    <td>{row.epciName ?? ''}</td>
                    <td className="num">{row.population === null ? '' : formatNumber(row.population)}</td>
                    <td>{row.services.join(', ') || <span className="dim">aucun</span>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </QueryState>
    </>
  )
}
