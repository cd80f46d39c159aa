import { batchPath, mostReadings } from '../../contract/batch.ts'
import { ApiError, type Problem, unexpectedError } from './api-error.ts'

/** One request to our own server, as `send` of client.ts. */
export type Send = (path: string, body: string, headers?: Record<string, string>, more?: Pick<RequestInit, 'signal'>) => Promise<Response>

interface Waiting {
  readonly name: string
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
}

type Answer = { readonly status: 200; readonly output: unknown } | { readonly status: number; readonly problem: Problem }

/**
 * Gathers the queries that leave in the same turn of the page and asks them in one request: one session read, one transaction, one trace on the disk for a
 * whole screen. A query alone goes by its own path. `retryAlone` asks once more, alone, what a refusal of the batch leaves to a gesture of hers (a new proof
 * of identity). What a screen no longer wants is left out; the request is dropped once nobody wants any of it.
 */
export function openReader(send: Send, retryAlone: (problem: Problem) => boolean): (name: string, input: unknown, signal?: AbortSignal) => Promise<unknown> {
  let waiting: Waiting[] = []

  const alone = async ({ name, input, signal, resolve, reject }: Waiting): Promise<void> => {
    try {
      resolve(await (await send(`/api/queries/${name}`, JSON.stringify(input), {}, signal ? { signal } : {})).json())
    } catch (error) {
      reject(error)
    }
  }

  const together = async (readings: readonly Waiting[]): Promise<void> => {
    const dropped = new AbortController()
    const left = new Set(readings)
    for (const reading of readings) {
      reading.signal?.addEventListener('abort', () => {
        reading.reject(reading.signal?.reason)
        left.delete(reading)
        if (left.size === 0) dropped.abort()
      })
    }
    try {
      const body = JSON.stringify({ queries: readings.map(({ name, input }) => ({ name, input })) })
      const { answers } = (await (await send(batchPath, body, {}, { signal: dropped.signal })).json()) as { readonly answers: readonly Answer[] }
      readings.forEach((reading, i) => {
        const answer = answers[i]
        if (answer === undefined) reading.reject(unexpectedError())
        else if ('output' in answer) reading.resolve(answer.output)
        else if (retryAlone(answer.problem)) void alone(reading)
        else reading.reject(new ApiError(answer.problem))
      })
    } catch (error) {
      for (const reading of readings) reading.reject(error)
    }
  }

  const leave = (): void => {
    const wanted = waiting.filter(({ signal }) => signal?.aborted !== true)
    waiting = []
    for (let start = 0; start < wanted.length; start += mostReadings) {
      const readings = wanted.slice(start, start + mostReadings)
      const [only, ...others] = readings
      if (only !== undefined && others.length === 0) void alone(only)
      else void together(readings)
    }
  }

  return (name, input, signal) =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(signal?.reason)
      if (signal?.aborted) return gone()
      signal?.addEventListener('abort', gone)
      if (waiting.length === 0) setTimeout(leave)
      waiting.push({ name, input, signal, resolve, reject })
    })
}
