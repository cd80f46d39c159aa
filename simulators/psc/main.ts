import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { Provider } from 'oidc-provider'
import { type Persona, personas } from '../../src/app/seed/personas.ts'
import { type Fault, logoutToken, spoilIdToken, spoilRedirection, spoilUserinfo, unsignedJwt } from './faults.ts'
import { memoryAdapter } from './memory-adapter.ts'
import { faultPage, personaPage } from './persona-page.ts'
import { subjectOf, userinfoOf } from './userinfo.ts'

export interface PscSimulatorOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly host?: string
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly clientId: string
  readonly clientSecret: string
  /** Keeps the session of the browser, as the real one does for about four hours; false lets one change persona at each login. */
  readonly singleSignOn?: boolean
  /** « Espace de confiance »: what Jalon itself calls (token, userinfo, keys) is served over TLS, to a client certificate of this authority only. */
  readonly mutualTls?: { readonly key: string; readonly certificate: string; readonly authority: string; readonly clientSubject: string }
  /** The people it knows; a test may add its own. */
  readonly people?: readonly Persona[]
}

/** What Jalon's environment must hold to log in here. */
export interface PscSimulatorSettings {
  readonly PSC_ISSUER: string
  readonly PSC_AUTHORIZE_URL: string
  readonly PSC_TOKEN_URL: string
  readonly PSC_USERINFO_URL: string
  readonly PSC_JWKS_URL: string
  readonly PSC_LOGOUT_URL: string
  readonly PSC_CLIENT_ID: string
  readonly PSC_CLIENT_SECRET: string
  readonly PSC_ACR: string
}

export interface PscSimulator {
  readonly url: string
  readonly settings: PscSimulatorSettings
  /** Makes every following answer wrong in one way; null makes it honest again. */
  readonly setFault: (fault: Fault | null) => void
  /** A logout that it announces, signed by its key unless told otherwise; `claims` and `header` replace what an honest one says. */
  readonly logoutToken: (about: { sid?: string; sub?: string }, false_?: { claims?: object; header?: object; otherKey?: boolean }) => string
  /** The session of everybody at Pro Santé Connect ends: refresh tokens are worth nothing. */
  readonly endSessions: () => void
  readonly stop: () => Promise<void>
}

const realm = '/auth/realms/esante-wallet'
const protocol = `${realm}/protocol/openid-connect`
const personaPath = '/persona'
const scope = 'openid scope_all'
const acr = 'eidas1'

/** Starts the stand-in of Pro Santé Connect on a loopback address. The authorize endpoint is /auth; the issuer is the realm, another path. */
export async function startPscSimulator(options: PscSimulatorOptions): Promise<PscSimulator> {
  const people = options.people ?? personas
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const state: { fault: Fault | null } = { fault: null }
  const { server, url } = await listen(options.port, options.host ?? '127.0.0.1')
  const kept = memoryAdapter()
  const provider = createProvider(url, options, people, privateKey, kept.adapter)
  provider.use(async (context, next) => {
    await next()
    spoil(context as unknown as SpoiltContext, state.fault, { key: privateKey, clientSecret: options.clientSecret })
  })
  const listener = requestListener({ url, provider, options, people, fault: () => state.fault })
  server.on('request', (request, response) => {
    // In the « espace de confiance » the back channel exists over mutual TLS only.
    if (options.mutualTls !== undefined && request.url?.startsWith(`${protocol}/`) && !request.url.startsWith(`${protocol}/logout`))
      send(response, 404, 'text/plain', '')
    else listener(request, response)
  })
  const secured = options.mutualTls === undefined ? null : await listenSecurely(options.mutualTls, listener)
  const back = secured?.url ?? url
  return {
    url,
    settings: {
      PSC_ISSUER: `${url}${realm}`,
      PSC_AUTHORIZE_URL: `${url}/auth`,
      PSC_TOKEN_URL: `${back}${protocol}/token`,
      PSC_USERINFO_URL: `${back}${protocol}/userinfo`,
      PSC_JWKS_URL: `${back}${protocol}/certs`,
      PSC_LOGOUT_URL: `${url}${protocol}/logout`,
      PSC_CLIENT_ID: options.clientId,
      PSC_CLIENT_SECRET: options.clientSecret,
      PSC_ACR: acr,
    },
    setFault: (fault) => {
      state.fault = fault
    },
    logoutToken: (about, { otherKey = false, ...lies } = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const honest = {
        iss: `${url}${realm}`,
        aud: options.clientId,
        iat: now,
        exp: now + 120,
        jti: String(now + Math.random()),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        ...about,
      }
      return logoutToken(honest, otherKey ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : privateKey, lies as never)
    },
    endSessions: () => kept.forget('RefreshToken'),
    stop: async () => {
      secured?.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(port: number, host: string): Promise<{ server: Server; url: string }> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { server, url: `http://${host}:${(server.address() as AddressInfo).port}` }
}

async function listenSecurely(
  { key, certificate, authority }: NonNullable<PscSimulatorOptions['mutualTls']>,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; close: () => void }> {
  const server = createTlsServer({ key, cert: certificate, ca: authority, requestCert: true, rejectUnauthorized: true }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function createProvider(
  url: string,
  { clientId, clientSecret, redirectUris, postLogoutRedirectUris, mutualTls }: PscSimulatorOptions,
  people: readonly Persona[],
  key: KeyObject,
  adapter: ReturnType<typeof memoryAdapter>['adapter'],
): Provider {
  const bySubject = new Map(people.map((persona) => [subjectOf(persona), persona]))
  const hours = 3600
  return new Provider(`${url}${realm}`, {
    adapter,
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    clients: [
      {
        client_id: clientId,
        ...(mutualTls === undefined
          ? { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_post' as const }
          : { token_endpoint_auth_method: 'tls_client_auth' as const, tls_client_auth_subject_dn: mutualTls.clientSubject }),
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...postLogoutRedirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        backchannel_logout_uri: new URL('/login/psc-logout', redirectUris[0]).href,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: 'RS256',
        // As Keycloak does: at each login, even where its own session asked nothing.
        require_auth_time: true,
      },
    ],
    routes: {
      authorization: '/auth',
      token: `${protocol}/token`,
      userinfo: `${protocol}/userinfo`,
      jwks: `${protocol}/certs`,
      introspection: `${protocol}/token/introspect`,
      end_session: `${protocol}/provider-logout`,
    },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: async (_context, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: false },
      // For the claim sid; logouts are announced by hand (see logoutToken).
      backchannelLogout: { enabled: true },
      mTLS: {
        enabled: mutualTls !== undefined,
        tlsClientAuth: true,
        getCertificate: ({ req }) => certificateOf(req)?.raw.toString('base64'),
        certificateAuthorized: ({ req }) => (req.socket as TLSSocket).authorized === true,
        certificateSubjectMatches: ({ req }, _property, expected) => certificateOf(req)?.subject.CN === expected.replace('CN=', ''),
      },
    },
    clientAuthMethods: [mutualTls === undefined ? 'client_secret_post' : 'tls_client_auth'],
    // As Keycloak does: with each code, for the time of the session.
    issueRefreshToken: async () => true,
    interactions: { url: (_context, { uid }) => `${personaPath}/${uid}` },
    scopes: ['openid', 'scope_all'],
    acrValues: [acr],
    claims: { acr: null, auth_time: null, sid: null, openid: ['sub'], scope_all: claimNames(people) },
    findAccount: async (_context, accountId) => {
      const persona = bySubject.get(accountId)
      return persona && { accountId, claims: async () => userinfoOf(persona) as { sub: string } }
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope(scope)
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    ttl: { AccessToken: 120, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 4 * hours, Grant: 4 * hours, RefreshToken: hours / 2 },
    renderError: (context, { error, error_description: description }) => {
      context.type = 'html'
      context.body = faultPage(error, description ?? '')
    },
  })
}

function certificateOf(request: IncomingMessage): ReturnType<TLSSocket['getPeerCertificate']> | undefined {
  return (request.socket as TLSSocket).getPeerCertificate?.()
}

function claimNames(people: readonly Persona[]): string[] {
  const [first] = people
  return first === undefined ? [] : Object.keys(userinfoOf(first)).filter((name) => name !== 'sub')
}

interface SpoiltContext {
  readonly oidc?: { readonly route?: string }
  readonly response: { get: (name: string) => string | undefined; set: (name: string, value: string) => void }
  body: unknown
}

function spoil(context: SpoiltContext, fault: Fault | null, signer: { readonly key: KeyObject; readonly clientSecret: string }): void {
  if (fault === null) return
  const { body } = context
  const route = context.oidc?.route
  if (route === 'token' && isRecord(body) && typeof body.id_token === 'string') {
    const { id_token: idToken, ...others } = body
    context.body = fault === 'id_token_missing' ? others : { ...others, id_token: spoilIdToken(body.id_token, fault, signer) }
  }
  if (route === 'token' && isRecord(body) && fault === 'token_type_other') context.body = { ...(context.body as object), token_type: 'mac' }
  if (route === 'userinfo' && isRecord(body)) {
    context.body = fault === 'userinfo_jwt_none' ? unsignedJwt({ ...body, SubjectNameID: '819990002149' }) : spoilUserinfo(body, fault)
    if (fault === 'userinfo_jwt_none') context.response.set('content-type', 'application/jwt')
  }
  if (route === 'jwks' && fault === 'jwks_swapped' && isRecord(body)) {
    const swapped = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    context.body = { keys: (body.keys as { kid: string }[]).map(({ kid }) => ({ ...swapped, kid, use: 'sig', alg: 'RS256' })) }
  }
  const location = context.response.get('location')
  if (location?.includes('code=')) context.response.set('location', spoilRedirection(location, fault))
}

interface Listening {
  readonly url: string
  readonly provider: Provider
  readonly options: PscSimulatorOptions
  readonly people: readonly Persona[]
  readonly fault: () => Fault | null
}

/** What is ours before what is the provider's: the discovery under its odd name, the page of the personas, a logout that asks nothing. */
function requestListener(listening: Listening): (request: IncomingMessage, response: ServerResponse) => void {
  const callback = listening.provider.callback()
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', listening.url)
    const fault = listening.fault()
    if (pathname === '/') return send(response, 200, 'text/plain', 'Doublure de Pro Santé Connect\n')
    if (pathname === `${realm}/.well-known/wallet-openid-configuration`)
      return send(response, 200, 'application/json', JSON.stringify(discovery(listening.url)))
    if (pathname.startsWith(`${personaPath}/`))
      return void choosePersona(listening, request, response).catch(() =>
        send(response, 400, 'text/html', faultPage('interaction', 'Demande expirée : recommencez depuis Jalon.')),
      )
    if (pathname === `${protocol}/logout`)
      return void logout(listening, request, searchParams, response).catch(() => send(response, 400, 'text/html', faultPage('invalid_request', 'logout')))
    if (pathname === `${protocol}/token` && fault === 'token_unreachable') return send(response, 503, 'text/plain', 'away')
    if (pathname === `${protocol}/token` && fault === 'token_garbage') return send(response, 200, 'text/html', '<html>')
    if (pathname === `${protocol}/token` && fault === 'token_slow') return void setTimeout(() => send(response, 200, 'application/json', '{}'), 3_000)
    if ((pathname === `${protocol}/token` && fault === 'token_redirect') || (pathname === `${protocol}/userinfo` && fault === 'userinfo_redirect')) {
      return void response.writeHead(307, { location: `${listening.url}/elsewhere` }).end()
    }
    if (pathname === `${protocol}/certs` && fault === 'jwks_garbage') return send(response, 200, 'application/json', '{"keys": "none"}')
    if (pathname === `${protocol}/userinfo` && fault === 'userinfo_unreachable') return send(response, 503, 'text/plain', 'away')
    if (pathname === `${protocol}/userinfo` && fault === 'userinfo_garbage') return send(response, 200, 'application/json', '{"sub":')
    if (pathname === '/auth' && (listening.options.singleSignOn !== true || searchParams.has('login_hint'))) forgetSession(request, response)
    return void callback(request, response)
  }
}

async function choosePersona({ provider, people, url }: Listening, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const hinted = String(params.login_hint ?? '')
  const chosen = request.method === 'POST' ? (new URLSearchParams(await text(request)).get('persona') ?? '') : hinted
  if (request.method === 'POST' && chosen === '') {
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'the user gave up' })
  }
  const persona = people.find(({ id }) => id === chosen)
  if (persona === undefined) return send(response, 200, 'text/html; charset=utf-8', personaPage(people, new URL(request.url ?? '/', url).pathname))
  return provider.interactionFinished(request, response, { login: { accountId: subjectOf(persona), acr, remember: true } })
}

/** Ends the session of the browser and goes back to the service, as Keycloak does when it is given a valid id_token_hint. */
async function logout({ provider, options, url }: Listening, request: IncomingMessage, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const params = request.method === 'POST' ? new URLSearchParams(await text(request)) : query
  const hint = params.get('id_token_hint') ?? ''
  const back = params.get('post_logout_redirect_uri') ?? ''
  const client = await provider.Client.find(options.clientId)
  const idTokens = provider.IdToken as unknown as { validate: (jwt: string, client: unknown) => Promise<unknown> }
  await idTokens.validate(hint, client)
  if (!options.postLogoutRedirectUris.includes(back)) throw new Error('post_logout_redirect_uri not registered')
  const target = new URL(back, url)
  const state = params.get('state')
  if (state !== null) target.searchParams.set('state', state)
  forgetSession(request, response)
  response.writeHead(303, { location: target.href }).end()
}

/** Another persona than the browser's session would make the provider answer with a page that needs JavaScript: it never sees that session. */
function forgetSession(request: IncomingMessage, response: ServerResponse): void {
  const kept = (request.headers.cookie ?? '').split(/;\s*/).filter((pair) => !pair.startsWith('_session='))
  request.headers.cookie = kept.join('; ')
  response.setHeader('set-cookie', ['_session=; Path=/; Max-Age=0; HttpOnly'])
}

function discovery(url: string): Record<string, unknown> {
  return {
    issuer: `${url}${realm}`,
    authorization_endpoint: `${url}/auth`,
    token_endpoint: `${url}${protocol}/token`,
    userinfo_endpoint: `${url}${protocol}/userinfo`,
    end_session_endpoint: `${url}${protocol}/logout`,
    introspection_endpoint: `${url}${protocol}/token/introspect`,
    jwks_uri: `${url}${protocol}/certs`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    scopes_supported: scope.split(' '),
    acr_values_supported: [acr],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }
}

function send(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(content) }).end(content)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

if (import.meta.main) {
  const jalon = process.env.PUBLIC_URL ?? 'http://127.0.0.1:8000'
  const simulator = await startPscSimulator({
    port: Number(process.env.PSC_SIMULATOR_PORT ?? 8010),
    redirectUris: [`${jalon}/login/callback`],
    postLogoutRedirectUris: [`${jalon}/login/bye`],
    clientId: process.env.PSC_CLIENT_ID ?? 'jalon-demo',
    clientSecret: process.env.PSC_CLIENT_SECRET ?? 'demo-only-not-a-secret-of-anything',
  })
  process.stdout.write(
    `Doublure de Pro Santé Connect : ${simulator.url}\n${Object.entries(simulator.settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('')}`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop().then(() => process.exit(0)))
}
