import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import type { BackChannel } from './back-channel.ts'
import type { PscSettings } from './settings.ts'

export interface AnnouncedLogout {
  readonly session: string | null
  readonly subject: string | null
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
const oldestSeconds = 300

/** Reads logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6): signed by Pro Santé Connect, for us, of now, and nothing but a logout. */
export function logoutReader(settings: PscSettings, call: BackChannel | undefined): (token: string) => Promise<AnnouncedLogout | null> {
  const keys = createRemoteJWKSet(new URL(settings.jwksUrl), {
    timeoutDuration: settings.timeoutSeconds * 1000,
    ...(call === undefined ? {} : { [customFetch]: call as never }),
  })
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: settings.issuer,
        audience: settings.clientId,
        algorithms: ['RS256'],
        maxTokenAge: oldestSeconds,
        clockTolerance: 10,
        requiredClaims: ['iat', 'jti'],
      })
      const events = payload['events'] as Record<string, unknown> | undefined
      const session = typeof payload['sid'] === 'string' ? payload['sid'] : null
      const subject = payload.sub ?? null
      const isLogout = typeof events === 'object' && events !== null && typeof events[event] === 'object'
      if (!isLogout || 'nonce' in payload || [payload.aud].flat().length !== 1 || (session === null && subject === null)) return null
      return { session, subject }
    } catch {
      return null
    }
  }
}
