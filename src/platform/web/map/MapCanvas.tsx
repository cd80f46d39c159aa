import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { IconMapOff } from '@tabler/icons-react'
import type { Feature, FeatureCollection, MultiLineString, Point } from 'geojson'
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent, StyleSpecification } from 'maplibre-gl'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSession } from '../api/SessionProvider.tsx'
import { EmptyState } from '../display/Notice.tsx'
import type { Cells } from './cells.ts'
import { circleAround } from './distance.ts'
import { addHatches } from './hatches.ts'
import { fallbackStyle, overPublished, type SourceName } from './map-style.ts'
import type { PointTone } from './palette.ts'

export interface MapPoint {
  readonly id: string
  readonly label: string
  readonly latitude: number
  readonly longitude: number
  readonly tone: PointTone
  /** A number or a letter: what tells it beside its colour. */
  readonly mark: string
  /** Not open yet: drawn hollow. */
  readonly planned?: boolean | undefined
}
export interface MapTown {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly population: number
}
export interface MapName {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly size: number
}
/** West, south, east, north. */
export type MapBox = readonly [number, number, number, number]

export interface MapContent {
  readonly points: readonly MapPoint[]
  readonly towns?: readonly MapTown[] | undefined
  readonly names?: readonly MapName[] | undefined
  readonly cells?: Cells | undefined
  /** Where one looks from, with rings at these kilometres. */
  readonly here?: { readonly latitude: number; readonly longitude: number; readonly rings: readonly number[] } | undefined
  readonly chosen?: string | null | undefined
}

export interface MapCanvasProps extends MapContent {
  /** What the map shows, in words: said to those who do not see it, who have the list. */
  readonly label: string
  /** Shown at first, and again each time it changes. */
  readonly box: MapBox | null
  readonly onChoose?: ((id: string) => void) | undefined
  /** The view, once it has stopped moving: lists follow it. */
  readonly onView?: ((box: MapBox) => void) | undefined
}

const collection = <Properties extends object>(features: readonly Feature<Point, Properties>[]): FeatureCollection<Point, Properties> => ({
  type: 'FeatureCollection',
  features: [...features],
})
const at = <Properties extends object>(
  place: { readonly latitude: number; readonly longitude: number },
  properties: Properties,
): Feature<Point, Properties> => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
})

/** Pours what the page knows into the sources of the map. */
function pour(map: MapLibre, content: MapContent): void {
  const set = (name: SourceName, data: FeatureCollection | Feature): void => void (map.getSource(name) as GeoJSONSource | undefined)?.setData(data)
  const point = ({ id, tone, mark, planned }: MapPoint): { id: string; tone: string; mark: string; planned: boolean } => ({
    id,
    tone,
    mark,
    planned: planned ?? false,
  })
  const chosen = content.points.find(({ id }) => id === content.chosen)
  set('points', collection(content.points.filter((one) => one !== chosen).map((one) => at(one, point(one)))))
  set('chosen', collection(chosen ? [at(chosen, point(chosen))] : []))
  set('towns', collection((content.towns ?? []).map((town) => at(town, { name: town.name, population: town.population }))))
  set('names', collection((content.names ?? []).map((name) => at(name, { name: name.name, size: name.size }))))
  const none: Feature<MultiLineString> = { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: [] } }
  set('areas', content.cells?.fills ?? collection([]))
  set('borders', content.cells?.borders ?? none)
  const { here } = content
  set('here', collection(here ? [at(here, {})] : []))
  set('rings', { type: 'FeatureCollection', features: here ? here.rings.map((kilometres) => circleAround(here, kilometres)) : [] })
}

/** Whether this browser can draw a map at all: WebGL may be switched off by the operator of the machine. */
function canDraw(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

const wholeFrance: MapBox = [-5, 41.5, 9.5, 51]

const locale = {
  'NavigationControl.ZoomIn': 'Agrandir',
  'NavigationControl.ZoomOut': 'Réduire',
  'NavigationControl.ResetBearing': 'Remettre le nord en haut',
  'AttributionControl.ToggleAttribution': 'Sources de la carte',
  'AttributionControl.MapFeedback': 'Signaler une erreur de la carte',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
  'Map.Title': 'Carte',
} as const

async function publishedStyle(url: string, signal: AbortSignal): Promise<StyleSpecification | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]), credentials: 'omit' })
    return response.ok ? ((await response.json()) as StyleSpecification) : null
  } catch {
    return null
  }
}

/**
 * A map that works without internet; with it, over the published base map of the settings. It never stands alone: the page gives the same as a
 * list, for the keyboard and for those who do not see it.
 */
export function MapCanvas(props: MapCanvasProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibre | null>(null)
  const [blind, setBlind] = useState(false)
  const latest = useRef(props)
  latest.current = props
  const { settings } = useSession()
  const published = typeof settings['mapStyleUrl'] === 'string' && settings['mapStyleUrl'] !== '' ? settings['mapStyleUrl'] : null

  useEffect(() => {
    if (!canDraw()) {
      setBlind(true)
      return
    }
    const over = new AbortController()
    let made: MapLibre | undefined
    void import('./maplibre.ts').then(async ({ MapLibreMap, NavigationControl, ScaleControl, AttributionControl }) => {
      await document.fonts.load('14px "Source Sans 3 Variable"').catch(() => undefined)
      if (over.signal.aborted || frame.current === null) return
      const [west, south, east, north] = latest.current.box ?? wholeFrance
      made = new MapLibreMap({
        container: frame.current,
        style: fallbackStyle(),
        bounds: [west, south, east, north],
        fitBoundsOptions: { padding: 24 },
        maxZoom: 17,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        attributionControl: false,
        // What is drawn must still be there when the page is printed.
        canvasContextAttributes: { preserveDrawingBuffer: true },
        locale,
        cooperativeGestures: false,
      })
      const drawn = made
      drawn.touchZoomRotate.disableRotation()
      drawn.addControl(new NavigationControl({ showCompass: false }), 'top-right')
      drawn.addControl(new ScaleControl({ unit: 'metric', maxWidth: 90 }), 'bottom-left')
      drawn.addControl(new AttributionControl({ compact: true }), 'bottom-right')
      drawn.getCanvas().setAttribute('aria-label', spoken(latest.current.label))
      const restyle = async (): Promise<void> => {
        const style = published === null ? null : await publishedStyle(published, over.signal)
        if (!over.signal.aborted && style !== null) drawn.setStyle(overPublished(style), { diff: false })
      }
      const filled = (): void => {
        addHatches(drawn)
        pour(drawn, latest.current)
      }
      drawn.on('style.load', filled)
      drawn.on('error', () => undefined)
      drawn.on('load', () => {
        filled()
        setMap(drawn)
        latest.current.onView?.(boxOf(drawn))
        void restyle()
      })
      drawn.on('moveend', () => latest.current.onView?.(boxOf(drawn)))
      for (const layer of ['points', 'points-planned'])
        drawn.on('click', layer, (event: MapMouseEvent & { features?: { properties: Record<string, unknown> }[] }) =>
          latest.current.onChoose?.(String(event.features?.[0]?.properties['id'])),
        )
      drawn.on('click', 'clusters', (event: MapMouseEvent & { features?: { properties: Record<string, unknown> }[] }) => {
        const id = Number(event.features?.[0]?.properties['cluster_id'])
        void (drawn.getSource('points') as GeoJSONSource).getClusterExpansionZoom(id).then((zoom) => drawn.easeTo({ center: event.lngLat, zoom }))
      })
      for (const layer of ['points', 'points-planned', 'clusters']) {
        drawn.on('mouseenter', layer, () => drawn.getCanvas().style.setProperty('cursor', 'pointer'))
        drawn.on('mouseleave', layer, () => drawn.getCanvas().style.removeProperty('cursor'))
      }
      const scheme = new MutationObserver(() => {
        drawn.setStyle(fallbackStyle(), { diff: false })
        void restyle()
      })
      scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
      over.signal.addEventListener('abort', () => scheme.disconnect())
    })
    return () => {
      over.abort()
      made?.remove()
    }
  }, [published])

  const { points, towns, names, cells, here, chosen, box, label } = props
  useEffect(() => {
    if (map !== null) pour(map, { points, towns, names, cells, here, chosen })
  }, [map, points, towns, names, cells, here, chosen])
  useEffect(() => map?.getCanvas().setAttribute('aria-label', spoken(label)), [map, label])
  const boxKey = box?.join(' ')
  useEffect(() => {
    const wanted = latest.current.box
    if (map !== null && boxKey !== undefined && wanted !== null) map.fitBounds([...wanted], { padding: 28, maxZoom: 13, duration: 300 })
  }, [map, boxKey])
  useEffect(() => {
    const one = latest.current.points.find(({ id }) => id === chosen)
    if (map !== null && one && !map.getBounds().contains([one.longitude, one.latitude])) map.easeTo({ center: [one.longitude, one.latitude], duration: 300 })
  }, [map, chosen])

  if (blind)
    return (
      <div className="mapframe mapframe--blind">
        <EmptyState icon={IconMapOff} title="La carte ne peut pas être dessinée ici">
          Ce navigateur ne permet pas le dessin en trois dimensions (WebGL). La liste dit la même chose.
        </EmptyState>
      </div>
    )
  return (
    <section className="mapframe" aria-label={label} data-drawn={map !== null}>
      <div ref={frame} className="mapframe__canvas" />
    </section>
  )
}

const spoken = (label: string): string => `${label}. Les flèches la déplacent, plus et moins l’agrandissent.`

function boxOf(map: MapLibre): MapBox {
  const bounds = map.getBounds()
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
}
