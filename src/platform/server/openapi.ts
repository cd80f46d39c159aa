import { z } from 'zod'
import { batchInput, batchOutput, batchPath } from '../contract/batch.ts'
import type { Implementation } from './implement.ts'

const sameOrigin = {
  name: 'X-Jalon',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description: 'Présence exigée : protège des requêtes d’une autre origine.',
}

/** The OpenAPI 3.1 document of what is declared: one path per action and query, in and out from the same schemas that the gate parses. */
export function openApiOf(registry: ReadonlyMap<string, Implementation>, { url, version }: { url: string; version: string }): Record<string, unknown> {
  const paths: Record<string, unknown> = {}
  for (const { contract } of registry.values()) {
    const action = contract.kind === 'action'
    const { openTo } = contract.access
    paths[`/api/${action ? 'actions' : 'queries'}/${contract.name}`] = {
      post: {
        operationId: contract.name,
        summary: contract.title,
        tags: [contract.name.split('.')[0]],
        description: openTo ? `Ouvert à : ${openTo.whom} (${openTo.because}).` : 'Soumis à la règle d’accès de l’action.',
        ...(openTo?.whom === 'everyone' ? { security: [] } : {}),
        parameters: [
          sameOrigin,
          ...(action
            ? [
                {
                  name: 'Idempotency-Key',
                  in: 'header',
                  required: true,
                  schema: { type: 'string', format: 'uuid' },
                  description: 'Même clé et même contenu : un seul effet.',
                },
              ]
            : []),
        ],
        requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(contract.input, 'input') } } },
        responses: {
          200: { description: 'Fait', content: { 'application/json': { schema: jsonSchema(contract.output, 'output') } } },
          default: { description: 'Refus ou erreur', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
        },
      },
    }
  }
  paths[batchPath] = {
    post: {
      operationId: 'batch',
      summary: 'Les lectures d’un écran, ensemble',
      tags: ['batch'],
      description:
        'Chaque lecture garde sa règle d’accès, son refus et sa trace, et répond ce qu’elle aurait répondu seule (`output`, ou `problem` avec son `status`), dans l’ordre demandé. Une seule session lue, une seule transaction. Les actions n’y passent pas.',
      parameters: [sameOrigin],
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(batchInput, 'input') } } },
      responses: {
        200: { description: 'Une réponse par lecture', content: { 'application/json': { schema: jsonSchema(batchOutput, 'output') } } },
        default: { description: 'Refus ou erreur', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    },
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jalon',
      version,
      description: 'Actions et lectures de Jalon. Chaque chemin vient de l’objet qui déclare l’action : schéma, règle d’accès, audit.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jalon' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['status', 'code', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            instance: { type: 'string' },
            fields: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
      },
    },
  }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}
