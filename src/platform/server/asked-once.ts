import type { Tx } from './db.ts'

const answers = new WeakMap<Tx, Map<string, Promise<unknown>>>()

/** From now on, what the readings of this transaction need alike is asked once (see `askedOnce`). For transactions that only read. */
export function shareReadings(tx: Tx): void {
  answers.set(tx, new Map())
}

/** Asks, or gives what was already answered to the same question in a transaction that shares its readings. A failure is not kept. */
export function askedOnce<T>(tx: Tx, question: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(tx)
  if (known === undefined) return ask()
  const earlier = known.get(question) as Promise<T> | undefined
  if (earlier !== undefined) return earlier
  const answer = ask()
  known.set(question, answer)
  answer.catch(() => known.delete(question))
  return answer
}
