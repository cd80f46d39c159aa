import { z } from 'zod'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import { type DirectoryFacet, directoryFacets } from './facets.ts'

/** Layers of the map of the territory (seed 001), in the order in which they are offered. CPTS are told apart by status besides. */
export const mapLayers: readonly { readonly facet: DirectoryFacet; readonly title: string; readonly mark: string; readonly shown: boolean }[] = [
  { facet: 'dac', title: 'DAC', mark: 'D', shown: true },
  { facet: 'cpts', title: 'CPTS', mark: 'C', shown: true },
  { facet: 'msp', title: 'Maisons de santé (MSP)', mark: 'M', shown: true },
  { facet: 'cds', title: 'Centres de santé', mark: 'S', shown: true },
  { facet: 'esp', title: 'Équipes de soins primaires (ESP)', mark: 'É', shown: true },
  { facet: 'ess', title: 'Équipes de soins spécialisés (ESS)', mark: 'Z', shown: true },
  { facet: 'mrs', title: 'Maisons régionales de santé (MRS)', mark: 'G', shown: false },
  { facet: 'mountain_practice', title: 'Cabinets de montagne', mark: 'N', shown: false },
  { facet: 'hospital', title: 'Hôpitaux', mark: 'H', shown: false },
  { facet: 'had', title: 'HAD', mark: 'A', shown: false },
  { facet: 'ssiad', title: 'SSIAD', mark: 'I', shown: false },
  { facet: 'emsp', title: 'Soins palliatifs (EMSP)', mark: 'P', shown: false },
  { facet: 'ehpad', title: 'EHPAD', mark: 'R', shown: false },
  { facet: 'sad', title: 'Aide à domicile', mark: 'a', shown: false },
  { facet: 'clic', title: 'CLIC', mark: 'L', shown: false },
  { facet: 'crt', title: 'Centres de ressources territoriaux', mark: 'T', shown: false },
  { facet: 'mdph', title: 'MDPH', mark: 'm', shown: false },
  { facet: 'ccas', title: 'CCAS', mark: 'c', shown: false },
  { facet: 'practice', title: 'Cabinets', mark: 'b', shown: false },
  { facet: 'dsr', title: 'Dispositifs spécifiques régionaux (DSR)', mark: 'X', shown: false },
  { facet: 'der', title: 'Dispositifs experts régionaux (DER)', mark: 'E', shown: false },
  { facet: 'social_service', title: 'Services sociaux et d’inclusion', mark: 's', shown: false },
  { facet: 'pharmacy', title: 'Pharmacies', mark: '+', shown: false },
]

/** More than this many are not sent: the map asks for fewer layers. */
export const mapPointCap = 4000

/** Structures of the region by kind, with where they stand, and the services that Jalon alone knows (ESP, ESS, MRS, projects of MSP). */
export const mapPoints = defineQuery({
  name: 'directory.mapPoints',
  title: 'Structures sur la carte',
  input: z.object({ facets: z.array(z.enum(directoryFacets)).min(1).max(mapLayers.length) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        /** Null for a service that the directory does not hold. */
        partyId: z.string().nullable(),
        facet: z.string(),
        label: z.string(),
        city: z.string().nullable(),
        phone: z.string().nullable(),
        latitude: z.number(),
        longitude: z.number(),
        /** Code of territory.cpts_status, for a CPTS. */
        status: z.string().nullable(),
        /** Announced, not open yet. */
        planned: z.boolean(),
      }),
    ),
    /** True when there are more than `mapPointCap`: only the first are given. */
    cut: z.boolean(),
  }),
  access: signedIn('structures of the public directories'),
  audit: { none: 'structures: no accompanied person is concerned' },
})
