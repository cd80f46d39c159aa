import { randomOf } from '../src/app/seed/region/random.ts'
import type { Agreement, Comparison } from '../src/persons/contract/agreement.ts'
import { farBehind, weightOf } from '../src/persons/contract/matching.ts'
import { thresholdAmong } from '../src/persons/contract/matching-weights.ts'
import { askedOf, comparedWith, type Found } from './matching/compared.ts'
import { fitWeights } from './matching/fit.ts'
import { relationOf } from './matching/relation.ts'
import { sharesOfFile } from './matching/shares.ts'
import { aFile, familyNameStock, type Known } from './matching/truth.ts'

/**
 * `npm run bench -- matching-weights [--check] [--seed N] [--persons N] [--asked N] [--errors]`: fits the weights of matching-weights.ts on a file of the training
 * seed, prints them and the thresholds by size of the file; with --check, judges those that are written there on a file of another seed, in memory: as they are, with the
 * threshold of a file of that size. `npm run bench -- matching` judges the whole, database included. With --errors: who is missed and who is taken for whom, by kind.
 *
 * A file of N holds N times as many people who resemble somebody by chance, and no more twins: pairs by chance count N over the size of the file at hand.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name)
  return at === -1 ? otherwise : Number(process.argv[at + 1])
}
const check = process.argv.includes('--check')
const size = option('--persons', 120_000)
/** The weights are fitted for a large region; thresholds follow the size. */
const fittedAmong = option('--among', 500_000)
const seed = option('--seed', check ? 20262 : 20261)
const random = randomOf(seed)
const names = familyNameStock(randomOf(7))
const file = aFile(random, names, size)
const asked = askedOf(random, file, names, option('--asked', 16_000))
const { examples, comparisons, lost } = comparedWith(file, asked, sharesOfFile(file))
const known = asked.filter((typed) => typed.of !== null).length
const among = (persons: number): readonly Found[] => examples.map((one) => ({ ...one, times: one.chance ? (one.times * persons) / size : one.times }))
const fitted = check ? null : fitWeights(among(fittedAmong))
const score = (compared: Comparison): number =>
  fitted === null
    ? weightOf(compared)
    : weightOf(
        compared,
        (one: Agreement | 'start') => fitted.get(one) ?? 0,
        (one) => fitted.get(one) ?? 0,
      )
const weights = new Map(examples.map((one) => [one, score(one.compared)]))

interface Proposable {
  readonly asked: number
  readonly other: number
  readonly same: boolean
  readonly chance: boolean
  readonly weight: number
}
interface Point {
  readonly at: number
  readonly recall: number
  readonly precision: number
}
/** Those that are not far behind the likeliest: what would be proposed if the threshold let them through. */
const proposable: readonly Proposable[] = comparisons.flatMap((hers, n) => {
  const weighed = hers.map(({ other, found }) => ({ asked: n, other, same: found.same, chance: found.chance, weight: weights.get(found) as number }))
  const first = weighed.reduce((most, { weight }) => Math.max(most, weight), Number.NEGATIVE_INFINITY)
  return weighed.filter(({ weight }) => weight > first - option('--behind', farBehind) && weight > -10)
})
function curveAmong(persons: number): readonly Point[] {
  const scored = proposable.map((one) => ({ ...one, times: one.chance ? persons / size : 1 })).sort((a, b) => b.weight - a.weight)
  let [proposed, found] = [0, 0]
  return scored.flatMap((one, n) => {
    proposed += one.times
    if (one.same) found += one.times
    return scored[n + 1]?.weight === one.weight ? [] : [{ at: one.weight, recall: found / known, precision: found / proposed }]
  })
}
const best = (curve: readonly Point[]): Point =>
  curve.reduce((kept, one) => (Math.min(one.recall, one.precision) > Math.min(kept.recall, kept.precision) ? one : kept))
const rounded = ({ at, recall, precision }: Point): Point => ({
  at: Number(at.toFixed(2)),
  recall: Number(recall.toFixed(4)),
  precision: Number(precision.toFixed(4)),
})

/** With the weights as they are written, what their own threshold gives; else the best that these weights can do. */
const sizes = size > 500_000 ? [size] : [3000, 40_000, 200_000, 500_000, 2_000_000]
const bySize = sizes.map((persons) => {
  const curve = curveAmong(persons)
  const written = curve.filter(({ at }) => at >= thresholdAmong(persons)).at(-1)
  return { persons, ...rounded(check && written !== undefined ? written : best(curve)), best: rounded(best(curve)) }
})
process.stderr.write(`lost before comparing: ${lost} of ${known}\n`)
for (const line of bySize) process.stderr.write(`${JSON.stringify(line)}\n`)
if (process.argv.includes('--errors')) tellErrors(bySize.at(-1)?.at ?? 0)
if (fitted !== null)
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...fitted].map(([name, weight]) => [name, Number(weight.toFixed(2))])), null, 2)}\n`)
else
  process.stdout.write(
    `${JSON.stringify({ bench: 'matching-weights', seed, persons: size, pairs: examples.reduce((sum, one) => sum + one.times, 0), known, lost, bySize })}\n`,
  )

/** Who is missed, with what was typed wrong or not at all, and who is taken for whom. */
function tellErrors(threshold: number): void {
  const [missed, wrong] = [new Map<string, number>(), new Map<string, number>()]
  const count = (counts: Map<string, number>, kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const samples: string[] = []
  const proposed = Map.groupBy(
    proposable.filter(({ weight }) => weight >= threshold),
    (one) => one.asked,
  )
  let twofold = 0
  asked.forEach((typed, n) => {
    const hers = proposed.get(n) ?? []
    const hit = hers.find(({ same }) => same)
    for (const one of hers.filter(({ same }) => !same)) {
      const beside = hit === undefined ? (typed.of === null ? 'personne n’est au fichier' : 'à la place de la vraie') : 'à côté de la vraie'
      count(wrong, `${relationOf(typed.who, file[one.other] as Known)}, ${beside}`)
      samples.push(`FALSE ${one.weight.toFixed(1)} ${told(n, one.other)}`)
    }
    if (typed.of === null || hit !== undefined) return
    const true_ = comparisons[n]?.find(({ other }) => other === typed.of)
    const weight = true_ === undefined ? null : (weights.get(true_.found) as number)
    const others = (comparisons[n] ?? []).filter(({ other, found }) => other !== typed.of && weight !== null && (weights.get(found) as number) >= weight)
    if (others.length > 0) twofold += 1
    const { what } = typed
    const absent = [
      what.birthDate === null ? '' : null,
      what.birthPlaceCode === null ? 'lieu absent' : null,
      (what.phones ?? []).length === 0 || typed.errors.includes('autre téléphone') ? 'sans téléphone utile' : null,
    ]
    const why = weight === null ? 'hors des blocs' : others.length > 0 ? 'un autre ressemble autant ou plus' : 'sous le seuil'
    count(
      missed,
      `${why} : ${[...typed.errors, ...absent.filter(Boolean)]
        .filter((one) => one !== 'autre téléphone')
        .sort()
        .join(', ')}`,
    )
    samples.push(`MISS ${weight?.toFixed(1) ?? 'lost'} (${others.length} as near) ${typed.errors.join(', ')} ${told(n, typed.of)}`)
  })
  process.stderr.write(`missed, of whom somebody else resembles at least as much: ${twofold}\n`)
  for (const [title, counts] of [
    ['missed', missed],
    ['wrong', wrong],
  ] as const) {
    process.stderr.write(`${title}: ${[...counts.values()].reduce((sum, one) => sum + one, 0)}\n`)
    for (const [kind, n] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 30)) process.stderr.write(`  ${n} ${kind}\n`)
  }
  for (const line of samples.slice(0, option('--samples', 0))) process.stderr.write(`${line}\n`)
}

function told(n: number, other: number): string {
  const { compared } = comparisons[n]?.find((one) => one.other === other)?.found ?? {}
  return `${compared?.ways.join(' ')} ${compared?.rarity.join(' ')} | ${JSON.stringify(asked[n]?.what)} | ${JSON.stringify(file[other])}`
}
