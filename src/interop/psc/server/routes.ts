import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dayOf } from '../../../platform/contract/dates.ts'
import type { Gate } from '../../../platform/server/execute.ts'
import { type Caller, sessionCookieName } from '../../../platform/server/http.ts'
import type { Log } from '../../../platform/server/log.ts'
import { awaitingChoice, endSession, longestSessionMinutes, openSession } from '../../../platform/server/sessions.ts'
import type { Settings } from '../../../platform/server/settings.ts'
import { accountForLogin } from '../../../territory/server/api.ts'
import { placesOf } from '../places.ts'
import type { PscIdentity } from '../userinfo.ts'
import { admit, auditLogin, type DirectoryCard } from './admission.ts'
import { openPscClient } from './oidc-client.ts'
import { byePage, choicePage, leavingPage, refusalPage } from './pages.ts'
import { type LoginRefusalCode, refusalTexts } from './refusals.ts'
import { returnPath } from './return-to.ts'
import { departureCookieName, departureKey, openDeparture, sealDeparture } from './sealed-cookie.ts'
import { pscSettings } from './settings.ts'

export interface LoginContext {
  readonly settings: Settings
  readonly gate: Gate
  readonly log: Log
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
  /** Finds the card of the directory that carries a national identifier, so that a newcomer is the professional whom circles name. */
  readonly directoryCard?: DirectoryCard
}

const minutesToReturn = 10
/** Refused before Pro Santé Connect was asked: logged, not audited, or anybody could fill the audit. */
const beforeIdentity: readonly LoginRefusalCode[] = ['departure_unknown', 'choice_expired', 'origin_refused']
const startQuery = z.object({
  returnTo: z.string().optional().catch(undefined),
  login_hint: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional()
    .catch(undefined),
})
const choiceBody = z.object({ place: z.coerce.number().int().min(0).max(199) })

/** What waits in a session without membership while she chooses. */
interface Arrival {
  readonly identity: PscIdentity
  readonly idToken: string
  readonly returnTo: string
}

/** GET /login, /login/callback, /login/situation, /login/bye; POST /login/situation, /logout. Plain redirects: nothing needs JavaScript. */
export async function addLoginRoutes(http: FastifyInstance, context: LoginContext): Promise<void> {
  const { settings, gate, log, identify } = context
  const { db } = gate
  const psc = pscSettings(settings)
  const client = openPscClient(psc)
  const key = departureKey(psc.clientSecret)
  const publicOrigin = new URL(settings.PUBLIC_URL).origin
  const secure = publicOrigin.startsWith('https://')
  const sessionCookie = sessionCookieName(settings.PUBLIC_URL)
  const choiceCookie = `${secure ? '__Host-' : ''}jalon_choice`
  // Lax, not strict: the return from Pro Santé Connect is a navigation from another site and must carry them.
  const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const

  const html = (reply: FastifyReply, status: number, content: string): FastifyReply =>
    // Under no-referrer a browser without Sec-Fetch-Site would send these forms with « Origin: null ».
    reply.status(status).header('cache-control', 'no-store').header('referrer-policy', 'same-origin').type('text/html; charset=utf-8').send(content)

  const go = (reply: FastifyReply, to: string): FastifyReply => reply.header('cache-control', 'no-store').redirect(to, 303)

  const refuse = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: LoginRefusalCode,
    cause: string,
    userId: string | null = null,
  ): Promise<FastifyReply> => {
    if (!beforeIdentity.includes(code))
      await auditLogin(gate, {
        name: 'session.open',
        outcome: code === 'unreachable' ? 'failed' : 'refused',
        code,
        userId,
        details: { cause },
        requestId: request.id,
      })
    log.info({ requestId: request.id, code, cause }, 'login refused')
    return html(reply, refusalTexts[code].status, refusalPage(code, request.cspNonce))
  }

  const enter = async (request: FastifyRequest, reply: FastifyReply, arrival: Arrival, place: ReturnType<typeof placesOf>[number]): Promise<FastifyReply> => {
    const now = gate.clock()
    const admitted = await admit(gate, { identity: arrival.identity, place, card: context.directoryCard, requestId: request.id })
    const former = request.cookies[sessionCookie]
    if (former !== undefined) await endSession(db, former, 'replaced', now)
    const session = await openSession(db, {
      ...admitted,
      identity: { nationalId: arrival.identity.nationalId, situation: place.situation, idToken: arrival.idToken },
      userAgent: request.headers['user-agent'],
      now,
      address: request.ip,
      absoluteMinutes: longestSessionMinutes,
    })
    return go(reply.setCookie(sessionCookie, session.token, cookieOptions).clearCookie(choiceCookie, cookieOptions), arrival.returnTo)
  }

  const placesFor = async (identity: PscIdentity): Promise<{ userId: string | null; disabled: boolean; places: ReturnType<typeof placesOf> }> => {
    const account = await accountForLogin(db, identity.nationalId, dayOf(gate.clock(), gate.timeZone))
    return { userId: account?.userId ?? null, disabled: account?.disabled ?? false, places: placesOf(identity, account?.memberships ?? []) }
  }

  http.get('/login', async (request, reply) => {
    const { returnTo: asked, login_hint: loginHint } = startQuery.parse(request.query)
    // Cookies belong to a host name: whoever comes by another name of the same server starts again under the public one.
    if (`${request.protocol}://${request.host}` !== publicOrigin && secure === false) return go(reply, `${publicOrigin}${request.url}`)
    const returnTo = returnPath(asked)
    if (loginHint === undefined && (await identify(request)) !== null) return go(reply, returnTo)
    const { url, checks } = await client.depart({ loginHint })
    const until = gate.clock().getTime() + minutesToReturn * 60_000
    reply.setCookie(departureCookieName(secure, checks.state), sealDeparture(key, { ...checks, returnTo, until }), {
      ...cookieOptions,
      maxAge: minutesToReturn * 60,
    })
    return go(reply, url.href)
  })

  http.get('/login/callback', async (request, reply) => {
    const query = request.url.split('?')[1] ?? ''
    const cookieName = departureCookieName(secure, new URLSearchParams(query).get('state') ?? '')
    const departure = openDeparture(key, request.cookies[cookieName] ?? '', gate.clock())
    reply.clearCookie(cookieName, cookieOptions)
    if (departure === null) return refuse(request, reply, 'departure_unknown', 'state')
    const arrival = await client.arrive(query, departure)
    if (arrival.outcome === 'unreachable') return refuse(request, reply, 'unreachable', arrival.cause)
    if (arrival.outcome === 'refused') return refuse(request, reply, arrival.code, arrival.cause)
    const { userId, disabled, places } = await placesFor(arrival.identity)
    if (disabled) return refuse(request, reply, 'account_disabled', 'account_disabled', userId)
    const [only, ...others] = places
    if (only === undefined) return refuse(request, reply, 'not_registered', 'not_registered', userId)
    const kept: Arrival = { identity: arrival.identity, idToken: arrival.idToken, returnTo: departure.returnTo }
    if (others.length === 0) return enter(request, reply, kept, only)
    const waiting = await openSession(db, {
      userId: userId ?? nobody,
      membershipId: null,
      identity: { arrival: kept },
      now: gate.clock(),
      absoluteMinutes: minutesToReturn,
    })
    return go(reply.setCookie(choiceCookie, waiting.token, { ...cookieOptions, maxAge: minutesToReturn * 60 }), '/login/situation')
  })

  http.get('/login/situation', async (request, reply) => {
    const kept = await waitingArrival(request)
    if (kept === null) return refuse(request, reply, 'choice_expired', 'choice')
    const { disabled, places, userId } = await placesFor(kept.identity)
    if (disabled) return refuse(request, reply, 'account_disabled', 'account_disabled', userId)
    return html(reply, 200, choicePage(places, request.cspNonce))
  })

  http.get('/login/bye', async (request, reply) => html(reply, 200, byePage(request.cspNonce)))

  await http.register(async (forms) => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    forms.addHook('preHandler', async (request, reply) => {
      if (!comesFromHere(request.headers, publicOrigin)) return refuse(request, reply, 'origin_refused', 'origin')
    })

    forms.post('/login/situation', async (request, reply) => {
      const token = request.cookies[choiceCookie] ?? ''
      const kept = await waitingArrival(request)
      if (kept === null) return refuse(request, reply, 'choice_expired', 'choice')
      // Asked again, because rights may have changed while she was choosing.
      const { disabled, places, userId } = await placesFor(kept.identity)
      if (disabled) return refuse(request, reply, 'account_disabled', 'account_disabled', userId)
      const chosen = choiceBody.safeParse(request.body)
      const place = chosen.success ? places[chosen.data.place] : undefined
      if (place === undefined) return html(reply, 400, choicePage(places, request.cspNonce))
      const taken = await endSession(db, token, 'situation chosen', gate.clock())
      return taken === null ? refuse(request, reply, 'choice_expired', 'choice') : enter(request, reply, kept, place)
    })

    forms.post('/logout', async (request, reply) => {
      const caller = await identify(request)
      const token = request.cookies[sessionCookie]
      const ended = token === undefined ? null : await endSession(db, token, 'logout', gate.clock())
      if (ended !== null)
        await auditLogin(gate, { name: 'session.close', outcome: 'done', userId: caller?.actor.userId ?? null, details: {}, requestId: request.id })
      reply.clearCookie(sessionCookie, cookieOptions)
      const idToken = ended?.idToken
      return typeof idToken === 'string' ? html(reply, 200, leavingPage(client.logoutUrl(idToken).href, request.cspNonce)) : go(reply, '/login/bye')
    })
  })

  async function waitingArrival(request: FastifyRequest): Promise<Arrival | null> {
    const token = request.cookies[choiceCookie]
    const kept = token === undefined ? null : await awaitingChoice(db, token, gate.clock())
    return (kept?.arrival as Arrival | undefined) ?? null
  }
}

/**
 * True for a form of Jalon, or for a script that says nothing of where it comes from. Browsers write `Origin: null` on a form of a page
 * under `Referrer-Policy: no-referrer`: Sec-Fetch-Site, where there is one, decides.
 */
function comesFromHere(headers: Readonly<Record<string, unknown>>, publicOrigin: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined || headers.origin === publicOrigin
}

/** Stands for a newcomer who has no account before she has chosen. */
const nobody = '00000000-0000-0000-0000-000000000000'
