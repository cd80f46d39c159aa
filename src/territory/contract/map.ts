import { z } from 'zod'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import { cursor, day, optional } from '../../platform/contract/fields.ts'

/** A DAC or a CPTS with the middle of the commune where it is. */
export const mapService = z.object({
  id: z.string(),
  kind: z.enum(['dac', 'cpts']),
  name: z.string(),
  shortName: z.string().nullable(),
  /** Code of territory.cpts_status; null for a DAC and where nobody said it. */
  status: z.string().nullable(),
  phone: z.string().nullable(),
  communeCode: z.string().nullable(),
  communeName: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** How many communes its perimeter holds on the day. */
  communes: z.number().int(),
})
export type MapService = z.output<typeof mapService>

/** Commune by commune: code, name, département, latitude, longitude, population, whether its place is only estimated, and places in `services`. */
const mapCommune = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.number().int(),
  z.union([z.literal(0), z.literal(1)]),
  z.array(z.number().int()),
])
export type MapCommune = z.output<typeof mapCommune>

/** The region as the map draws it: its communes with who covers them on a day, and the places around it that bound its edge. */
export const territoryMap = defineQuery({
  name: 'territory.map',
  title: 'Carte des périmètres',
  input: z.object({ on: optional(day()) }),
  output: z.object({
    services: z.array(mapService),
    communes: z.array(mapCommune),
    /** Latitude and longitude of communes outside the region, near its edge. */
    beyond: z.array(z.tuple([z.number(), z.number()])),
  }),
  access: signedIn('perimeters of organisations over the official geography'),
  audit: { none: 'organisations and communes: no person is concerned' },
})

/** Communes of the region that no service of the kind covers, and those that several cover. */
export const perimeterGaps = defineQuery({
  name: 'territory.perimeterGaps',
  title: 'Trous et recouvrements des périmètres',
  input: z.object({
    kind: z.enum(['dac', 'cpts']),
    show: z.enum(['holes', 'overlaps']),
    on: optional(day()),
    limit: z.number().int().min(1).max(200).default(100),
    cursor,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        communeCode: z.string(),
        communeName: z.string(),
        departmentCode: z.string().nullable(),
        epciName: z.string().nullable(),
        population: z.number().int().nullable(),
        services: z.array(z.string()),
      }),
    ),
    next: z.string().nullable(),
    /** All of them, whatever the page. */
    total: z.number().int(),
    population: z.number().int(),
  }),
  access: signedIn('perimeters of organisations over the official geography'),
  audit: { none: 'organisations and communes: no person is concerned' },
  csv: {
    file: 'trous-et-recouvrements',
    columns: ['Code INSEE', 'Commune', 'Département', 'EPCI', 'Habitants', 'Services'],
    rows: ({ rows }) => rows.map((row) => [row.communeCode, row.communeName, row.departmentCode, row.epciName, row.population, row.services.join(' ; ')]),
  },
})
