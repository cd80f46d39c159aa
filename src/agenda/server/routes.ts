import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { execute, type Gate } from '../../platform/server/execute.ts'
import { anonymous } from '../../platform/server/http.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { feedContent } from '../contract/calendars.ts'
import { type FeedReader, readerOfFeed } from './calendar.sql.ts'

/** Who acts when a calendar program reads an address: its user, for her hours alone; no volet, no file. */
function actorOfFeed({ userId, serviceId, professionalId }: FeedReader): Actor {
  const parties = [userId as unknown as PartyId, ...(professionalId === null ? [] : [professionalId])]
  return { ...anonymous, kind: 'job', userId, displayName: 'Agenda extérieur', serviceId, professionalId, parties }
}

/** GET /api/agenda/:secret.ics: one user's hours for her own calendar program. A wrong, a closed and an unknown address answer alike. */
export function addAgendaFeeds(
  http: FastifyInstance,
  { gate, registry }: { readonly gate: Gate; readonly registry: ReadonlyMap<string, Implementation> },
): void {
  http.get('/api/agenda/:file', async (request, reply) => {
    const secret = /^([A-Za-z0-9_-]{43})\.ics$/.exec((request.params as { file: string }).file)?.[1]
    const now = gate.clock()
    const hash = createHash('sha256')
      .update(secret ?? '')
      .digest('hex')
    const reader =
      secret === undefined ? undefined : await asSystem(gate.db, 'whose calendar is read', (tx) => readerOfFeed(tx, hash, now, dayOf(now, gate.timeZone)))
    const implementation = registry.get(`query:${feedContent.name}`)
    if (reader === undefined || implementation === undefined) throw new DomainError('not_found', 'not_found', { what: 'feed' })
    const { text } = (await execute(gate, implementation, {
      actor: actorOfFeed(reader),
      input: { detail: reader.detail },
      authenticatedAt: null,
      requestId: request.id,
    })) as { text: string }
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
    reply.header('cache-control', 'private, no-cache').header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.status(304).send()
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="jalon.ics"').send(text)
  })
}
