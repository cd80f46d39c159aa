import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dayOf } from '../../platform/contract/dates.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import { type UserId } from '../../platform/contract/ids.ts'
import { writeAudit } from '../../platform/server/audit.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { anonymous, type Caller, pageUserHeader, requireSameUser, sessionCookieName } from '../../platform/server/http.ts'
import { awaitingChoice, endSession, longestSessionMinutes, openSession, renewSession, type SignInMethod } from '../../platform/server/sessions.ts'
import '../contract/errors.ts'
import { choosing, membershipsOn } from './local-sign-in.sql.ts'
import { openLocalSignIn, type Proof } from './local-sign-in.ts'
import { relyingPartyOf } from './passkeys.ts'
import { openSeal } from './seal.ts'

export interface SignInRoutes {
  readonly gate: Gate
  readonly publicUrl: string
  /** The key of the installation; without it, passwords with codes are not offered: nothing could seal their secrets. */
  readonly sealingKey: string | undefined
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
}

const secret = z.string().min(20).max(200)
const response = z.record(z.string(), z.json())
const bodies = {
  invitation: z.object({ id: z.uuid(), secret }),
  enrol: z.object({
    id: z.uuid(),
    secret,
    ceremony: z.uuid(),
    passkey: z.object({ response, name: z.string().trim().min(1).max(60) }).optional(),
    password: z.object({ password: z.string().max(300), code: z.string().max(20) }).optional(),
  }),
  passkey: z.object({ ceremony: z.uuid(), response }),
  password: z.object({ identifier: z.string().max(200), password: z.string().max(300), code: z.string().max(20) }),
  situation: z.object({ membershipId: z.uuid() }),
  confirm: z.union([z.object({ ceremony: z.uuid(), response }), z.object({ password: z.string().max(300), code: z.string().max(20) })]),
}
const minutesToChoose = 10

/**
 * GET /login/methods; POST /login/local/…: sign-in without Pro Santé Connect. JSON from our own pages only. A session is opened by a complete
 * proof alone (a passkey, or a password and a code together); enrolling opens none.
 */
export function addSignInRoutes(http: FastifyInstance, { gate, publicUrl, sealingKey, identify }: SignInRoutes): void {
  const { db, clock } = gate
  const origin = new URL(publicUrl).origin
  const secure = origin.startsWith('https://')
  const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const
  const sessionCookie = sessionCookieName(publicUrl)
  const choiceCookie = `${secure ? '__Host-' : ''}jalon_local_choice`
  const door = openLocalSignIn(gate, { party: relyingPartyOf(publicUrl), seal: sealingKey === undefined ? null : openSeal(sealingKey) })
  const limited = { config: { rateLimit: { max: 120, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip } } }

  const post = <Body>(path: string, schema: z.ZodType<Body>, answer: (body: Body, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): void => {
    http.post(`/login/local/${path}`, limited, async (request, reply) => {
      const site = request.headers['sec-fetch-site']
      const from = request.headers.origin
      if (request.headers['x-jalon'] === undefined || (from !== undefined && from !== origin) || (site !== undefined && site !== 'same-origin')) {
        throw new DomainError('forbidden', 'origin_refused')
      }
      const body = schema.safeParse(request.body ?? {})
      if (!body.success) throw new DomainError('invalid', 'input_invalid', { count: body.error.issues.length })
      return reply.header('cache-control', 'no-store').send(await answer(body.data, request, reply))
    })
  }
  const fromOf = (request: FastifyRequest): { address: string; requestId: string } => ({ address: request.ip, requestId: request.id })

  const enter = async (request: FastifyRequest, reply: FastifyReply, who: { userId: string; membershipId: string; method: SignInMethod }): Promise<void> => {
    const former = request.cookies[sessionCookie]
    if (former !== undefined) await endSession(db, former, 'replaced', clock())
    const session = await openSession(db, {
      ...who,
      userAgent: request.headers['user-agent'],
      address: request.ip,
      now: clock(),
      absoluteMinutes: longestSessionMinutes,
    })
    await asSystem(db, 'audit a sign-in', (tx) =>
      writeAudit(tx, {
        name: 'session.open',
        kind: 'login',
        actor: { ...anonymous, kind: 'user', userId: who.userId as UserId },
        outcome: 'done',
        persons: [],
        details: { method: who.method, membershipId: who.membershipId },
        requestId: request.id,
      }),
    )
    gate.committed()
    reply.setCookie(sessionCookie, session.token, cookieOptions).clearCookie(choiceCookie, cookieOptions)
  }

  const welcome = async (request: FastifyRequest, reply: FastifyReply, { userId, method, refusedBefore }: Proof): Promise<unknown> => {
    const memberships = await asSystem(db, 'where does she work', (tx) => membershipsOn(tx, userId, dayOf(clock(), gate.timeZone)))
    const [only, ...others] = memberships
    if (only === undefined) throw new DomainError('forbidden', 'no_membership')
    if (others.length === 0) {
      await enter(request, reply, { userId, membershipId: only.id, method })
      return { signedIn: true, refusedBefore }
    }
    const waiting = await openSession(db, {
      userId,
      membershipId: null,
      method,
      identity: { local: true, method },
      now: clock(),
      absoluteMinutes: minutesToChoose,
    })
    reply.setCookie(choiceCookie, waiting.token, { ...cookieOptions, maxAge: minutesToChoose * 60 })
    return { signedIn: false, refusedBefore, choose: memberships }
  }

  http.get('/login/methods', limited, async (_request, reply) => {
    const open = await door.open()
    return reply.header('cache-control', 'no-store').send({ passkey: open && door.offers.passkey, password: open && door.offers.password })
  })
  post('invitation', bodies.invitation, (body) => door.beginEnrolment(body))
  post('enrol', bodies.enrol, async (body, request) => ({ enrolled: await door.enrol(body, request.id) }))
  post('passkey/options', z.object({}), () => door.challenge(null))
  post('passkey', bodies.passkey, async (body, request, reply) => welcome(request, reply, await door.byPasskey(body, fromOf(request))))
  post('password', bodies.password, async (body, request, reply) => welcome(request, reply, await door.byPassword(body, fromOf(request))))
  post('situation', bodies.situation, async ({ membershipId }, request, reply) => {
    const token = request.cookies[choiceCookie]
    const kept = token === undefined ? null : await awaitingChoice(db, token, clock())
    if (token === undefined || kept?.['local'] !== true) throw new DomainError('forbidden', 'choice_expired')
    const { userId, method } = await asSystem(db, 'who is choosing', (tx) => choosing(tx, token))
    const memberships = await asSystem(db, 'where does she work', (tx) => membershipsOn(tx, userId, dayOf(clock(), gate.timeZone)))
    if (!memberships.some(({ id }) => id === membershipId)) throw new DomainError('forbidden', 'no_membership')
    if ((await endSession(db, token, 'situation chosen', clock())) === null) throw new DomainError('forbidden', 'choice_expired')
    await enter(request, reply, { userId, membershipId, method })
    return { signedIn: true }
  })
  /** Whoever confirms, in a session of the same kind: a local proof makes nothing local of a session of Pro Santé Connect. */
  const confirming = async (request: FastifyRequest): Promise<Caller> => {
    const caller = await identify(request)
    if (caller === null) throw new DomainError('forbidden', 'signed_out')
    requireSameUser(request.headers[pageUserHeader], caller)
    if (caller.method === 'psc') throw new DomainError('forbidden', 'confirm_by_psc')
    return caller
  }
  post('confirm/options', z.object({}), async (_body, request) => door.challenge((await confirming(request)).sessionHandle))
  post('confirm', bodies.confirm, async (body, request, reply) => {
    const caller = await confirming(request)
    const method = await door.confirm(caller.actor.userId, caller.sessionHandle, body, fromOf(request))
    const renewed = await renewSession(db, caller.sessionToken, { now: clock(), method })
    if (renewed === null) throw new DomainError('forbidden', 'signed_out')
    reply.setCookie(sessionCookie, renewed, cookieOptions)
    return { confirmed: true }
  })
}
