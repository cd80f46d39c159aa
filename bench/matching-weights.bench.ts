import { randomOf } from '../src/app/seed/region/random.ts'
import { type Agreement, agreementsOf, weightOf } from '../src/persons/contract/matching.ts'
import { type Example, fitWeights } from './matching/fit.ts'
import { blocksOf } from './matching/in-memory.ts'
import { aFile, aStranger, familyNameStock, typedOf } from './matching/truth.ts'

/**
 * `npm run bench -- matching-weights [--check]`: fits the weights of matching-weights.ts on a file of the training seed and prints them; with --check,
 * judges those that are written there on a file of another seed, in memory. `npm run bench -- matching` judges the whole, database included.
 */
const check = process.argv.includes('--check')
const random = randomOf(check ? 20262 : 20261)
const names = familyNameStock(randomOf(7))
const file = aFile(random, names, 40_000)
const blocks = blocksOf(file)
const asked = Array.from({ length: 14_000 }, () => {
  const of = random.chance(0.5) ? random.below(file.length) : null
  const who = of === null ? aStranger(random, file, names) : file[of]
  return typedOf(random, of, who as never)
})
/** Pairs that agree alike, once, with how many they are. */
const examples = new Map<string, { agreements: readonly Agreement[]; same: boolean; times: number; asked: number }>()
let lost = 0
asked.forEach((typed, n) => {
  const near = blocks.find(typed.what)
  if (typed.of !== null && !near.includes(typed.of)) lost += 1
  for (const other of near) {
    const agreements = agreementsOf(typed.what, file[other] as never)
    const same = other === typed.of
    const key = `${same} ${agreements.join()}`
    const one = examples.get(key)
    if (one === undefined) examples.set(key, { agreements, same, times: 1, asked: n })
    else one.times += 1
  }
})
const known = asked.filter((typed) => typed.of !== null).length
const weights = check ? null : fitWeights([...examples.values()])
const score = (agreements: Example['agreements']): number =>
  weights === null ? weightOf(agreements) : agreements.reduce((sum, one) => sum + (weights.get(one) ?? 0), weights.get('start') ?? 0)
const scored = [...examples.values()].map((one) => ({ ...one, weight: score(one.agreements) })).sort((a, b) => b.weight - a.weight)
let proposed = 0
let found = 0
const curve: { at: number; recall: number; precision: number }[] = []
scored.forEach((one, n) => {
  proposed += one.times
  if (one.same) found += one.times
  if (scored[n + 1]?.weight !== one.weight) curve.push({ at: one.weight, recall: found / known, precision: found / proposed })
})
const at = (precision: number): { at: number; recall: number; precision: number } | undefined => curve.filter((one) => one.precision >= precision).at(-1)
process.stderr.write(`lost before comparing: ${lost} of ${known}\n`)
for (const precision of [0.999, 0.995, 0.99, 0.985, 0.98, 0.95, 0.9, 0.8]) process.stderr.write(`${precision} ${JSON.stringify(at(precision))}\n`)
if (process.argv.includes('--misses')) {
  const limit = at(0.985)?.at ?? 0
  for (const one of scored.filter((pair) => pair.same !== pair.weight >= limit).slice(0, 400)) {
    const typed = asked[one.asked]
    process.stderr.write(`${one.same ? 'MISS ' : 'FALSE'} ${one.times} ${one.weight.toFixed(1)} ${one.agreements.join(' ')} | ${typed?.errors.join(', ')}\n`)
  }
}
if (weights !== null)
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...weights].map(([name, weight]) => [name, Number(weight.toFixed(2))])), null, 2)}\n`)
else
  process.stdout.write(
    `${JSON.stringify({ bench: 'matching-weights', pairs: [...examples.values()].reduce((sum, one) => sum + one.times, 0), known, lost, curve: [0.99, 0.98].map(at) })}\n`,
  )
