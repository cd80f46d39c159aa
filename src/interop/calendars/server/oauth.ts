import type { CalendarFailure, CalendarTokens } from '../../../agenda/contract/calendar-links.ts'

const timeoutMs = 10_000

export interface OAuthClient {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  /** What the provider wants besides, to give a key that renews itself. */
  readonly asks: Readonly<Record<string, string>>
}

export function authorizeAddress(
  client: OAuthClient,
  { state, challenge, redirectUri }: { readonly state: string; readonly challenge: string; readonly redirectUri: string },
): string {
  const url = new URL(client.authorizeUrl)
  const asked = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: client.scope,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...client.asks,
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/** A code with its PKCE verifier, or a renewal, for keys. A renewal that gives no new refresh token keeps the former one. */
export async function askTokens(
  client: OAuthClient,
  grant: Readonly<Record<string, string>>,
  former: string | null = null,
): Promise<CalendarTokens | CalendarFailure> {
  const body = new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...grant })
  const answer = await request(client.tokenUrl, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
  if (answer === null || answer.status >= 500 || answer.status === 429) return { failed: 'down' }
  const {
    access_token: access,
    refresh_token: refresh,
    expires_in: seconds,
  } = (answer.json ?? {}) as { access_token?: string; refresh_token?: string; expires_in?: number }
  const kept = refresh ?? former
  // Only « invalid_grant » says that her agreement is over (RFC 6749, 5.2); a wrong or expired secret of the application is the operator's to mend, and breaks no link.
  if (answer.status !== 200) return { failed: errorOf(answer) === 'invalid_grant' ? 'revoked' : 'down' }
  if (access === undefined || kept === null) return { failed: 'revoked' }
  return { access, refresh: kept, expiresAt: new Date(Date.now() + (seconds ?? 3600) * 1000).toISOString() }
}

const errorOf = ({ json }: JsonAnswer): unknown => (typeof json === 'object' && json !== null ? (json as { error?: unknown }).error : undefined)

export interface JsonAnswer {
  readonly status: number
  readonly json: unknown
}

/** One request; null when nothing came back that can be read. */
export async function request(
  url: string,
  init: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<JsonAnswer | null> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.text()
    return { status: response.status, json: text === '' ? null : JSON.parse(text) }
  } catch {
    return null
  }
}

/** What an answer that is no success means, alike for both. */
export function failureOf(answer: JsonAnswer | null): CalendarFailure {
  if (answer === null || answer.status === 429 || answer.status >= 500) return { failed: 'down' }
  if (answer.status === 401) return { failed: 'revoked' }
  if (answer.status === 410) return { failed: 'gone' }
  if (answer.status === 404) return { failed: 'gone' }
  if (answer.status === 409) return { failed: 'exists' }
  if (answer.status === 412) return { failed: 'changed' }
  return answer.status === 403 ? { failed: 'down' } : { failed: 'rejected' }
}
