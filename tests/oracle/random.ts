/** A small seeded generator (mulberry32): the same seed plays the same world again. */
export interface Random {
  readonly seed: number
  /** From 0 included to `below` excluded. */
  integer(below: number): number
  chance(probability: number): boolean
  pick<T>(among: readonly T[]): T
  /** `count` of them at most, in a random order. */
  some<T>(among: readonly T[], count: number): readonly T[]
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (below: number): number => Math.floor(next() * below)
  return {
    seed,
    integer,
    chance: (probability) => next() < probability,
    pick: (among) => {
      if (among.length === 0) throw new Error('nothing to pick from')
      return among[integer(among.length)] as (typeof among)[number]
    },
    some: (among, count) => {
      const rest = [...among]
      const taken: (typeof rest)[number][] = []
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(integer(rest.length), 1))
      return taken
    },
  }
}

/** The seed of a run: the one asked for by ACCESS_SEED, else today's, so that a failure is played again and each day plays another world. */
export function seedOfToday(): number {
  const asked = Number(process.env['ACCESS_SEED'])
  return Number.isInteger(asked) && asked > 0 ? asked : Math.floor(Date.now() / 86_400_000)
}
