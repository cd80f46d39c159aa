import { Agent, fetch } from 'undici'
import type { InsiFailure, InsiPort } from '../../../persons/contract/insi.ts'
import type { InsiSettings } from './settings.ts'
import { type Asker, actions, readSearchAnswer, readVerificationAnswer, searchMessage, verificationMessage } from './soap-messages.ts'

/** Larger than any answer: what goes beyond is not one. */
const largestAnswer = 256 * 1024

/**
 * The teleservice INSi over SOAP 1.2 and mutual TLS. Never throws: what fails is « refused » (our request or our certificate: asking again will not help) or
 * « unreachable » (silence, delay, an answer that cannot be read: ask again). The delay holds for the whole exchange.
 */
export function openInsi(settings: InsiSettings, softwareVersion: string, clock: () => Date = () => new Date()): InsiPort {
  const { certificate: cert, key, passphrase, authorities: ca } = settings
  const connect = { cert, key, ...(passphrase ? { passphrase } : {}), ...(ca ? { ca } : {}), minVersion: 'TLSv1.2' as const }
  const dispatcher = new Agent({ connect, connections: 4 })
  const asker = (): Asker => ({ emitter: settings.emitter, softwareId: settings.softwareId, softwareVersion, at: clock() })

  const post = async (action: string, message: string): Promise<string | InsiFailure> => {
    try {
      const response = await fetch(settings.url, {
        method: 'POST',
        headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` },
        body: message,
        redirect: 'error',
        signal: AbortSignal.timeout(settings.timeoutSeconds * 1000),
        dispatcher,
      })
      if (response.status === 401 || response.status === 403) return { outcome: 'refused', code: 'not_authorised' }
      const text = await textOf(response.body as AsyncIterable<Uint8Array> | null)
      // A SOAP fault comes with 400 or 500: its own words decide.
      const soap = response.headers.get('content-type')?.includes('xml') === true
      if (!response.ok && !soap) return { outcome: 'unreachable', code: 'down' }
      return text ?? { outcome: 'unreachable', code: 'answer_unreadable' }
    } catch (error) {
      return failureOf(error)
    }
  }
  return {
    search: async (request) => {
      const text = await post(actions.search, searchMessage(request, asker()))
      return typeof text === 'string' ? readSearchAnswer(text) : text
    },
    verify: async (identity) => {
      const text = await post(actions.verification, verificationMessage(identity, asker()))
      return typeof text === 'string' ? readVerificationAnswer(text) : text
    },
  }
}

async function textOf(body: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.length
    if (size > largestAnswer) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** What the error of a connection means: our certificate is refused, the delay is over, or nobody is there. */
function failureOf(error: unknown): InsiFailure {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  if (name === 'TimeoutError') return { outcome: 'unreachable', code: 'timeout' }
  const code = cause?.code ?? ''
  if (/^ERR_SSL|CERT|_ISSUER|ALERT/.test(code)) return { outcome: 'refused', code: 'not_authorised' }
  return { outcome: 'unreachable', code: /TIMEOUT/.test(code) ? 'timeout' : 'down' }
}
