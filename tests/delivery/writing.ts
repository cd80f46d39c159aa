import { newId } from '../../src/platform/contract/ids.ts'

/** A page waits this long for an answer before it asks another server, in milliseconds. */
const patience = 3_000

/** One call of an action as the page makes it; null when no server answers. */
async function attempt(server: string, token: string, action: string, input: object, key: string): Promise<Response | null> {
  return fetch(`${server}/api/${action}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: { cookie: `jalon=${token}`, 'content-type': 'application/json', 'x-jalon': '1', 'idempotency-key': key },
    signal: AbortSignal.timeout(patience),
  }).catch(() => null)
}

/** One call; throws what a server refuses. */
export async function ask<T>(server: string, token: string, path: string, input: object): Promise<T> {
  const answer = await attempt(server, token, path, input, newId())
  if (answer?.status !== 200) throw new Error(`${path}: ${answer === null ? 'no answer' : `${answer.status} ${await answer.text()}`}`)
  return (await answer.json()) as T
}

/** Who writes: each call goes to the next server of the list, and again to the following one until somebody answers. */
export interface Writer {
  /** Sends an action under the id of what it makes as its key, until it is done; gives how long that took, in milliseconds. Throws what a server refuses. */
  readonly write: (action: string, input: { readonly id: string } & Record<string, unknown>) => Promise<number>
}

export function aWriter(servers: readonly string[], token: string, from = 0): Writer {
  let turn = from
  return {
    write: async (action, input) => {
      const start = performance.now()
      for (;;) {
        const answer = await attempt(servers[turn++ % servers.length] as string, token, `actions/${action}`, input, input.id)
        if (answer?.status === 200) return performance.now() - start
        // 429 and 5xx pass; a refusal does not.
        if (answer !== null && answer.status < 429) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
  }
}
