import type { Tally } from './decisions.ts'
import type { LeakTally } from './requests.ts'

/** 0 in n trials: less than 3/n at 95 % (rule of three). */
export const ruleOfThree = (trials: number): string => `< ${(300 / Math.max(1, trials)).toPrecision(2)} %`

const lines = (map: ReadonlyMap<string, number>, prefix: string): string =>
  [...map]
    .filter(([key]) => key.startsWith(prefix))
    .sort(([, a], [, b]) => b - a)
    .map(([key, value]) => `${key.slice(prefix.length)} ${value}`)
    .join(', ')

/** What a run of decisions covered, and each kind of disagreement once with how often it came. */
export function decisionReport(tally: Tally, seed: number): string {
  const kinds = new Map<string, number>()
  for (const { kind, lens, what, bases, detail, who } of tally.disagreements) {
    const key = `${kind} · ${lens} · ${what} · ${bases} · ${detail.replace(/[0-9a-f-]{36}/, '')} · ${who}`
    kinds.set(key, (kinds.get(key) ?? 0) + 1)
  }
  return [
    `seed ${seed}: ${tally.decisions} decisions (${tally.seen} open), ${tally.disagreements.length} disagreements${tally.disagreements.length === 0 ? `, ${ruleOfThree(tally.decisions)} at 95 %` : ''}`,
    `  by basis: ${lines(tally.coverage, 'basis ')}`,
    `  by category: ${lines(tally.coverage, 'category ')}`,
    `  by row: ${lines(tally.coverage, 'row ')}`,
    `  by query: ${lines(tally.coverage, 'lens ')}`,
    `  gestures: ${lines(tally.coverage, 'gesture ')}`,
    ...[...kinds].slice(0, 40).map(([key, times]) => `  ${times} × ${key}`),
  ].join('\n')
}

export function leakReport(tally: LeakTally, seed: number): string {
  const reached = [...tally.byRequest].filter(([, { canaries }]) => canaries > 0).length
  return [
    `seed ${seed}: ${tally.requests} requests to ${tally.byRequest.size} addresses, ${tally.leaks.length} leaks${tally.leaks.length === 0 ? `, ${ruleOfThree(tally.requests)} at 95 %` : ''}`,
    `  ${tally.withCanary} answers showed her own files (${reached} addresses); statuses ${[...tally.statuses].map(([status, times]) => `${status}: ${times}`).join(', ')}`,
    ...[...tally.faults].slice(0, 20).map(([fault, times]) => `  fault ${times} × ${fault}`),
    ...tally.leaks.slice(0, 40).map(({ request, who, what, status }) => `  leak: ${request} (${status}) to ${who}: ${what}`),
  ].join('\n')
}
