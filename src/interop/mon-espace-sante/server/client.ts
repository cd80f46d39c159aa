import { readFileSync } from 'node:fs'
import { Agent, fetch, type RequestInit, type Response } from 'undici'
import type { HealthSpaceAnswer, HealthSpacePort } from '../../../agenda/contract/health-space.ts'
import type { Settings } from '../../../platform/server/settings.ts'
import { type FhirAppointment, identifierOf, toFhir } from './fhir-appointment.ts'

const timeoutMs = 10_000
const largestAnswer = 256 * 1024
const fhir = 'application/fhir+json'

export interface HealthSpaceSettings {
  /** Base of the FHIR server. */
  readonly url: string
  readonly apiKey: string
  readonly certificate?: string
  readonly key?: string
  readonly authorities?: string
}

/** What the installation says of Mon espace santé; null where it is not connected. Certificates that cannot be read stop the start. */
export function healthSpaceSettings(settings: Settings): HealthSpaceSettings | null {
  const { HEALTH_SPACE_URL, HEALTH_SPACE_API_KEY, HEALTH_SPACE_CLIENT_CERTIFICATE, HEALTH_SPACE_CLIENT_KEY, HEALTH_SPACE_CA } = settings
  if (HEALTH_SPACE_URL === undefined) return null
  return {
    url: HEALTH_SPACE_URL.replace(/\/$/, ''),
    apiKey: HEALTH_SPACE_API_KEY ?? '',
    ...(HEALTH_SPACE_CLIENT_CERTIFICATE === undefined ? {} : { certificate: readFileSync(HEALTH_SPACE_CLIENT_CERTIFICATE, 'utf8') }),
    ...(HEALTH_SPACE_CLIENT_KEY === undefined ? {} : { key: readFileSync(HEALTH_SPACE_CLIENT_KEY, 'utf8') }),
    ...(HEALTH_SPACE_CA === undefined ? {} : { authorities: readFileSync(HEALTH_SPACE_CA, 'utf8') }),
  }
}

/**
 * Mon espace santé over FHIR R4. What is known there by our number is read first: absent, it is created if nobody did meanwhile (`If-None-Exist`); present, it is
 * changed if it is still the version that was read (`If-Match`). A message that comes late or twice then changes nothing, and a cancellation creates nothing.
 * Never throws.
 */
export function openHealthSpace({ url, apiKey, certificate, key, authorities }: HealthSpaceSettings): HealthSpacePort {
  const connect = { ...(certificate && key ? { cert: certificate, key } : {}), ...(authorities ? { ca: authorities } : {}) }
  const dispatcher = new Agent({ connections: 4, connect })
  const ask = async (path: string, init: RequestInit = {}): Promise<Response | HealthSpaceAnswer> => {
    try {
      return await fetch(`${url}/${path}`, {
        ...init,
        headers: { accept: fhir, ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }), ...(init.headers as Record<string, string> | undefined) },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        dispatcher,
      })
    } catch (error) {
      return { outcome: 'unreachable', code: (error as { name?: string }).name === 'TimeoutError' ? 'timeout' : 'down' }
    }
  }
  const write = async (method: 'POST' | 'PUT', path: string, resource: FhirAppointment, headers: Record<string, string>): Promise<HealthSpaceAnswer> => {
    const answer = await ask(path, { method, body: JSON.stringify(resource), headers: { 'content-type': fhir, ...headers } })
    if ('outcome' in answer) return answer
    // A conditional creation that finds it there answers 200 and changes nothing: it is read and changed at the next turn.
    if (method === 'POST' && answer.status === 200) return { outcome: 'unreachable', code: 'conflict' }
    return answerOf(answer)
  }
  const find = async (number: string): Promise<readonly FhirAppointment[] | HealthSpaceAnswer> => {
    const answer = await ask(`Appointment?${criterion(number)}`)
    if ('outcome' in answer) return answer
    if (!answer.ok) return answerOf(answer)
    const bundle = await readJson<{ readonly entry?: readonly { readonly resource?: FhirAppointment }[] }>(answer)
    if (bundle === null) return { outcome: 'unreachable', code: 'answer_unreadable' }
    return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Appointment' && resource.id !== undefined ? [resource] : []))
  }
  const change = (found: FhirAppointment, to: FhirAppointment): Promise<HealthSpaceAnswer> => {
    const version = found.meta.versionId
    return write(
      'PUT',
      `Appointment/${encodeURIComponent(String(found.id))}`,
      { ...to, id: String(found.id) },
      version === undefined ? {} : { 'if-match': `W/"${version}"` },
    )
  }
  const untilSettled = async (turn: () => Promise<HealthSpaceAnswer>): Promise<HealthSpaceAnswer> => {
    let answer = await turn()
    for (let again = 0; again < 2 && answer.outcome === 'unreachable' && answer.code === 'conflict'; again += 1) answer = await turn()
    return answer
  }
  return {
    put: (appointment) =>
      untilSettled(async () => {
        const resource = toFhir(appointment)
        const found = await find(appointment.number)
        if ('outcome' in found) return found
        const first = found[0]
        return first === undefined ? write('POST', 'Appointment', resource, { 'if-none-exist': criterion(appointment.number) }) : change(first, resource)
      }),
    cancel: (number) =>
      untilSettled(async () => {
        const found = await find(number)
        if ('outcome' in found) return found
        for (const one of found) {
          if (one.status === 'cancelled') continue
          const answer = await change(one, { ...one, status: 'cancelled' })
          if (answer.outcome !== 'ok') return answer
        }
        return { outcome: 'ok' }
      }),
  }
}

function criterion(number: string): string {
  const { system, value } = identifierOf(number)
  return `identifier=${encodeURIComponent(`${system}|${value}`)}`
}

async function answerOf(response: Response): Promise<HealthSpaceAnswer> {
  const { status } = response
  if (response.ok) {
    await response.body?.cancel()
    return { outcome: 'ok' }
  }
  const outcome = await readJson<{ issue?: readonly { code?: string }[] }>(response)
  if (status === 401 || status === 403) return { outcome: 'refused', code: 'not_authorised' }
  if (status === 409 || status === 412) return { outcome: 'unreachable', code: 'conflict' }
  if (status === 429 || status >= 500) return { outcome: 'unreachable', code: 'down' }
  return { outcome: 'refused', code: outcome?.issue?.some(({ code }) => code === 'not-found') ? 'no_space' : 'rejected' }
}

async function readJson<T>(response: Response): Promise<T | null> {
  try {
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += piece.length
      if (size > largestAnswer) return null
      pieces.push(piece)
    }
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as T
  } catch {
    return null
  }
}
