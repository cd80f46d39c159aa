import { randomOf } from '../src/app/seed/region/random.ts'
import { type Agreement, agreementsOf, farBehind, weightOf } from '../src/persons/contract/matching.ts'
import { thresholdAmong } from '../src/persons/contract/matching-weights.ts'
import { type Example, fitWeights } from './matching/fit.ts'
import { blocksOf } from './matching/in-memory.ts'
import { sharesOfFile } from './matching/shares.ts'
import { aFile, aStranger, familyNameStock, type Known, typedOf } from './matching/truth.ts'

/**
 * `npm run bench -- matching-weights [--check] [--persons N] [--asked N]`: fits the weights of matching-weights.ts on a file of the training seed, prints them and
 * the thresholds by size of the file; with --check, judges those that are written there on a file of another seed, in memory. `npm run bench -- matching` judges
 * the whole, database included.
 *
 * A file of N holds N times as many people who resemble somebody by chance, and no more twins: pairs by chance count N over the size of the file at hand.
 */
const option = (name: string, otherwise: number): number =>
  Number(process.argv[process.argv.indexOf(name) + 1]) * Number(process.argv.includes(name)) || otherwise
const check = process.argv.includes('--check')
const size = option('--persons', 120_000)
/** The weights are fitted for a large region; thresholds follow the size. */
const fittedAmong = 500_000
const random = randomOf(check ? 20262 : 20261)
const names = familyNameStock(randomOf(7))
const file = aFile(random, names, size)
const shares = sharesOfFile(file)
const asked = Array.from({ length: option('--asked', 16_000) }, () => {
  if (random.chance(0.5)) {
    const of = random.below(file.length)
    return { ...typedOf(random, of, file[of] as Known), near: of }
  }
  const { who, kinOf } = aStranger(random, file, names)
  return { ...typedOf(random, null, who), near: kinOf }
})
const blocks = blocksOf(
  file,
  asked.map(({ what }) => what),
)
interface Found extends Example {
  readonly chance: boolean
  times: number
  readonly asked: number
}
/** Pairs that agree alike, once, with how many they are. */
const examples = new Map<string, Found>()
let lost = 0
/** What each was compared with, by agreement. */
const comparisons: (readonly Found[])[] = []
asked.forEach((typed, n) => {
  const near = blocks.find(typed.what)
  const hers: Found[] = []
  comparisons.push(hers)
  if (typed.of !== null && !near.includes(typed.of)) lost += 1
  for (const other of near) {
    const agreements = agreementsOf(typed.what, file[other] as never, shares)
    const same = other === typed.of
    // Relatives of the file stand side by side.
    const chance = !same && (typed.near === null || Math.abs(other - typed.near) > 1)
    const key = `${same} ${chance} ${agreements.join()}`
    const one = examples.get(key)
    const found = one ?? { agreements, same, chance, times: 0, asked: n }
    found.times += 1
    if (one === undefined) examples.set(key, found)
    hers.push(found)
  }
})
const known = asked.filter((typed) => typed.of !== null).length
const among = (persons: number): readonly Found[] =>
  [...examples.values()].map((one) => ({ ...one, times: one.chance ? (one.times * persons) / size : one.times }))
const weights = check ? null : fitWeights(among(fittedAmong))
const score = (agreements: readonly Agreement[]): number =>
  weights === null ? weightOf(agreements) : agreements.reduce((sum, one) => sum + (weights.get(one) ?? 0), weights.get('start') ?? 0)

interface Point {
  readonly at: number
  readonly recall: number
  readonly precision: number
}
/** Those that are not far behind the likeliest: what would be proposed if the threshold let them through. */
const weightOfFound = new Map([...examples.values()].map((one) => [one, score(one.agreements)]))
const proposable = comparisons.flatMap((hers) => {
  const weighed = hers.map((one) => ({ same: one.same, chance: one.chance, weight: weightOfFound.get(one) as number }))
  const first = Math.max(...weighed.map(({ weight }) => weight))
  return weighed.filter(({ weight }) => weight > first - farBehind && weight > -8)
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

process.stderr.write(`lost before comparing: ${lost} of ${known}\n`)
/** With the weights as they are written, what their own threshold gives; else the best that these weights can do. */
const bySize = [3000, 40_000, 200_000, 500_000, 2_000_000].map((persons) => {
  const curve = curveAmong(persons)
  const written = curve.filter(({ at }) => at >= thresholdAmong(persons)).at(-1)
  return { persons, ...rounded(check && written !== undefined ? written : best(curve)) }
})
for (const line of bySize) process.stderr.write(`${JSON.stringify(line)}\n`)
if (process.argv.includes('--misses')) {
  const limit = bySize.find(({ persons }) => persons === 200_000)?.at ?? 0
  const told = [...examples.values()].map((one) => ({ ...one, weight: score(one.agreements) })).filter((one) => one.same !== one.weight >= limit)
  for (const one of told.sort((a, b) => b.times - a.times).slice(0, 120)) {
    const typed = asked[one.asked]
    process.stderr.write(
      `${one.same ? 'MISS ' : one.chance ? 'FALSE chance' : 'FALSE kin'} ${one.times} ${one.weight.toFixed(1)} ${one.agreements.join(' ')} | ${typed?.errors.join(', ')}\n`,
    )
  }
}
if (weights !== null)
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...weights].map(([name, weight]) => [name, Number(weight.toFixed(2))])), null, 2)}\n`)
else
  process.stdout.write(`${JSON.stringify({ bench: 'matching-weights', pairs: among(size).reduce((sum, one) => sum + one.times, 0), known, lost, bySize })}\n`)
