import { type Agreement, type ComparableIdentity, type Comparison, type Rarity, reasonOf } from './agreement.ts'
import { compareTraits } from './compared-traits.ts'
import { agreementWeights, rarityWeights, thresholdAmong, thresholds } from './matching-weights.ts'
import { type NameShares, usualShares } from './name-shares.ts'

/** The file in which somebody is looked for: how many identities, and how many bear each name. A rare name says more, a large file holds more homonyms. */
export interface FileFacts {
  readonly persons: number
  readonly shares: NameShares
}
/** A file of a département or so, with the names of the country. */
export const usualFile: FileFacts = { persons: 40_000, shares: usualShares }

export type MatchLevel = 'same' | 'probable' | 'possible' | 'different'

export interface Match {
  /** Bits above what is proposed in a file of this size. */
  readonly weight: number
  /** 0 to 100: this weight, as a chance. */
  readonly score: number
  readonly level: MatchLevel
  /** What agrees and what does not, for whoever compares: « même nom », « jour et mois inversés »… */
  readonly reasons: readonly string[]
}

/**
 * How much two identities look like the same person. It proposes and never decides: a merge is made by two persons.
 * Each trait agrees in some way; the weights of the ways (matching-weights.ts) are added, as Fellegi and Sunter do, and compared with three thresholds.
 * The same matricule is the same person; two different ones never are.
 */
export function compareIdentities(a: ComparableIdentity, b: ComparableIdentity, file: FileFacts = usualFile): Match {
  const certain = compareMatricules(a, b)
  const compared = compareTraits(a, b, file.shares)
  const reasons = reasonsOf(compared)
  if (certain === 'same') return { weight: 100, score: 100, level: 'same', reasons: ['même matricule', ...reasons] }
  if (certain === 'other') return { weight: -100, score: 0, level: 'different', reasons: ['autre matricule', ...reasons] }
  const weight = weightOf(compared) - thresholdAmong(file.persons)
  return { weight, score: Math.round(100 / (1 + 2 ** -(weight + 3))), level: levelOf(weight), reasons }
}

/**
 * One person is one person: of those whom she resembles, those who lie so many bits behind the likeliest are a namesake or a relative of hers, and are not
 * proposed while that one is. Two who are one person besides are compared with each other in their turn.
 */
export const farBehind = 3

/** Of all those whom one person was compared with, those who are proposed to be merged. */
export function proposedAmong<T extends { readonly match: Match }>(compared: readonly T[]): readonly T[] {
  const first = Math.max(...compared.map(({ match }) => match.weight))
  return compared.filter(({ match }) => (match.level === 'same' || match.level === 'probable') && match.weight > first - farBehind)
}

/** The sum, in bits, of the weights of what agrees; `weigh` and `weighRarity` are those of the software, unless others are tried. */
export function weightOf(
  { ways, rarity }: Comparison,
  weigh: (one: Agreement | 'start') => number = (one) => agreementWeights[one],
  weighRarity: (one: Rarity) => number = (one) => rarityWeights[one],
): number {
  return ways.reduce((sum, one) => sum + weigh(one), weigh('start')) + rarity.reduce((sum, [of, bits]) => sum + bits * weighRarity(of), 0)
}

/** From a weight above what is proposed among so many. */
function levelOf(weight: number): MatchLevel {
  return weight >= thresholds.same ? 'same' : weight >= 0 ? 'probable' : weight >= thresholds.possible ? 'possible' : 'different'
}

function reasonsOf({ ways, rarity }: Comparison): readonly string[] {
  const borne = (one: Agreement): string => {
    const bits = rarity.find(([of]) => of === `${one.split('.')[0]}.rarity`)?.[1] ?? 0
    return bits <= -1 ? ' (répandu)' : bits >= 1.5 ? ' (rare)' : ''
  }
  const allGiven = ways.includes('given.same') && ways.includes('next.same')
  return ways.flatMap((one) => {
    if (allGiven && one === 'given.same') return ['mêmes prénoms']
    if (allGiven && one === 'next.same') return []
    const reason = reasonOf[one]
    return reason === null ? [] : [one === 'family.same' || one === 'given.same' ? `${reason}${borne(one)}` : reason]
  })
}

function compareMatricules(a: ComparableIdentity, b: ComparableIdentity): 'same' | 'other' | null {
  if (!a.matricule || !b.matricule) return null
  return a.matricule.slice(0, 13) === b.matricule.slice(0, 13) ? 'same' : 'other'
}
