import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { notifyingSender } from '../../hospital-events/server/api.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import { readNotification } from './notification.ts'
import { digestOf, type Receiving, receive } from './receive.ts'

/**
 * POST /api/hospital/:senderId/notifications: the notifications of a FHIR Subscription, under the key of the establishment (Authorization: Bearer). An unknown
 * establishment and a wrong key are refused alike. Answered once everything it tells is committed, and alike whoever is known here.
 */
export async function addHospitalHook(http: FastifyInstance, receiving: Receiving): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 262_144 }, (_request, body, done) => done(null, body))
    scope.post('/api/hospital/:senderId/notifications', async (request, reply) => {
      const { senderId } = request.params as { senderId: string }
      const sender = /^[0-9a-f-]{36}$/i.test(senderId) ? await notifyingSender(receiving.gate.db, senderId) : null
      // An establishment that is not there is compared too, so that it takes as long.
      const holds = isKey(sender?.keyPrint ?? null, request.headers.authorization)
      if (sender === null || !holds) throw new DomainError('forbidden', 'hospitalEvents.sender_refused')
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const told = readNotification(parsed(body))
      if (told === null) throw new DomainError('invalid', 'hospitalEvents.unreadable')
      if (told.kind === 'events')
        for (const one of told.received) await receive(receiving, sender, { ...one, digest: digestOf(Buffer.from(JSON.stringify(one))) })
      return reply.status(204).header('cache-control', 'no-store').send()
    })
  })
}

/** The print that no key has: compared where there is none, so that it takes as long. */
const noPrint = Buffer.alloc(32)

function isKey(print: Buffer | null, header: string | undefined): boolean {
  const told = Buffer.from(/^Bearer ([0-9a-f]{64})$/i.exec(header ?? '')?.[1] ?? '', 'hex')
  const same = timingSafeEqual(createHash('sha256').update(told).digest(), print ?? noPrint)
  return same && told.length === 32
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
