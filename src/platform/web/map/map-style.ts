import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { areaFills, pointTones, readColours } from './palette.ts'

/** The face of the page: without an address of glyphs, MapLibre draws texts with it, and puts the name as it is into a CSS font. */
const face = ['"Source Sans 3 Variable"']
const empty = { type: 'FeatureCollection', features: [] } as const

/** Sources that the pages fill: areas and their borders, towns, the middle asked from, points. */
export const sourceNames = ['areas', 'borders', 'names', 'towns', 'rings', 'here', 'points', 'chosen'] as const
export type SourceName = (typeof sourceNames)[number]

const zoomed = (from: number, least: number, to: number, most: number): ['interpolate', ['linear'], ['zoom'], number, number, number, number] => [
  'interpolate',
  ['linear'],
  ['zoom'],
  from,
  least,
  to,
  most,
]

/** Layers of ours, from the bottom to the top; `covered` is false over a base map that has its own towns and colours. */
function ownLayers(covered: boolean): LayerSpecification[] {
  const { colours, tones, areas } = readColours()
  const fill = [
    'match',
    ['get', 'fill'],
    'own',
    colours.surface,
    'blank',
    colours.ground,
    ...areaFills.flatMap((name, index) => [name, areas[index] ?? colours.surface]),
    colours.ground,
  ]
  const tone = ['match', ['get', 'tone'], ...pointTones.flatMap((name) => [name, tones[name]]), colours.ink2]
  const plain = ['!', ['has', 'point_count']]
  return [
    {
      id: 'areas',
      type: 'fill',
      source: 'areas',
      filter: ['!', ['in', ['get', 'fill'], ['literal', ['hole', 'overlap']]]],
      paint: { 'fill-color': fill as never, 'fill-opacity': covered ? 1 : 0.45, 'fill-antialias': false },
    },
    { id: 'areas-hole', type: 'fill', source: 'areas', filter: ['==', ['get', 'fill'], 'hole'], paint: { 'fill-pattern': 'hole' } },
    { id: 'areas-overlap', type: 'fill', source: 'areas', filter: ['==', ['get', 'fill'], 'overlap'], paint: { 'fill-pattern': 'overlap' } },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colours.accent, 'line-width': zoomed(6, 1, 11, 2), 'line-dasharray': [3, 2] },
    },
    ...(covered
      ? ([
          { id: 'beyond', type: 'fill', source: 'land', filter: ['==', ['get', 'name'], 'beyond'], paint: { 'fill-color': colours.infoTint } },
          {
            id: 'abroad',
            type: 'fill',
            source: 'land',
            filter: ['!', ['in', ['get', 'name'], ['literal', ['France', 'beyond']]]],
            paint: { 'fill-color': colours.sunken },
          },
          { id: 'frontier', type: 'line', source: 'land', filter: ['!=', ['get', 'name'], 'beyond'], paint: { 'line-color': colours.line2, 'line-width': 1 } },
          {
            id: 'towns-dot',
            type: 'circle',
            source: 'towns',
            filter: ['>=', ['get', 'population'], ['step', ['zoom'], 30_000, 8, 8000, 9, 2000, 10, 400, 11, 0]] as never,
            paint: { 'circle-radius': 2.5, 'circle-color': colours.ink3 },
          },
          {
            id: 'towns',
            type: 'symbol',
            source: 'towns',
            filter: ['>=', ['get', 'population'], ['step', ['zoom'], 30_000, 8, 8000, 9, 2000, 10, 400, 11, 0]] as never,
            layout: {
              'text-field': ['get', 'name'],
              'text-font': face,
              'text-size': ['interpolate', ['linear'], ['get', 'population'], 500, 12, 50_000, 15] as never,
              'text-variable-anchor': ['right', 'left', 'top', 'bottom'],
              'text-radial-offset': 0.55,
              'text-padding': 4,
              'symbol-sort-key': ['-', ['get', 'population']],
            },
            paint: { 'text-color': colours.ink2, 'text-halo-color': colours.ground, 'text-halo-width': 1.4 },
          },
        ] as LayerSpecification[])
      : []),
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': face,
        'text-size': 14,
        'text-max-width': 9,
        'text-padding': 6,
        'symbol-sort-key': ['-', ['get', 'size']],
      },
      paint: { 'text-color': colours.accent, 'text-halo-color': colours.surface, 'text-halo-width': 2 },
    },
    { id: 'rings', type: 'line', source: 'rings', paint: { 'line-color': colours.ink3, 'line-width': 1.2, 'line-dasharray': [1, 3] } },
    {
      id: 'rings-text',
      type: 'symbol',
      source: 'rings',
      layout: { 'symbol-placement': 'line', 'symbol-spacing': 600, 'text-field': ['get', 'label'], 'text-font': face, 'text-size': 12 },
      paint: { 'text-color': colours.ink2, 'text-halo-color': colours.ground, 'text-halo-width': 2 },
    },
    {
      id: 'here',
      type: 'circle',
      source: 'here',
      paint: { 'circle-radius': 7, 'circle-color': colours.ink, 'circle-stroke-color': colours.surface, 'circle-stroke-width': 3 },
    },
    {
      id: 'clusters',
      type: 'circle',
      source: 'points',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': colours.surface,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 2,
        'circle-radius': ['step', ['get', 'point_count'], 13, 10, 15, 100, 18, 1000, 22],
      },
    },
    {
      id: 'clusters-count',
      type: 'symbol',
      source: 'points',
      filter: ['has', 'point_count'],
      layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': face, 'text-size': 13, 'text-allow-overlap': true },
      paint: { 'text-color': colours.ink },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      filter: plain as never,
      paint: {
        'circle-color': tone as never,
        'circle-radius': 11,
        'circle-stroke-color': colours.surface,
        'circle-stroke-width': 1.5,
        'circle-opacity': ['case', ['get', 'planned'], 0, 1] as never,
      },
    },
    {
      id: 'points-planned',
      type: 'circle',
      source: 'points',
      filter: ['all', plain, ['==', ['get', 'planned'], true]] as never,
      paint: { 'circle-color': colours.surface, 'circle-radius': 10, 'circle-stroke-color': tone as never, 'circle-stroke-width': 2 },
    },
    {
      id: 'points-mark',
      type: 'symbol',
      source: 'points',
      filter: plain as never,
      layout: { 'text-field': ['get', 'mark'], 'text-font': face, 'text-size': 12, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': ['case', ['get', 'planned'], tone, colours.surface] as never },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'chosen',
      paint: { 'circle-color': tone as never, 'circle-radius': 15, 'circle-stroke-color': colours.ink, 'circle-stroke-width': 2.5 },
    },
    {
      id: 'chosen-mark',
      type: 'symbol',
      source: 'chosen',
      layout: { 'text-field': ['get', 'mark'], 'text-font': face, 'text-size': 14, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': colours.surface },
    },
  ]
}

function ownSources(): StyleSpecification['sources'] {
  const sources: StyleSpecification['sources'] = {}
  for (const name of sourceNames)
    sources[name] = { type: 'geojson', data: empty as never, ...(name === 'points' ? { cluster: true, clusterRadius: 34, clusterMaxZoom: 11 } : {}) }
  return sources
}

/** The base map that needs no internet: land, frontiers and towns of our own files. */
export function fallbackStyle(): StyleSpecification {
  const { colours } = readColours()
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: '/map/land.json', attribution: 'Natural Earth, GeoNames' },
      ...ownSources(),
    },
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colours.ground } }, ...ownLayers(true)],
  }
}

/** A published base map under our layers. Its texts are drawn with the face of the page: fewer files are fetched from elsewhere. */
export function overPublished(published: StyleSpecification): StyleSpecification {
  const { glyphs: _glyphs, ...rest } = published
  return { ...rest, sources: { ...published.sources, ...ownSources() }, layers: [...published.layers, ...ownLayers(false)] }
}
