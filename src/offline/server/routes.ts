import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { conflict, DomainError, invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { writeAudit } from '../../platform/server/audit.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import type { Call, Gate } from '../../platform/server/execute.ts'
import { type Caller, pageUserHeader, requireSameUser } from '../../platform/server/http.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { type Envelope, envelopeSchema, longestEnvelope } from '../contract/envelope.ts'
import type { DeviceOrders, Terms } from '../contract/terms.ts'
import { deviceInput, termsInput } from '../contract/terms.ts'
import { deliverEnvelope, openEnvelope } from './deliver-envelope.ts'
import {
  actorSees,
  followTerms,
  insertDeposit,
  keepDevice,
  markWiped,
  mostDeposits,
  ordersOf,
  removeDeposit,
  selectDeposits,
  selectTerms,
} from './offline.sql.ts'
import { openOfflineKeys } from './offline-keys.ts'

export interface OfflineRoutes {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
  readonly publicUrl: string
  /** The secrets of the installation, the present one first; none: working without network is not offered. */
  readonly sealingKeys: readonly string[]
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>
}

const bodies = {
  terms: termsInput,
  device: deviceInput,
  envelope: z.object({ envelope: envelopeSchema }),
  leave: deviceInput.extend({ envelope: envelopeSchema }),
}
const printOf = (secret: string): Buffer => createHash('sha256').update(`jalon device ${secret}`).digest()

/**
 * POST /api/offline/…: the keys of a session, what was sealed without network, and the last contact of a device that must destroy itself. By hand because
 * they carry keys, or come from a device that has no session any more; every gesture in an envelope passes the gate (`deliverEnvelope`).
 */
export function addOfflineRoutes(http: FastifyInstance, { gate, registry, publicUrl, sealingKeys, identify }: OfflineRoutes): void {
  const { db, clock } = gate
  const origin = new URL(publicUrl).origin
  const [master, ...former] = sealingKeys
  const keys = master === undefined ? null : openOfflineKeys([master, ...former])
  const limited = { rateLimit: { max: 240, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip } }

  const fromHere = (request: FastifyRequest): void => {
    const site = request.headers['sec-fetch-site']
    const from = request.headers.origin
    if (request.headers['x-jalon'] === undefined || (from !== undefined && from !== origin) || (site !== undefined && site !== 'same-origin'))
      throw new DomainError('forbidden', 'origin_refused')
  }
  const callerOf = async (request: FastifyRequest): Promise<Caller> => {
    const caller = await identify(request)
    requireSameUser(request.headers[pageUserHeader], caller)
    if (caller === null) throw new DomainError('forbidden', 'signed_out')
    request.caller = caller
    return caller
  }
  const callOf = (request: FastifyRequest, caller: Caller): Omit<Call, 'input'> => ({
    actor: caller.actor,
    authenticatedAt: caller.authenticatedAt,
    sessionHandle: caller.sessionHandle,
    requestId: request.id,
    address: request.ip,
  })
  const open = (): NonNullable<typeof keys> => {
    if (keys === null) throw new DomainError('unavailable', 'offline.not_offered')
    return keys
  }
  const post = <Body>(path: string, schema: z.ZodType<Body>, answer: (body: Body, request: FastifyRequest) => Promise<unknown>, signedIn: boolean): void => {
    const heavy = !('shape' in schema) || !('envelope' in (schema as z.ZodObject).shape) ? {} : { bodyLimit: longestEnvelope + 8_192 }
    // A large body is received from whoever is signed in; a device without a session shows its secret before anything is written.
    const onRequest = async (request: FastifyRequest): Promise<void> => {
      fromHere(request)
      if (signedIn && (await identify(request)) === null) throw new DomainError('forbidden', 'signed_out')
    }
    http.post(`/api/offline/${path}`, { config: limited, onRequest, ...heavy }, async (request, reply: FastifyReply) => {
      const body = schema.safeParse(request.body ?? {})
      if (!body.success) throw invalid('input_invalid', { count: body.error.issues.length })
      return reply.header('cache-control', 'no-store').send(await answer(body.data, request))
    })
  }

  post(
    'terms',
    bodies.terms,
    async ({ carries, holds }, request): Promise<Terms> => {
      const caller = await callerOf(request)
      const { actor, sessionHandle } = caller
      const now = clock()
      return asActor(db, { actor, clock: now, timeZone: gate.timeZone }, async (tx) => {
        const terms = await selectTerms(tx, sessionHandle, now)
        if (terms === undefined) throw new DomainError('forbidden', 'signed_out')
        const { reading, sessionEndsAt, idleMinutes, deposits } = terms
        const held =
          holds === null
            ? null
            : await followTerms(tx, { id: holds.device, secretHash: printOf(holds.secret), sessionHandle, hours: reading.hours, sessionEndsAt })
        const taken = new Date(Math.min(now.getTime() + reading.hours * 3_600_000, Date.parse(sessionEndsAt))).toISOString()
        const userAgent = request.headers['user-agent']?.slice(0, 200) ?? null
        if (carries !== null) {
          const row = { id: carries.device, userId: actor.userId, secretHash: printOf(carries.secret), sessionHandle, userAgent, now, readUntil: taken }
          if (!(await keepDevice(tx, row))) throw new DomainError('conflict', 'offline.device_refused')
        }
        const seal = open().current(now)
        return {
          now: now.toISOString(),
          seal,
          token: open().token(actor.userId, seal.kid),
          readSecret: open().readSecret(sessionHandle),
          readUntil: held ?? taken,
          reopening: reading.reopening,
          idleMinutes,
          deposits,
        }
      })
    },
    true,
  )

  const deliver = async (request: FastifyRequest, envelope: Envelope): Promise<unknown> => {
    const caller = await callerOf(request)
    return deliverEnvelope({ gate, registry, keys: open() }, callOf(request, caller), envelope)
  }
  post('deliver', bodies.envelope, async ({ envelope }, request) => ({ output: await deliver(request, envelope) }), true)

  post(
    'words',
    bodies.envelope,
    async ({ envelope }, request) => {
      const caller = await callerOf(request)
      const { input, own } = openEnvelope({ keys: open() }, { actor: caller.actor }, envelope)
      // The words are her own; whoever they name is said to have been read only when she may read that person, and never on the word of an envelope.
      const named = z.uuid().safeParse(input['personId'])
      await asActor(db, { actor: caller.actor, clock: clock(), timeZone: gate.timeZone }, async (tx) => {
        const personId = named.success && (await actorSees(tx, named.data as PersonId)) ? (named.data as PersonId) : null
        await writeAudit(tx, {
          name: 'offline.words',
          kind: 'query',
          actor: caller.actor,
          outcome: 'done',
          persons: personId === null ? [] : [personId],
          details: { action: envelope.action },
          requestId: request.id,
          address: request.ip,
        })
      })
      gate.committed()
      return { action: envelope.action, input, own: own ?? {} }
    },
    true,
  )

  post(
    'deposits',
    z.object({}),
    async (_body, request) => {
      const caller = await callerOf(request)
      return { envelopes: await asActor(db, { actor: caller.actor, clock: clock(), timeZone: gate.timeZone }, selectDeposits) }
    },
    true,
  )
  post(
    'deposit-kept',
    z.object({ id: z.uuid() }),
    async ({ id }, request) => {
      const caller = await callerOf(request)
      await asActor(db, { actor: caller.actor, clock: clock(), timeZone: gate.timeZone }, (tx) => removeDeposit(tx, id))
      return {}
    },
    true,
  )

  /** What a device may hear without a session: nothing of anybody, only whether it must destroy itself. */
  const orders = async ({ device, secret }: z.output<typeof deviceInput>): Promise<DeviceOrders & { readonly userId: string | null }> => {
    const found = await asSystem(db, 'orders of a device without a session', (tx) => ordersOf(tx, device, printOf(secret)))
    return found === undefined ? { wipe: false, mayLeave: false, userId: null } : { wipe: found.wipe, mayLeave: found.active, userId: found.userId }
  }
  post(
    'orders',
    bodies.device,
    async (body): Promise<DeviceOrders> => {
      const { wipe, mayLeave } = await orders(body)
      return { wipe, mayLeave }
    },
    false,
  )
  post(
    'leave',
    bodies.leave,
    async ({ envelope, ...device }) => {
      const { userId, mayLeave } = await orders(device)
      if (!mayLeave || userId !== envelope.userId || open().open(envelope) === null) throw invalid('offline.seal_broken')
      const kept = await asSystem(db, 'an envelope of a device that destroys itself', (tx) => insertDeposit(tx, device.device, envelope, clock(), mostDeposits))
      if (!kept) throw conflict('offline.too_many_deposits')
      return { id: envelope.id }
    },
    false,
  )
  post(
    'wiped',
    bodies.device,
    async (body) => {
      const { wipe } = await orders(body)
      if (wipe) await asSystem(db, 'a device has destroyed its copies', (tx) => markWiped(tx, body.device, clock()))
      return {}
    },
    false,
  )
}
