/** How much of everything a region of N persons holds: the proportions of the demo (3,000 persons, 24 months), whatever N. */
export interface RegionPlan {
  readonly persons: number
  readonly requests: number
  /** Accompaniments in progress, asleep, and ended. */
  readonly open: number
  readonly dormant: number
  readonly closed: number
  /** Notes of the carnet, all files together. */
  readonly notes: number
  readonly contacts: number
  readonly dacs: number
  readonly referentsPerDac: readonly number[]
  /** General practitioners of the directory; the other trades follow in proportion. */
  readonly generalists: number
  /** Accounts in all, those of DAC and those of outside professionals. */
  readonly accounts: number
  readonly months: number
}

/** One référent follows 35 to 45 situations (domain.md section 4). */
const filesPerReferent = 37.5
/** Above it a region has more than two DAC, and as many notes as years of use leave. */
const demoSize = 6000

export function planRegion(persons: number): RegionPlan {
  const large = persons > demoSize
  const open = Math.max(8, Math.round(persons * 0.25))
  const dormant = Math.round(open * 0.045)
  const referents = Math.max(2, Math.round(open / filesPerReferent))
  const dacs = large ? Math.min(10, Math.round(persons / 7500) || 2) : 2
  const share = (n: number): number => Math.max(1, Math.floor(referents / dacs) + (n < referents % dacs ? 1 : 0))
  return {
    persons,
    requests: persons * 2,
    open,
    dormant,
    closed: Math.max(0, Math.round((persons * 1700) / 3000) - open - dormant),
    notes: large ? persons * 20 : persons * 6,
    contacts: Math.round(persons / 2),
    dacs,
    referentsPerDac: Array.from({ length: dacs }, (_, n) => share(n)),
    generalists: large ? Math.min(9000, Math.round(persons / 12)) : Math.max(20, Math.min(600, persons)),
    accounts: large ? referents * 3 + Math.round(persons / 100) : Math.min(120, 50 + Math.round(persons / 20)),
    months: 24,
  }
}
