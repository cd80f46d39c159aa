import '../directory.css'
import { IconPrinter, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Facets } from '../../../platform/web/form/ChoiceCards.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { Bar, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { cellsOf } from '../../../platform/web/map/cells.ts'
import { type MapBox, MapCanvas, type MapPoint } from '../../../platform/web/map/MapCanvas.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { territoryMap } from '../../../territory/contract/map.ts'
import { boxOfService, namesOfKind, sitesOfKind, townsOf } from '../../../territory/contract/map-sites.ts'
import type { DirectoryFacet } from '../../contract/facets.ts'
import { mapLayers, mapPointCap, mapPoints } from '../../contract/map-points.ts'
import { CardPanel } from '../card/CardPanel.tsx'
import { CardTitle } from '../card/CardTitle.tsx'
import { territoryStaleness } from './HitsMap.tsx'
import { toneOf } from './layers.ts'

type Point = NonNullable<ReturnType<typeof useJalonQuery<typeof mapPoints>>['data']>['rows'][number]

/** How many points of the view the list tells before one asks for more. */
const listStep = 40

const inside = (point: { readonly latitude: number; readonly longitude: number }, [west, south, east, north]: MapBox): boolean =>
  point.longitude >= west && point.longitude <= east && point.latitude >= south && point.latitude <= north

/** Carte: perimeters of the DAC or of the CPTS, layers of structures, and beside it the same as a list that follows the view. */
export function MapPage(): ReactNode {
  const actor = useActor()
  const { filters, setFilter } = useUrlFilters({ couches: 'codes', perimetres: 'code', statut: 'codes', fiche: 'id' })
  const kind = filters.perimetres === 'cpts' ? 'cpts' : 'dac'
  const layers = (filters.couches ?? mapLayers.filter(({ shown }) => shown).map(({ facet }) => facet)) as readonly DirectoryFacet[]
  const statuses = useValueList('territory.cpts_status')
  const territory = useJalonQuery(territoryMap, {}, { staleTime: territoryStaleness })
  const points = useJalonQuery(
    mapPoints,
    { facets: mapLayers.filter(({ facet }) => layers.includes(facet)).map(({ facet }) => facet) },
    { keepPrevious: true, enabled: layers.length > 0 },
  )
  const [view, setView] = useState<MapBox | null>(null)
  const [listed, setListed] = useState(listStep)
  // Who opens a card from here goes on from its title, and comes back to the line she left.
  const opened = useRef(false)
  const left = useRef<string | null>(null)
  const open = (id: string): void => {
    opened.current = true
    setFilter('fiche', id)
  }
  const close = (): void => {
    left.current = filters.fiche ?? null
    setFilter('fiche', null)
  }
  const shown = filters.fiche ?? null
  useEffect(() => {
    if (shown !== null || left.current === null) return
    const line = document.getElementById(`map-line-${left.current}`) ?? document.getElementById('map-lines')
    left.current = null
    line?.focus()
  }, [shown])
  const { data } = territory
  const cells = useMemo(() => (data ? cellsOf(sitesOfKind(data, kind)) : undefined), [data, kind])
  const names = useMemo(() => (data ? namesOfKind(data, kind) : undefined), [data, kind])
  const towns = useMemo(() => (data ? townsOf(data) : undefined), [data])
  const box = useMemo(() => (data ? boxOfService(data, actor.serviceId) : null), [data, actor.serviceId])
  const chosenStatuses = filters.statut
  const rows = useMemo(
    () =>
      (layers.length === 0 ? [] : (points.data?.rows ?? [])).filter(
        (row) => chosenStatuses === undefined || row.facet !== 'cpts' || chosenStatuses.includes(row.status ?? ''),
      ),
    [points.data, chosenStatuses, layers.length],
  )
  const drawn = useMemo(
    () =>
      rows.map(
        (row): MapPoint => ({
          id: row.id,
          label: row.label,
          latitude: row.latitude,
          longitude: row.longitude,
          tone: toneOf(row.facet),
          mark: mapLayers.find(({ facet }) => facet === row.facet)?.mark ?? '·',
          planned: row.planned,
        }),
      ),
    [rows],
  )
  const seen = useMemo(() => (view === null ? rows : rows.filter((row) => inside(row, view))), [rows, view])
  const chosen = rows.find(({ id }) => id === filters.fiche)
  const counts = (facet: string): number => rows.filter((row) => row.facet === facet).length
  return (
    <Page title="Carte du territoire">
      <Bar
        title="Carte du territoire"
        end={
          <>
            <Button small icon={IconPrinter} onClick={() => window.print()}>
              Imprimer
            </Button>
            <ButtonLink small icon={IconSearch} to="/annuaire">
              Annuaire
            </ButtonLink>
          </>
        }
      >
        <Segmented
          label="Périmètres"
          value={kind}
          onChange={(value) => setFilter('perimetres', value === 'dac' ? null : value)}
          options={[
            { value: 'dac', label: 'Périmètres des DAC' },
            { value: 'cpts', label: 'Périmètres des CPTS' },
          ]}
        />
      </Bar>
      <Columns kind="dir" drawerLabel="Ce que montre la carte">
        <SideColumn side="left" label="Couches">
          <Section title="Couches">
            <Facets
              label="Couches"
              options={mapLayers.map(({ facet, title, mark }) => ({
                value: facet,
                label: `${mark} · ${title}`,
                ...(layers.includes(facet) ? { count: counts(facet) } : {}),
              }))}
              value={layers}
              onChange={(codes) => setFilter('couches', codes)}
            />
          </Section>
          {layers.includes('cpts') ? (
            <Section title="CPTS par avancement">
              <Facets
                label="CPTS par avancement"
                options={statuses.options}
                value={filters.statut ?? []}
                onChange={(codes) => setFilter('statut', codes.length === 0 ? null : codes)}
              />
            </Section>
          ) : null}
          <Legend kind={kind} />
        </SideColumn>
        <section className="mapcenter" aria-label="Carte">
          {territory.error && !data ? (
            <ErrorState error={territory.error} onRetry={() => void territory.refetch()} />
          ) : data ? (
            <MapCanvas
              label={`Carte du territoire : ${plural(rows.length, 'structure')}. La liste à côté dit la même chose`}
              points={drawn}
              cells={cells}
              names={names}
              towns={towns}
              chosen={chosen?.id ?? null}
              box={box}
              onChoose={open}
              onView={setView}
            />
          ) : (
            <Waiting label="Lecture de la carte" />
          )}
        </section>
        <PaperLegend kind={kind} layers={layers} />
        <SideColumn side="right" label="Ce que montre la carte" flush>
          {chosen ? (
            <div className="dircard stack stack--4">
              <button type="button" className="linklike small" onClick={close}>
                Revenir à la liste
              </button>
              {chosen.partyId ? (
                <CardPanel key={chosen.partyId} partyId={chosen.partyId} near={null} onRemoved={close} focused={opened.current} />
              ) : (
                <ServiceCard key={chosen.id} focused={opened.current} point={chosen} status={chosen.status ? statuses.label(chosen.status) : null} />
              )}
            </div>
          ) : (
            <>
              <p className="small mut dirhead" role="status" id="map-lines" tabIndex={-1}>
                {plural(seen.length, 'structure')} dans la vue{seen.length < rows.length ? ` sur ${rows.length}` : ''}
              </p>
              {points.data?.cut ? (
                <div style={{ padding: 16 }}>
                  <Notice tone="info">
                    Plus de {mapPointCap.toLocaleString('fr-FR')} structures{'\u00a0'}: retirez une couche pour les voir toutes.
                  </Notice>
                </div>
              ) : null}
              <ul className="maplist">
                {seen.slice(0, listed).map((row) => (
                  <li key={row.id}>
                    <button type="button" id={`map-line-${row.id}`} className="res res--map" onClick={() => open(row.id)}>
                      <span className="pin" aria-hidden="true">
                        {mapLayers.find(({ facet }) => facet === row.facet)?.mark}
                      </span>
                      <span className="res__who">
                        <b className="cut" style={{ display: 'block' }}>
                          {row.label}
                        </b>
                        <span className="small mut cut" style={{ display: 'block' }}>
                          {[layerTitle(row.facet), row.city, row.status ? statuses.label(row.status) : row.planned ? 'en projet' : null]
                            .filter(Boolean)
                            .join(' · ')}
                        </span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
              {seen.length > listed ? (
                <div style={{ padding: 12, textAlign: 'center' }}>
                  <Button small onClick={() => setListed(listed + listStep)}>
                    Suite
                  </Button>
                </div>
              ) : null}
            </>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}

const layerTitle = (facet: string): string => mapLayers.find((layer) => layer.facet === facet)?.title ?? ''

function ServiceCard(props: { readonly point: Point; readonly status: string | null; readonly focused: boolean }): ReactNode {
  const { point } = props
  return (
    <div className="stack">
      <CardTitle focused={props.focused}>{point.label}</CardTitle>
      <p className="mut">{[layerTitle(point.facet), point.city].filter(Boolean).join(' · ')}</p>
      {props.status || point.planned ? <p>{props.status ?? 'En projet'}</p> : null}
      {point.phone ? (
        <a className="semi" href={dial(point.phone)}>
          {formatPhone(point.phone)}
        </a>
      ) : (
        <p className="small dim">Aucun téléphone connu.</p>
      )}
    </div>
  )
}

/** On paper, under the map: its perimeters and the letters of its points, where the screen has boxes to tick. */
function PaperLegend(props: { readonly kind: 'dac' | 'cpts'; readonly layers: readonly string[] }): ReactNode {
  return (
    <div className="mappaper">
      <div>
        <p className="semi">Périmètres des {props.kind === 'dac' ? 'DAC' : 'CPTS'}</p>
        <ul className="small maplegend">
          {mapLayers
            .filter(({ facet }) => props.layers.includes(facet))
            .map(({ facet, title, mark }) => (
              <li key={facet}>
                <span className="pin" aria-hidden="true">
                  {mark}
                </span>
                {title}
              </li>
            ))}
        </ul>
      </div>
      <Legend kind={props.kind} />
    </div>
  )
}

/** What fills and hollow points say, in words. */
function Legend(props: { readonly kind: 'dac' | 'cpts' }): ReactNode {
  const what = props.kind === 'dac' ? 'DAC' : 'CPTS'
  return (
    <Section title="Légende">
      <ul className="small maplegend">
        <li>
          <span className="swatch swatch--area" aria-hidden="true" /> périmètre d’{props.kind === 'dac' ? 'un' : 'une'} {what}
        </li>
        <li>
          <span className="swatch swatch--hole" aria-hidden="true" /> aucun{props.kind === 'dac' ? '' : 'e'} {what}
        </li>
        {props.kind === 'cpts' ? (
          <li>
            <span className="swatch swatch--overlap" aria-hidden="true" /> plusieurs CPTS
          </li>
        ) : null}
        <li>
          <span className="swatch swatch--planned" aria-hidden="true" /> en projet
        </li>
      </ul>
      <p className="small dim">Contours approchés{'\u00a0'}: chaque lieu est rattaché à la commune la plus proche.</p>
    </Section>
  )
}
