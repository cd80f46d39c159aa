import type { ComparableIdentity } from '../../src/persons/contract/matching.ts'
import { cachedKeys } from './cached-keys.ts'

/** The blocks of persons.match_vector and what persons.match_query asks of them (migrations 1320, 1425), in memory: what the database would bring to compare. */
export function blocksOf(file: readonly ComparableIdentity[], asked: readonly ComparableIdentity[]): { find(typed: ComparableIdentity): readonly number[] } {
  const blocks = new Map<string, number[]>()
  const keep = (key: string, n: number): void => {
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [n])
    else block.push(n)
  }
  // Who is asked without a birth day is looked for in every year: those pairs alone are kept without it.
  const undated = new Set(asked.filter((one) => one.birthDate === null).flatMap(keysOf))
  file.forEach((one, n) => {
    for (const key of keysOf(one)) {
      keep(key, n)
      const anyYear = key.includes('+') ? key.slice(0, key.indexOf(':') + 1) : ''
      if (undated.has(anyYear)) keep(anyYear, n)
    }
  })
  return { find: (typed) => [...new Set(keysOf(typed).flatMap((key) => blocks.get(key) ?? []))] }
}

function keysOf(one: ComparableIdentity): readonly string[] {
  const heard = cachedKeys([one.birthName, one.usedName, ...one.givenNames])
    .soundKey.split(' ')
    .slice(0, 8)
    .filter((sound) => sound.length > 1)
  const sounds = [...heard].sort()
  const [year, month, day] = one.birthDate?.split('-') ?? []
  const pairs = sounds.flatMap((a, i) => sounds.slice(i + 1).map((b) => `${a}+${b}:${year ?? ''}`))
  const dated =
    one.birthDate === null
      ? []
      : sounds.flatMap((sound) => [
          `${sound}:y${year}m${month}`,
          `${sound}:y${year}d${day}`,
          ...(heard.indexOf(sound) < 2 ? [`${sound}:${[month, day].sort().join('-')}`] : []),
        ])
  return [...pairs, ...dated, ...(one.birthDate === null ? [] : [one.birthDate]), ...(one.phones ?? [])]
}
