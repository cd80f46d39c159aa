/** How much of everything a region of N persons holds: the proportions of the demo (3,000 persons, 24 months), whatever N. */
export interface RegionPlan {
  readonly persons: number
  readonly requests: number
  readonly episodes: number
  readonly liveEpisodes: number
  readonly notes: number
  readonly dacs: number
  readonly referentsPerDac: readonly number[]
  readonly generalists: number
  readonly months: number
}

/** One référent follows 37 or 38 situations on average, between 35 and 45 (domain.md section 4). */
const filesPerReferent = 37.5

export function planRegion(persons: number): RegionPlan {
  const liveEpisodes = Math.max(8, Math.round(persons * 0.25))
  const referents = Math.max(2, Math.round(liveEpisodes / filesPerReferent))
  const dacs = persons <= 6000 ? 2 : Math.min(10, Math.round(persons / 7500))
  const share = (n: number): number => Math.max(1, Math.floor(referents / dacs) + (n < referents % dacs ? 1 : 0))
  return {
    persons,
    requests: persons * 2,
    episodes: Math.max(liveEpisodes, Math.round((persons * 1700) / 3000)),
    liveEpisodes,
    notes: persons <= 6000 ? persons * 6 : persons * 20,
    dacs,
    referentsPerDac: Array.from({ length: dacs }, (_, n) => share(n)),
    generalists: persons <= 6000 ? 600 : Math.min(9000, Math.round(persons / 12)),
    months: 24,
  }
}
