import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly meta?: { readonly versionId?: string; readonly lastUpdated?: string; readonly profile?: readonly string[] }
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[]
  readonly status?: string
  readonly description?: string
  readonly start?: string
  readonly end?: string
  readonly participant?: readonly {
    readonly actor?: { readonly type?: string; readonly identifier?: { readonly system?: string; readonly value?: string }; readonly display?: string }
    readonly status?: string
  }[]
}

/** What the next requests meet: a wait before the work or before the answer (milliseconds), a failure instead of the work, an answer that is lost after it. */
export interface Weather {
  readonly waitBeforeMs?: number
  readonly waitAfterMs?: number
  readonly status?: number
  readonly loseAnswers?: boolean
}

export interface HealthSpaceStandIn {
  readonly url: string
  readonly apiKey: string
  /** What stands in the spaces now. */
  readonly appointments: () => readonly Resource[]
  /** Of one number of ours, however many there are: one, if all is well. */
  readonly ofNumber: (number: string) => readonly Resource[]
  readonly writes: () => number
  readonly meet: (weather: Weather) => void
  /** This matricule has no space there, or closed it. */
  readonly closeSpace: (matricule: string) => void
  readonly stop: () => Promise<void>
}

/**
 * A FHIR R4 server that keeps appointments as Mon espace santé does: search by identifier, conditional creation (`If-None-Exist`), changes by version (`If-Match`),
 * histories by ETag, OperationOutcome for refusals. It checks what R4 and the profile of shared agendas demand of a resource.
 */
export async function startHealthSpace({ port = 0 }: { readonly port?: number } = {}): Promise<HealthSpaceStandIn> {
  const apiKey = 'cle-d-essai'
  const kept = new Map<string, Resource>()
  const closed = new Set<string>()
  let weather: Weather = {}
  let writes = 0

  const matching = (criterion: string | null): Resource[] => {
    const [system, value] = (new URLSearchParams(criterion ?? '').get('identifier') ?? '').split('|')
    return [...kept.values()].filter(({ identifier }) => identifier?.some((one) => one.system === system && one.value === value))
  }
  const keep = (resource: Resource, id: string): Resource => {
    const version = Number(kept.get(id)?.meta?.versionId ?? 0) + 1
    const stored = { ...resource, id, meta: { ...resource.meta, versionId: String(version), lastUpdated: new Date().toISOString() } }
    kept.set(id, stored)
    writes += 1
    return stored
  }
  const answer = (
    request: IncomingMessage,
    url: URL,
    body: string,
  ): { readonly status: number; readonly resource: unknown; readonly headers?: Record<string, string> } => {
    if (request.headers.authorization !== `Bearer ${apiKey}`) return { status: 401, resource: outcome('login') }
    const [, , type, id] = url.pathname.split('/')
    if (type !== 'Appointment') return { status: 404, resource: outcome('not-supported') }
    if (request.method === 'GET' && id === undefined) {
      const found = matching(url.search)
      return {
        status: 200,
        resource: { resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found.map((resource) => ({ resource, search: { mode: 'match' } })) },
      }
    }
    const resource = parsed(body)
    const fault = resource === null ? 'structure' : faultOf(resource)
    if (resource === null || fault !== null) return { status: 422, resource: outcome(fault ?? 'structure') }
    const patient = resource.participant?.find(({ actor }) => actor?.type === 'Patient')?.actor?.identifier?.value
    if (patient === undefined || closed.has(patient)) return { status: 422, resource: outcome('not-found') }
    if (request.method === 'POST' && id === undefined) {
      const criterion = request.headers['if-none-exist']
      const found = typeof criterion === 'string' ? matching(criterion) : []
      if (found.length > 1) return { status: 412, resource: outcome('multiple-matches') }
      if (found.length === 1) return { status: 200, resource: found[0] }
      const stored = keep(resource, randomUUID())
      return { status: 201, resource: stored, headers: { location: `/fhir/Appointment/${stored.id}`, etag: `W/"${stored.meta?.versionId}"` } }
    }
    if (request.method === 'PUT' && id !== undefined) {
      const known = kept.get(decodeURIComponent(id))
      if (known === undefined) return { status: 404, resource: outcome('not-found') }
      const match = request.headers['if-match']
      if (match !== undefined && match !== `W/"${known.meta?.versionId}"`) return { status: 412, resource: outcome('conflict') }
      const stored = keep(resource, decodeURIComponent(id))
      return { status: 200, resource: stored, headers: { etag: `W/"${stored.meta?.versionId}"` } }
    }
    return { status: 405, resource: outcome('not-supported') }
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void (async () => {
      const body = await text(request)
      const { waitBeforeMs = 0, waitAfterMs = 0, status, loseAnswers } = weather
      if (waitBeforeMs > 0) await pause(waitBeforeMs)
      if (status !== undefined) return void response.writeHead(status).end()
      const given = answer(request, new URL(request.url ?? '/', 'http://127.0.0.1'), body)
      if (waitAfterMs > 0) await pause(waitAfterMs)
      if (loseAnswers) return void response.destroy()
      response.writeHead(given.status, { 'content-type': 'application/fhir+json', ...given.headers }).end(JSON.stringify(given.resource))
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    apiKey,
    appointments: () => [...kept.values()],
    ofNumber: (number) => [...kept.values()].filter(({ identifier }) => identifier?.some(({ value }) => value === `urn:uuid:${number}`)),
    writes: () => writes,
    meet: (next) => {
      weather = next
    },
    closeSpace: (matricule) => void closed.add(matricule),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const outcome = (code: string): unknown => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] })

function parsed(body: string): Resource | null {
  try {
    return JSON.parse(body) as Resource
  } catch {
    return null
  }
}

const statuses = ['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error', 'checked-in', 'waitlist']
const knownFields = ['resourceType', 'id', 'meta', 'identifier', 'status', 'description', 'start', 'end', 'minutesDuration', 'participant']
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Rules of Appointment in R4 (cardinalities, app-1 to app-4), and of the profile: one of our numbers, a patient by her INS. Null when it is sound. */
function faultOf(resource: Resource): string | null {
  if (resource.resourceType !== 'Appointment') return 'structure'
  if (Object.keys(resource).some((field) => !knownFields.includes(field))) return 'structure'
  if (!statuses.includes(resource.status ?? '')) return 'code-invalid'
  if (!instant.test(resource.start ?? '') || !instant.test(resource.end ?? '') || String(resource.start) >= String(resource.end)) return 'invariant'
  if (resource.identifier?.length !== 1 || !/^urn:uuid:[0-9a-f-]{36}$/.test(resource.identifier[0]?.value ?? '')) return 'required'
  if (!resource.participant?.length || resource.participant.some(({ actor, status }) => actor === undefined || status === undefined)) return 'invariant'
  const patients = resource.participant.filter(({ actor }) => actor?.type === 'Patient')
  return patients.length === 1 && /^urn:oid:1\.2\.250\.1\.213\.1\.4\.(8|9|10|11)$/.test(patients[0]?.actor?.identifier?.system ?? '') ? null : 'required'
}
