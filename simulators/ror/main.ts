import { fhirSearch, type StandIn, startService } from '../paged-service.ts'

type Resource = Parameters<typeof fhirSearch>[0][number] & Readonly<Record<string, unknown>>

/** Stand-in of the consultation API of a ROR: offers with the places and organizations that they name. */
export function startRorSimulator(
  resources: readonly Resource[],
  { apiKey = 'cle-d-essai', port = 0, opaque = false }: { readonly apiKey?: string; readonly port?: number; readonly opaque?: boolean } = {},
): Promise<StandIn> {
  const named = (found: readonly unknown[]): readonly Resource[] => {
    const told = JSON.stringify(found)
    return resources.filter((one) => one.resourceType !== 'HealthcareService' && told.includes(`"${one.resourceType}/${one.id}"`))
  }
  return startService({ keyHeader: 'authorization', key: `Bearer ${apiKey}`, callsPerSecond: 20, answer: fhirSearch(resources, named, { opaque }), port })
}
