import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../platform/contract/errors.ts'
import { telephoneLine } from '../../telephony/server/api.ts'
import { isSigned, readCallMessage } from './cti-message.ts'
import { type Receiving, receive } from './receive.ts'

/** POST /api/telephony/:lineId/calls: signed messages of an exchange. An unknown line, a wrong key and an old message are refused alike. */
export async function addTelephonyWebhook(http: FastifyInstance, receiving: Receiving): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // The signature is of the bytes: they are kept as they came.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 16_384 }, (_request, body, done) => done(null, body))
    scope.post('/api/telephony/:lineId/calls', async (request, reply) => {
      const refusal = new DomainError('forbidden', 'call_signature')
      const { lineId } = request.params as { lineId: string }
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const header = (name: string): string | undefined => (typeof request.headers[name] === 'string' ? request.headers[name] : undefined)
      const line = /^[0-9a-f-]{36}$/i.test(lineId) ? await telephoneLine(receiving.gate.db, { id: lineId }) : null
      const given = { timestamp: header('x-jalon-timestamp'), signature: header('x-jalon-signature') }
      // A line that is not there is compared too, so that it takes as long.
      const signed = isSigned(line?.secret ?? Buffer.alloc(32), given, body, receiving.gate.clock())
      if (line === null || !signed) throw refusal
      const message = readCallMessage(body, header('content-type') ?? '')
      if (message === null) throw new DomainError('invalid', 'call_unreadable')
      await receive(receiving, line, message, request.id)
      return reply.status(204).header('cache-control', 'no-store').send()
    })
  })
}
