import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../platform/contract/errors.ts'
import { execute, type Gate } from '../../platform/server/execute.ts'
import { anonymous } from '../../platform/server/http.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { dacForCommune } from '../contract/queries.ts'

/** A minute, for one address: enough for a site that asks for each of its visitors, too few to copy the region in passing. */
const perMinute = 60

/**
 * GET /api/public/dac?commune=88408: which DAC and which CPTS for a commune, for any site or software. Open to other origins (no cookie is read, no
 * person is concerned), limited by address, kept an hour by caches.
 */
export function addPublicTerritory(http: FastifyInstance, options: { readonly gate: Gate; readonly registry: ReadonlyMap<string, Implementation> }): void {
  const implementation = options.registry.get(`query:${dacForCommune.name}`)
  if (implementation === undefined) return
  const limited = http.createRateLimit({ max: perMinute, timeWindow: '1 minute', keyGenerator: (request) => `public ${request.ip}` })
  http.get('/api/public/dac', async (request, reply) => {
    const limit = await limited(request)
    if (!limit.isAllowed && limit.isExceeded) throw new DomainError('unavailable', 'too_many_requests')
    const output = await execute(options.gate, implementation, {
      actor: anonymous,
      input: { communeCode: (request.query as { commune?: unknown }).commune },
      authenticatedAt: null,
      requestId: request.id,
      address: request.ip,
      manner: 'screen',
    })
    return reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=3600')
      .send(output)
  })
}

/** What the OpenAPI document says of it; the answer has the shape of the query `territory.dacForCommune`. */
export const publicTerritoryPaths = {
  '/api/public/dac': {
    get: {
      operationId: 'publicDacForCommune',
      summary: 'Quel DAC et quelles CPTS pour cette commune ?',
      tags: ['public'],
      description: `Ouvert à tous, sans session, aux autres origines aussi. ${perMinute} demandes par minute et par adresse. Aucune donnée de personne.`,
      security: [],
      parameters: [
        {
          name: 'commune',
          in: 'query',
          required: true,
          schema: { type: 'string', pattern: '^(\\d{5}|2[AB]\\d{3})$' },
          description: 'Code INSEE de la commune ou de l’arrondissement, actuel ou d’avant une fusion.',
        },
      ],
      responses: {
        200: { description: 'Le DAC chargé de la commune, ceux qui sont annoncés pour son département à défaut, et ses CPTS.' },
        default: { description: 'Refus ou erreur', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    },
  },
} as const
