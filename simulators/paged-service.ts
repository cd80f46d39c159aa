import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a stand-in misbehaves from now on. */
export type ServiceFault = 'none' | 'down' | 'slow' | 'garbage' | 'cut'

export interface StandIn {
  readonly url: string
  /** Calls answered or refused so far, in order. */
  readonly calls: readonly { readonly path: string; readonly status: number }[]
  /** For the next `calls` calls. */
  misbehave(fault: ServiceFault, calls?: number): void
  close(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** An HTTP service of pages with a key and a limit of calls in a second, on the loopback only. */
export async function startService({
  keyHeader,
  key,
  callsPerSecond,
  answer,
  port = 0,
}: {
  readonly keyHeader: string
  readonly key: string
  readonly callsPerSecond: number
  readonly answer: (url: URL) => Answer
  readonly port?: number
}): Promise<StandIn> {
  const calls: { path: string; status: number }[] = []
  let [fault, left]: [ServiceFault, number] = ['none', 0]
  let recent: number[] = []
  const reply = (request: IncomingMessage, response: ServerResponse): undefined => {
    const path = request.url ?? '/'
    const send = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): undefined => {
      calls.push({ path, status })
      response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(body)
    }
    if (fault !== 'none' && left > 0) {
      left -= 1
      if (fault === 'down') return send(503, '{}')
      if (fault === 'garbage') return send(200, '<html>maintenance</html>')
      if (fault === 'cut') {
        calls.push({ path, status: 0 })
        request.socket.destroy()
        return undefined
      }
      setTimeout(() => send(200, '{}'), 2000).unref()
      return undefined
    }
    if (request.headers[keyHeader.toLowerCase()] !== key) return send(401, '{"resourceType":"OperationOutcome"}')
    const now = Date.now()
    recent = [...recent.filter((at) => now - at < 1000), now]
    if (recent.length > callsPerSecond) return send(429, '{"resourceType":"OperationOutcome"}', { 'retry-after': '1' })
    const { status, body } = answer(new URL(path, `http://${request.headers.host}`))
    return send(status, JSON.stringify(body))
  }
  const server = createServer(reply)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    misbehave: (next, count = Number.POSITIVE_INFINITY) => {
      fault = next
      left = count
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

interface FhirResource {
  readonly resourceType: string
  readonly id: string
  readonly meta?: { readonly lastUpdated?: string }
}

/**
 * A FHIR search over resources in memory: `_lastUpdated=ge…`, `_count`, pages linked by `next`, and the resources that `include` adds to each.
 * `opaque`: its next pages are at the root of the service and tell nothing of the search (« …/fhir/v2?_getpages=… »), as those of many servers.
 */
export function fhirSearch(
  resources: readonly FhirResource[],
  include: (found: readonly FhirResource[]) => readonly FhirResource[] = () => [],
  { opaque = false }: { readonly opaque?: boolean } = {},
): (url: URL) => Answer {
  const searches: string[] = []
  return (asked) => {
    const held = asked.searchParams.get('_getpages')
    const search = searches[Number(held)]
    if (held !== null && search === undefined) return { status: 410, body: { resourceType: 'OperationOutcome' } }
    const url = new URL(held === null || search === undefined ? asked : search)
    if (held !== null) url.searchParams.set('_offset', asked.searchParams.get('_getpagesoffset') ?? '0')
    const type = url.pathname.split('/').at(-1) ?? ''
    const since = url.searchParams.get('_lastUpdated')?.replace(/^ge/, '')
    const found = resources.filter((one) => one.resourceType === type && (since === undefined || new Date(one.meta?.lastUpdated ?? 0) >= new Date(since)))
    const [count, from] = [Number(url.searchParams.get('_count') ?? 20), Number(url.searchParams.get('_offset') ?? 0)]
    const page = found.slice(from, from + count)
    const next = opaque ? new URL(url.pathname.slice(0, url.pathname.lastIndexOf('/')), url) : new URL(url)
    if (opaque) {
      const search = held ?? String(searches.push(asked.href) - 1)
      next.search = new URLSearchParams({ _getpages: search, _getpagesoffset: String(from + count), _bundletype: 'searchset' }).toString()
    } else next.searchParams.set('_offset', String(from + count))
    return {
      status: 200,
      body: {
        resourceType: 'Bundle',
        type: 'searchset',
        total: found.length,
        link: [{ relation: 'self', url: asked.href }, ...(from + count < found.length ? [{ relation: 'next', url: next.href }] : [])],
        entry: [
          ...page.map((resource) => ({ resource, search: { mode: 'match' } })),
          ...include(page).map((resource) => ({ resource, search: { mode: 'include' } })),
        ],
      },
    }
  }
}
