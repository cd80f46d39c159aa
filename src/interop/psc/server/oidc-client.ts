import { createHash } from 'node:crypto'
import * as oidc from 'openid-client'
import { type PscIdentity, type PscUserinfoFault, parsePscUserinfo } from '../userinfo.ts'
import { backChannel } from './back-channel.ts'
import { logoutReader } from './logout-token.ts'
import type { PscSettings } from './settings.ts'

/** What must be remembered between the departure to Pro Santé Connect and the return. */
export interface LoginChecks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** When she is asked again who she is: the instant, in milliseconds, before which she must not have proved it. */
  readonly provedAfter?: number | undefined
}

export interface Departure {
  readonly url: URL
  readonly checks: LoginChecks
}

/** Why a return is refused: a code that may be logged. */
export type PscRefusalCode =
  | 'cancelled'
  | 'response_invalid'
  | 'token_invalid'
  | 'acr_insufficient'
  | 'not_proved_again'
  | 'subject_mismatch'
  | PscUserinfoFault

export type Arrival =
  | {
      readonly outcome: 'ok'
      readonly identity: PscIdentity
      readonly idToken: string
      readonly subject: string
      /** The session at Pro Santé Connect (`sid`), where it says so. */
      readonly session: string | null
      readonly refreshToken: string | null
      /** When she proved who she is at Pro Santé Connect (`auth_time`): long ago where its own session still lived; null where it does not say. */
      readonly provedAt: Date | null
    }
  /** `cause` is a code of the protocol, never a claim. */
  | { readonly outcome: 'refused'; readonly code: PscRefusalCode; readonly cause: string }
  | { readonly outcome: 'unreachable'; readonly cause: string }

export interface PscClient {
  /** Where to send the browser. `loginHint` names a persona of the stand-in; `again` asks for a new proof, whatever session Pro Santé Connect holds. */
  readonly depart: (options?: { readonly loginHint?: string | undefined; readonly again?: { readonly since: Date } | undefined }) => Promise<Departure>
  /** Checks the return and reads who came. Takes the query string of the callback as it was received. */
  readonly arrive: (query: string, checks: LoginChecks) => Promise<Arrival>
  /** Where to send the browser so that the session at Pro Santé Connect ends too. */
  readonly logoutUrl: (idToken: string) => URL
  /** Whether the session at Pro Santé Connect still lives: gives the next refresh token, 'over', or 'unknown' when it does not answer. */
  readonly refresh: (refreshToken: string) => Promise<{ readonly next: string } | 'over' | 'unknown'>
  /** Reads a logout that Pro Santé Connect announces (OpenID Connect Back-Channel Logout 1.0); null for anything that is not one. */
  readonly readLogout: (token: string) => Promise<{ readonly session: string | null; readonly subject: string | null } | null>
}

/** Pro Santé Connect signs with RS256; naming it refuses `none`, and HS256 signed with what is public. */
const signature = 'RS256'

/**
 * The login at Pro Santé Connect: authorization code, PKCE, state and nonce. Refuses a plain http endpoint unless it is on a loopback
 * address (the stand-in).
 */
export function openPscClient(settings: PscSettings): PscClient {
  const configuration = new oidc.Configuration(
    {
      issuer: settings.issuer,
      authorization_endpoint: settings.authorizeUrl,
      token_endpoint: settings.tokenUrl,
      userinfo_endpoint: settings.userinfoUrl,
      jwks_uri: settings.jwksUrl,
      end_session_endpoint: settings.logoutUrl,
      id_token_signing_alg_values_supported: [signature],
    },
    settings.clientId,
    { id_token_signed_response_alg: signature, [oidc.clockTolerance]: 10 },
    settings.clientSecret === undefined ? oidc.TlsClientAuth() : oidc.ClientSecretPost(settings.clientSecret),
  )
  configuration.timeout = settings.timeoutSeconds
  const call = backChannel(settings.tls)
  if (call !== undefined) configuration[oidc.customFetch] = call as oidc.CustomFetch
  // Without it the library trusts TLS alone for what the token endpoint says, and does not verify the signature.
  oidc.enableNonRepudiationChecks(configuration)
  if ([settings.tokenUrl, settings.userinfoUrl, settings.jwksUrl].every(isLoopback)) oidc.allowInsecureRequests(configuration)

  return {
    depart: async ({ loginHint, again } = {}) => {
      const proof = again === undefined ? {} : { provedAfter: again.since.getTime() }
      const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), ...proof }
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUri,
        scope: 'openid scope_all',
        acr_values: settings.acr,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        ...(again === undefined ? {} : { prompt: 'login', max_age: '0' }),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
      })
      return { url, checks }
    },
    arrive: async (query, checks) => {
      try {
        return await arrive(configuration, settings, new URL(`${settings.redirectUri}?${query}`), checks)
      } catch (error) {
        return failure(error)
      }
    },
    logoutUrl: (idToken) => oidc.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }),
    refresh: async (refreshToken) => {
      try {
        const tokens = await oidc.refreshTokenGrant(configuration, refreshToken)
        return { next: tokens.refresh_token ?? refreshToken }
      } catch (error) {
        return error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant' ? 'over' : 'unknown'
      }
    },
    readLogout: logoutReader(settings, call),
  }
}

async function arrive(configuration: oidc.Configuration, settings: PscSettings, callback: URL, checks: LoginChecks): Promise<Arrival> {
  const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const idToken = tokens.id_token
  if (claims === undefined || idToken === undefined) return { outcome: 'refused', code: 'token_invalid', cause: 'id_token_missing' }
  const fault = extraFault(claims, settings, tokens.access_token)
  if (fault !== null) return { outcome: 'refused', code: 'token_invalid', cause: fault }
  if (claims.acr !== settings.acr) return { outcome: 'refused', code: 'acr_insufficient', cause: claims.acr === undefined ? 'acr_missing' : 'acr_other' }
  if (isWeak(claims['amr'])) return { outcome: 'refused', code: 'acr_insufficient', cause: 'amr_weak' }
  const proof = proofFault(claims, checks)
  if (proof !== null) return { outcome: 'refused', code: checks.provedAfter === undefined ? 'token_invalid' : 'not_proved_again', cause: proof }
  const userinfo = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  const parsed = parsePscUserinfo(userinfo)
  const sid = claims['sid']
  const provedAt = claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000)
  const found = { idToken, subject: claims.sub, session: typeof sid === 'string' ? sid : null, refreshToken: tokens.refresh_token ?? null, provedAt }
  return parsed.ok ? { outcome: 'ok', identity: parsed.identity, ...found } : { outcome: 'refused', code: parsed.fault, cause: parsed.fault }
}

/** For clocks that differ. */
const toleranceMs = 60_000

/**
 * What `auth_time` says that cannot be: a proof of tomorrow; where she was asked again, one of before, or none (OpenID Connect Core 3.1.2.1,
 * max_age). At an ordinary login it may be old or missing: she then comes in, and has proved nothing recent.
 */
function proofFault({ auth_time: at }: oidc.IDToken, { provedAfter }: LoginChecks): string | null {
  if (at === undefined) return provedAfter === undefined ? null : 'auth_time_missing'
  if (!Number.isFinite(at) || at <= 0) return 'auth_time_unreadable'
  if (at * 1000 > Date.now() + toleranceMs) return 'auth_time_future'
  return provedAfter !== undefined && at * 1000 < provedAfter - toleranceMs ? 'auth_time_old' : null
}

/** Means that are weak by themselves (RFC 8176). Pro Santé Connect may leave `amr` out or null: `acr` then decides alone. */
const weakMeans = ['pwd', 'pin', 'kba', 'sms', 'tel', 'none']

function isWeak(amr: unknown): boolean {
  const means = [amr].flat().filter((one) => typeof one === 'string' && one !== '')
  return means.length > 0 && means.every((one) => weakMeans.includes(String(one).toLowerCase()))
}

/** What OpenID Connect Core 3.1.3.7 leaves to the client: one audience only, ourselves; a token of now; the access token that came with it. */
function extraFault(claims: oidc.IDToken, settings: PscSettings, accessToken: string): string | null {
  const audiences = [claims.aud].flat()
  if (audiences.length !== 1 || audiences[0] !== settings.clientId) return 'aud_other'
  if (claims.azp !== undefined && claims.azp !== settings.clientId) return 'azp_other'
  if (claims.iat > Date.now() / 1000 + 60) return 'iat_future'
  const hash = claims.at_hash
  const expected = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
  return hash === undefined || hash === expected ? null : 'at_hash_other'
}

function failure(error: unknown): Arrival {
  if (error instanceof oidc.AuthorizationResponseError) {
    return { outcome: 'refused', code: error.error === 'access_denied' ? 'cancelled' : 'response_invalid', cause: protocolWord(error.error) }
  }
  if (error instanceof oidc.ResponseBodyError) return { outcome: 'refused', code: 'token_invalid', cause: protocolWord(error.error) }
  const code = (error as { code?: unknown }).code
  const word = typeof code === 'string' ? code : 'unknown'
  const status = (error as { cause?: { status?: unknown } }).cause?.status
  if (typeof status === 'number' && status >= 500) return { outcome: 'unreachable', cause: `HTTP_${status}` }
  if (word.startsWith('OAUTH_') && word !== 'OAUTH_TIMEOUT' && word !== 'OAUTH_ABORT') {
    return { outcome: 'refused', code: word === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' ? 'subject_mismatch' : 'token_invalid', cause: word }
  }
  return { outcome: 'unreachable', cause: word }
}

/** An error code comes in through the URL: only what looks like one goes further. */
function protocolWord(word: string): string {
  return /^[a-z_]{1,40}$/.test(word) ? word : 'other'
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}
