import { Agent, fetch } from 'undici'
import type { PscTls } from './settings.ts'

export type BackChannel = (url: string, options: object) => Promise<Response>

/**
 * How Jalon itself calls Pro Santé Connect: under its client certificate, trusting the authorities named. Undefined without either: the
 * process's own fetch then serves. Redirections are never followed: a token goes where the settings say, or nowhere.
 */
export function backChannel(tls: PscTls | undefined): BackChannel | undefined {
  if (tls === undefined) return undefined
  const { certificate: cert, key, passphrase, authorities: ca } = tls
  const connect = { ...(cert ? { cert, key } : {}), ...(passphrase ? { passphrase } : {}), ...(ca ? { ca } : {}), minVersion: 'TLSv1.2' as const }
  const dispatcher = new Agent({ connect })
  return (url, options) => fetch(url, { redirect: 'manual', ...options, dispatcher } as never) as unknown as Promise<Response>
}
