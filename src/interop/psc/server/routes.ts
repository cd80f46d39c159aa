import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dayOf } from '../../../platform/contract/dates.ts'
import type { Gate } from '../../../platform/server/execute.ts'
import { type Caller, sessionCookieName } from '../../../platform/server/http.ts'
import type { Log } from '../../../platform/server/log.ts'
import {
  awaitingChoice,
  endProviderSessions,
  endSession,
  longestSessionMinutes,
  openSession,
  renewSession,
  sessionIdentity,
} from '../../../platform/server/sessions.ts'
import type { Settings } from '../../../platform/server/settings.ts'
import { accountForLogin } from '../../../territory/server/api.ts'
import { placesOf } from '../places.ts'
import type { PscIdentity } from '../userinfo.ts'
import { admit, auditLogin, type DirectoryCard } from './admission.ts'
import { openPscClient } from './oidc-client.ts'
import { byePage, choicePage, leavingPage, refusalPage } from './pages.ts'
import { boundRefusals } from './refusal-audit.ts'
import { type LoginRefusalCode, refusalTexts } from './refusals.ts'
import { returnPath } from './return-to.ts'
import { departureCookieName, departureKey, openDeparture, openText, sealDeparture, sealText } from './sealed-cookie.ts'
import { type SessionWatch, watchPscSessions } from './session-watch.ts'
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
/** Registered at Pro Santé Connect as backchannel_logout_uri. */
const backChannelLogoutPath = '/login/psc-logout'
/** Refused before Pro Santé Connect was asked: logged, not audited, or anybody could fill the audit. */
const beforeIdentity: readonly LoginRefusalCode[] = ['departure_unknown', 'choice_expired', 'origin_refused']
const startQuery = z.object({
  returnTo: z.string().optional().catch(undefined),
  /** Asks again who she is, for a gesture that demands it. */
  confirm: z.literal('1').optional().catch(undefined),
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
  readonly subject: string
  readonly session: string | null
  readonly refreshToken: string | null
  /** Milliseconds; null where Pro Santé Connect does not say. */
  readonly provedAt: number | null
  readonly returnTo: string
}

/** GET /login, /login/callback, /login/situation, /login/bye; POST /login/situation, /login/psc-logout, /logout. Plain redirects: nothing needs JavaScript. */
export async function addLoginRoutes(http: FastifyInstance, context: LoginContext): Promise<SessionWatch | null> {
  const { settings, gate, log, identify } = context
  const { db } = gate
  const psc = pscSettings(settings)
  const client = openPscClient(psc)
  const key = departureKey(psc.clientSecret ?? psc.tls?.key ?? '')
  const publicOrigin = new URL(settings.PUBLIC_URL).origin
  const secure = publicOrigin.startsWith('https://')
  const sessionCookie = sessionCookieName(settings.PUBLIC_URL)
  const choiceCookie = `${secure ? '__Host-' : ''}jalon_choice`
  // Lax, not strict: the return from Pro Santé Connect is a navigation from another site and must carry them.
  const watched = settings.PSC_SESSION_CHECK_MINUTES > 0
  // A service behind one address of the hospital logs in at eight o’clock; a script does not stop there.
  const limited = { config: { rateLimit: { max: 300, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip } } }
  const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const

  const refusals = boundRefusals((line) => auditLogin(gate, line), gate.clock)
  const settling = setInterval(() => void refusals.settle().catch((error: unknown) => log.warn({ err: error }, 'counted refusals not written')), 60_000)
  settling.unref()
  http.addHook('onClose', async () => {
    clearInterval(settling)
    await refusals.settle(true)
  })

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
    if (!beforeIdentity.includes(code)) {
      const outcome = code === 'unreachable' ? ('failed' as const) : ('refused' as const)
      const line = { name: 'session.open' as const, outcome, code, userId, details: { cause }, requestId: request.id }
      await (userId === null ? refusals.refused(request.ip, line) : auditLogin(gate, { ...line, address: request.ip }))
    }
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
      identity: {
        nationalId: arrival.identity.nationalId,
        situation: place.situation,
        idToken: sealText(key, arrival.idToken),
        ...(watched && arrival.refreshToken !== null ? { refresh: sealText(key, arrival.refreshToken), checkedAt: now.toISOString() } : {}),
      },
      provider: { session: arrival.session, subject: arrival.subject },
      userAgent: request.headers['user-agent'],
      now,
      provedAt: arrival.provedAt === null ? null : new Date(arrival.provedAt),
      address: request.ip,
      absoluteMinutes: longestSessionMinutes,
    })
    return go(reply.setCookie(sessionCookie, session.token, cookieOptions).clearCookie(choiceCookie, cookieOptions), arrival.returnTo)
  }

  /** She has just proved again who she is: the session takes a new identifier. Null without a session: then it is an ordinary login. */
  const confirm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { identity, provedAt }: { readonly identity: PscIdentity; readonly provedAt: Date | null },
    returnTo: string,
  ): Promise<FastifyReply | null> => {
    const caller = await identify(request)
    if (caller === null) return null
    const { userId } = caller.actor
    // A session opened otherwise ends with the transition that allows it: Pro Santé Connect does not prolong it under another name.
    if (caller.method !== 'psc') return refuse(request, reply, 'other_means', 'other_means', userId)
    const known = await sessionIdentity(db, caller.sessionToken)
    if (known?.nationalId !== identity.nationalId) return refuse(request, reply, 'somebody_else', 'somebody_else', userId)
    if (provedAt === null) return refuse(request, reply, 'not_proved_again', 'auth_time_missing', userId)
    const renewed = await renewSession(db, caller.sessionToken, { now: gate.clock(), method: 'psc', provedAt })
    if (renewed === null) return null
    await auditLogin(gate, { name: 'session.confirm', outcome: 'done', userId, details: {}, requestId: request.id })
    return go(reply.setCookie(sessionCookie, renewed, cookieOptions), returnTo)
  }

  const placesFor = async (identity: PscIdentity): Promise<{ userId: string | null; disabled: boolean; places: ReturnType<typeof placesOf> }> => {
    const account = await accountForLogin(db, identity.nationalId, dayOf(gate.clock(), gate.timeZone))
    return { userId: account?.userId ?? null, disabled: account?.disabled ?? false, places: placesOf(identity, account?.memberships ?? []) }
  }

  http.get('/login', limited, async (request, reply) => {
    const { returnTo: asked, login_hint: hinted, confirm } = startQuery.parse(request.query)
    // Names a persona of the stand-in; in production, whoever made the link would choose who is asked to log in.
    const loginHint = settings.JALON_MODE === 'production' ? undefined : hinted
    // Cookies belong to a host name: whoever comes by another name of the same server starts again under the public one.
    if (`${request.protocol}://${request.host}` !== publicOrigin && secure === false) return go(reply, `${publicOrigin}${request.url}`)
    const returnTo = returnPath(asked)
    if (loginHint === undefined && confirm === undefined && (await identify(request)) !== null) return go(reply, returnTo)
    const { url, checks } = await client.depart({ loginHint, again: confirm === undefined ? undefined : { since: gate.clock() } })
    const until = gate.clock().getTime() + minutesToReturn * 60_000
    reply.setCookie(departureCookieName(secure, checks.state), sealDeparture(key, { ...checks, returnTo, until }), {
      ...cookieOptions,
      maxAge: minutesToReturn * 60,
    })
    return go(reply, url.href)
  })

  http.get('/login/callback', limited, async (request, reply) => {
    const query = request.url.split('?')[1] ?? ''
    const cookieName = departureCookieName(secure, new URLSearchParams(query).get('state') ?? '')
    const departure = openDeparture(key, request.cookies[cookieName] ?? '', gate.clock())
    reply.clearCookie(cookieName, cookieOptions)
    if (departure === null) return refuse(request, reply, 'departure_unknown', 'state')
    const arrival = await client.arrive(query, departure)
    if (arrival.outcome === 'unreachable') return refuse(request, reply, 'unreachable', arrival.cause)
    if (arrival.outcome === 'refused') return refuse(request, reply, arrival.code, arrival.cause)
    if (departure.provedAfter !== undefined) {
      const confirmed = await confirm(request, reply, arrival, departure.returnTo)
      if (confirmed !== null) return confirmed
    }
    const { userId, disabled, places } = await placesFor(arrival.identity)
    if (disabled) return refuse(request, reply, 'account_disabled', 'account_disabled', userId)
    const [only, ...others] = places
    if (only === undefined) return refuse(request, reply, 'not_registered', 'not_registered', userId)
    const { identity, idToken, subject, session, refreshToken } = arrival
    const kept: Arrival = { identity, idToken, subject, session, refreshToken, provedAt: arrival.provedAt?.getTime() ?? null, returnTo: departure.returnTo }
    if (others.length === 0) return enter(request, reply, kept, only)
    const waiting = await openSession(db, {
      userId: userId ?? nobody,
      membershipId: null,
      // Sealed: it holds tokens and all that Pro Santé Connect says of her, before anybody was let in.
      identity: { arrival: sealText(key, JSON.stringify(kept)) },
      now: gate.clock(),
      absoluteMinutes: minutesToReturn,
    })
    return go(reply.setCookie(choiceCookie, waiting.token, { ...cookieOptions, maxAge: minutesToReturn * 60 }), '/login/situation')
  })

  http.get('/login/situation', limited, async (request, reply) => {
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
    // Called by Pro Santé Connect itself, without a cookie: what it holds is signed.
    forms.post(backChannelLogoutPath, limited, async (request, reply) => {
      const token = (request.body as { logout_token?: unknown } | null)?.logout_token
      const logout = typeof token === 'string' && token.length < 8000 ? await client.readLogout(token) : null
      reply.header('cache-control', 'no-store')
      if (logout === null) return reply.status(400).send({ error: 'invalid_request' })
      const ended = await endProviderSessions(db, { ...logout, now: gate.clock() })
      if (ended > 0) await auditLogin(gate, { name: 'session.close', outcome: 'done', userId: null, details: { by: 'provider', ended }, requestId: request.id })
      return reply.status(200).send()
    })
    forms.addHook('preHandler', async (request, reply) => {
      if (request.routeOptions.url === backChannelLogoutPath) return
      if (!comesFromHere(request.headers, publicOrigin)) return refuse(request, reply, 'origin_refused', 'origin')
    })

    forms.post('/login/situation', limited, async (request, reply) => {
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

    forms.post('/logout', limited, async (request, reply) => {
      const caller = await identify(request)
      // The page of another user, left open: the session of whoever is signed in now is not hers to close.
      const { user: pageUser, keep } = (request.body ?? {}) as { user?: unknown; keep?: unknown }
      if (typeof pageUser === 'string' && caller !== null && caller.actor.userId !== pageUser) return go(reply, '/')
      const token = request.cookies[sessionCookie]
      const ended = token === undefined ? null : await endSession(db, token, 'logout', gate.clock())
      if (ended !== null)
        await auditLogin(gate, { name: 'session.close', outcome: 'done', userId: caller?.actor.userId ?? null, details: {}, requestId: request.id })
      // Not "cookies": that would empty the whole registrable domain, other software of the structure included. Ours are named.
      // Storage stays where a colleague's drafts lie in it that the server does not have: sealed, and the page has taken away those of its own user.
      const clears = keep === 'drafts' ? '"cache"' : '"cache", "storage"'
      reply.clearCookie(sessionCookie, cookieOptions).clearCookie(choiceCookie, cookieOptions).header('clear-site-data', clears)
      const idToken = typeof ended?.idToken === 'string' ? openText(key, ended.idToken) : null
      return idToken !== null ? html(reply, 200, leavingPage(client.logoutUrl(idToken).href, request.cspNonce)) : go(reply, '/login/bye')
    })
  })

  const watch = watched ? watchPscSessions(gate, client, { key, minutes: settings.PSC_SESSION_CHECK_MINUTES, log }) : null
  http.addHook('onClose', async () => watch?.stop())
  return watch

  async function waitingArrival(request: FastifyRequest): Promise<Arrival | null> {
    const token = request.cookies[choiceCookie]
    const kept = token === undefined ? null : await awaitingChoice(db, token, gate.clock())
    const opened = typeof kept?.arrival === 'string' ? openText(key, kept.arrival) : null
    return opened === null ? null : (JSON.parse(opened) as Arrival)
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
