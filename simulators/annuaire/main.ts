import { fhirSearch, type StandIn, startService } from '../paged-service.ts'

/** Stand-in of the FHIR v2 gateway of the Annuaire Santé: header ESANTE-API-KEY, 17 calls in a second, `_lastUpdated`, pages. */
export function startAnnuaireSimulator(
  resources: Parameters<typeof fhirSearch>[0],
  { apiKey = 'cle-d-essai', port = 0, opaque = false }: { readonly apiKey?: string; readonly port?: number; readonly opaque?: boolean } = {},
): Promise<StandIn> {
  // The professional and the organization of each situation, as `_include` asks.
  const named = (found: readonly unknown[]): typeof resources => {
    const told = JSON.stringify(found)
    return told.includes('"PractitionerRole"') ? resources.filter((one) => told.includes(`"${one.resourceType}/${one.id}"`)) : []
  }
  return startService({ keyHeader: 'ESANTE-API-KEY', key: apiKey, callsPerSecond: 17, answer: fhirSearch(resources, named, { opaque }), port })
}
