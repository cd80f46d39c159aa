import type { Random } from '../../src/app/seed/region/random.ts'
import { compareTraits } from '../../src/persons/contract/compared-traits.ts'
import type { NameShares } from '../../src/persons/contract/name-shares.ts'
import type { Example } from './fit.ts'
import { blocksOf } from './in-memory.ts'
import { aStranger, type Known, type Typed, typedOf } from './truth.ts'

/** Something typed, who she truly is, and, of a stranger, whom of the file she is a relative of. */
export interface Asked extends Typed {
  readonly who: Known
  readonly near: number | null
}

/** A pair that was compared, with all those that compare alike. */
export interface Found extends Example {
  /** Alike by chance, not by family: there are as many more of these as the file is larger. */
  readonly chance: boolean
  times: number
}

export interface ComparedFile {
  /** Pairs that agree alike, once, with how many they are. */
  readonly examples: readonly Found[]
  /** Of each who was asked: those she was compared with, and how. */
  readonly comparisons: readonly (readonly { readonly other: number; readonly found: Found }[])[]
  /** True ones that no block brought to be compared. */
  readonly lost: number
}

/** Half of them somebody of the file; half nobody, of whom half a relative or a namesake of somebody. */
export function askedOf(random: Random, file: readonly Known[], names: readonly string[], howMany: number): readonly Asked[] {
  return Array.from({ length: howMany }, () => {
    if (random.chance(0.5)) {
      const of = random.below(file.length)
      const who = file[of] as Known
      return { ...typedOf(random, of, who), who, near: of }
    }
    const { who, kinOf } = aStranger(random, file, names)
    return { ...typedOf(random, null, who), who, near: kinOf }
  })
}

export function comparedWith(file: readonly Known[], asked: readonly Asked[], shares: NameShares): ComparedFile {
  const blocks = blocksOf(
    file,
    asked.map(({ what }) => what),
  )
  const examples = new Map<string, Found>()
  let lost = 0
  const comparisons = asked.map((typed) => {
    const near = blocks.find(typed.what)
    if (typed.of !== null && !near.includes(typed.of)) lost += 1
    return near.map((other) => {
      const compared = compareTraits(typed.what, file[other] as Known, shares)
      const same = other === typed.of
      // Relatives of the file stand side by side.
      const chance = !same && (typed.near === null || Math.abs(other - typed.near) > 1)
      const key = `${same} ${chance} ${compared.ways.join()} ${compared.rarity.join()}`
      const found = examples.get(key) ?? { compared, same, chance, times: 0 }
      found.times += 1
      examples.set(key, found)
      return { other, found }
    })
  })
  return { examples: [...examples.values()], comparisons, lost }
}
