import { z } from 'zod'

/** Where the queries of a screen that leave at the same moment are asked together. */
export const batchPath = '/api/batch'

/** More than any screen asks at once; what is above leaves in a second request. */
export const mostReadings = 16

/** `input` is parsed by the schema of each query, as when it is asked alone. */
export const batchInput = z.object({
  queries: z
    .array(z.object({ name: z.string().max(120), input: z.unknown().optional() }))
    .min(1)
    .max(mostReadings),
})

export interface BatchQuery {
  readonly name: string
  readonly input?: unknown
}

/** One answer per query, in their order: what it would have answered alone. */
export const batchOutput = z.object({
  answers: z.array(z.union([z.object({ status: z.literal(200), output: z.unknown() }), z.object({ status: z.int(), problem: z.unknown() })])),
})
