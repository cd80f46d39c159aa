import type { ComparableIdentity } from '../../src/persons/contract/matching.ts'
import { nameKeys } from '../../src/persons/contract/names.ts'

/** The blocks of persons.match_vector (migration 1320), in memory: what the database would bring to compare. */
export function blocksOf(file: readonly ComparableIdentity[]): { find(typed: ComparableIdentity): readonly number[] } {
  const blocks = new Map<string, number[]>()
  file.forEach((one, n) => {
    for (const key of keysOf(one)) {
      const block = blocks.get(key)
      if (block === undefined) blocks.set(key, [n])
      else block.push(n)
    }
  })
  return { find: (typed) => [...new Set(keysOf(typed).flatMap((key) => blocks.get(key) ?? []))] }
}

function keysOf(one: ComparableIdentity): readonly string[] {
  const sounds = nameKeys([one.birthName, one.usedName, ...one.givenNames])
    .soundKey.split(' ')
    .filter((sound) => sound.length > 1)
    .slice(0, 8)
    .sort()
  const pairs = sounds.flatMap((a, i) => sounds.slice(i + 1).map((b) => `${a}+${b}`))
  const [year, month, day] = one.birthDate?.split('-') ?? []
  const dated =
    one.birthDate === null
      ? []
      : sounds.flatMap((sound) => [`${sound}:y${year}m${month}`, `${sound}:y${year}d${day}`, `${sound}:${[month, day].sort().join('-')}`])
  return [...pairs, ...dated, ...(one.birthDate === null ? [] : [one.birthDate]), ...(one.phones ?? [])]
}
