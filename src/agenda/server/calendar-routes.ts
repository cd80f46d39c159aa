import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { newId } from '../../platform/contract/ids.ts'
import { execute, type Gate } from '../../platform/server/execute.ts'
import type { Caller } from '../../platform/server/http.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { type CalendarLinkId, type CalendarPort, type CalendarSeal, openCalendarLink } from '../contract/calendar-links.ts'
import { about, isFailure } from './link-at-work.ts'

interface Departure {
  readonly state: string
  readonly verifier: string
  readonly userId: string
  readonly provider: string
  readonly until: number
}

const minutesToAgree = 10
const backTo = (word: string): string => `/agenda?agendas=${word}`

/**
 * The two addresses that OAuth 2.0 needs (code with PKCE): one leads to Microsoft or Google, to the other she comes back. What she left with is kept sealed in her own
 * browser; what she brings back is changed for keys outside any transaction, sealed, and given to the action that keeps them.
 */
export function addCalendarLinks(
  http: FastifyInstance,
  of: {
    readonly gate: Gate
    readonly registry: ReadonlyMap<string, Implementation>
    readonly identify: (request: FastifyRequest) => Promise<Caller | null>
    readonly ports: readonly CalendarPort[]
    readonly seal: CalendarSeal | null
    readonly publicUrl: string
  },
): void {
  const { gate, seal, publicUrl } = of
  const secure = publicUrl.startsWith('https://')
  const cookie = `${secure ? '__Host-' : ''}jalon_calendar`
  const redirectUri = `${publicUrl}/api/calendriers/retour`
  const sealedFor = (userId: string): string => `calendar departure of ${userId}`

  http.get('/api/calendriers/:provider/relier', async (request, reply) => {
    const caller = await of.identify(request)
    const port = of.ports.find(({ provider }) => provider === (request.params as { provider: string }).provider)
    if (caller === null) return reply.redirect('/')
    if (port === undefined || seal === null) return reply.redirect(backTo('absent'))
    const departure: Departure = {
      state: randomBytes(24).toString('base64url'),
      verifier: randomBytes(48).toString('base64url'),
      userId: caller.actor.userId,
      provider: port.provider,
      until: gate.clock().getTime() + minutesToAgree * 60_000,
    }
    const challenge = createHash('sha256').update(departure.verifier).digest('base64url')
    return reply
      .header('cache-control', 'no-store')
      .setCookie(cookie, seal.close(JSON.stringify(departure), sealedFor(caller.actor.userId)).toString('base64url'), {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
        maxAge: minutesToAgree * 60,
      })
      .redirect(port.authorizeUrl({ state: departure.state, challenge, redirectUri }))
  })

  http.get('/api/calendriers/retour', async (request, reply) => {
    const caller = await of.identify(request)
    const { state, code } = request.query as { readonly state?: string; readonly code?: string }
    const kept = request.cookies[cookie]
    reply.header('cache-control', 'no-store').clearCookie(cookie, { path: '/' })
    if (caller === null) return reply.redirect('/')
    const text = seal === null || kept === undefined ? null : seal.open(Buffer.from(kept, 'base64url'), sealedFor(caller.actor.userId))
    const departure = text === null ? null : (JSON.parse(text) as Departure)
    const port = of.ports.find(({ provider }) => provider === departure?.provider)
    const implementation = of.registry.get(`action:${openCalendarLink.name}`)
    const valid = departure !== null && departure.state === state && departure.userId === caller.actor.userId && departure.until > gate.clock().getTime()
    if (!valid || code === undefined || port === undefined || seal === null || implementation === undefined) return reply.redirect(backTo('refuse'))
    const tokens = await port.exchange({ code, verifier: departure.verifier, redirectUri })
    if (isFailure(tokens)) return reply.redirect(backTo('refuse'))
    const id = newId<CalendarLinkId>()
    const secrets = seal.close(JSON.stringify(tokens), about({ id, userId: caller.actor.userId })).toString('base64')
    await execute(gate, implementation, {
      actor: caller.actor,
      input: { id, provider: port.provider, detail: 'minimal', incoming: 'busy', secrets },
      idempotencyKey: newId(),
      authenticatedAt: caller.authenticatedAt ?? null,
      requestId: request.id,
    })
    return reply.redirect(backTo('relie'))
  })
}
