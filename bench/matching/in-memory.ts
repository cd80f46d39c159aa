import type { ComparableIdentity } from '../../src/persons/contract/agreement.ts'
import { cachedKeys } from './cached-keys.ts'

/**
 * The blocks of persons.match_vector and what persons.match_query asks of them where sounds were never counted (migrations 1320, 1961), in memory: what the database
 * would bring to compare. Only the blocks that somebody is asked in are kept, so that two million identities fit.
 */
export function blocksOf(file: readonly ComparableIdentity[], asked: readonly ComparableIdentity[]): { find(typed: ComparableIdentity): readonly number[] } {
  const blocks = new Map<string, number[]>(asked.flatMap((one) => keysOf(one).map((key) => [key, []])))
  file.forEach((one, n) => {
    for (const key of keysOf(one)) {
      blocks.get(key)?.push(n)
      // Who is asked without a birth day is looked for in every year.
      if (key.includes('+')) blocks.get(key.slice(0, key.indexOf(':') + 1))?.push(n)
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
