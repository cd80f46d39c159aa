/** What the order of messages needs to know of each. */
export interface Numbered {
  readonly number: number
}

/** Both lists in the order of their numbers, each message once; the newer copy of one replaces the older. */
export function joined<M extends Numbered>(held: readonly M[], more: readonly M[]): readonly M[] {
  const last = held.at(-1)?.number ?? 0
  if (more.every((one, place) => one.number > (more[place - 1]?.number ?? last))) return more.length === 0 ? held : [...held, ...more]
  const byNumber = new Map<number, M>()
  for (const one of [...held, ...more]) byNumber.set(one.number, one)
  return [...byNumber.values()].sort((a, b) => a.number - b.number)
}

export function lastNumberOf(held: readonly Numbered[]): number {
  return held.at(-1)?.number ?? 0
}
