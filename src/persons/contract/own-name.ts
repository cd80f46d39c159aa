import { nameWords } from './names.ts'

export interface OwnNames {
  readonly birthName: string | null
  readonly usedName: string | null
  readonly givenNames: readonly string[]
  readonly sex: string | null
}

const titleOf: Readonly<Record<string, 'F' | 'M'>> = { M: 'M', MR: 'M', MONSIEUR: 'M', MME: 'F', MADAME: 'F', MLLE: 'F', MADEMOISELLE: 'F' }
const between = new Set(['NE', 'NEE'])

/**
 * True if this name, as one writes it, is the person's own: « Mme Perrin », « Odile Perrin née Kempf », « Perrin Odile ». A family name alone is a whole
 * family's: it takes a title, and the one that goes with her sex.
 */
export function isOwnName(name: string, person: OwnNames): boolean {
  const words = nameWords(name)
  const title = words.map((word) => titleOf[word]).find((sex) => sex !== undefined)
  if (title === (person.sex === 'F' ? 'M' : person.sex === 'M' ? 'F' : null)) return false
  const said = words.filter((word) => titleOf[word] === undefined && !between.has(word))
  const family = [person.birthName, person.usedName].flatMap((one) => (one === null ? [] : nameWords(one)))
  const given = person.givenNames.flatMap((one) => nameWords(one))
  if (!said.some((word) => family.includes(word)) || !said.every((word) => family.includes(word) || given.includes(word))) return false
  return title !== undefined || said.some((word) => given.includes(word))
}
