import type { Tx } from './db.ts'

/** What the readings of a screen have asked so far, by question. */
export type Answers = Map<string, Promise<unknown>>

const answers = new WeakMap<Tx, Answers>()

/**
 * From now on, what the readings of this transaction need alike is asked once (see `askedOnce`). For transactions that only read; those of one screen, for one
 * actor, share what is `known`.
 */
export function shareReadings(tx: Tx, known: Answers): void {
  answers.set(tx, known)
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
