import { type StandIn, startService } from '../paged-service.ts'

/** Stand-in of the API of data·inclusion (v1): pages of structures and of services, by département. */
export function startDataInclusionSimulator(
  {
    structures,
    services,
  }: { readonly structures: readonly Readonly<Record<string, unknown>>[]; readonly services: readonly Readonly<Record<string, unknown>>[] },
  { apiKey = 'cle-d-essai', port = 0 }: { readonly apiKey?: string; readonly port?: number } = {},
): Promise<StandIn> {
  return startService({
    keyHeader: 'authorization',
    key: `Bearer ${apiKey}`,
    callsPerSecond: 20,
    port,
    answer: (url) => {
      const kind = /^\/api\/v1\/(structures|services)$/.exec(url.pathname)?.[1]
      if (kind === undefined) return { status: 404, body: { detail: 'Not Found' } }
      const department = url.searchParams.get('code_departement')
      const all = (kind === 'services' ? services : structures).filter((one) => department === null || String(one['code_insee'] ?? '').startsWith(department))
      const [page, size] = [Number(url.searchParams.get('page') ?? 1), Math.min(1000, Number(url.searchParams.get('size') ?? 50))]
      return {
        status: 200,
        body: { items: all.slice((page - 1) * size, page * size), total: all.length, page, size, pages: Math.max(1, Math.ceil(all.length / size)) },
      }
    },
  })
}
