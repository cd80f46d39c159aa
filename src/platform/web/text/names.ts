/*
 * How names read. A person of the base has capitals where her official traits stand, in headers and lists: « PERRIN Odile, née Kempf »; in a
 * sentence, on paper and before anyone checked who she is (the words of a request), she is « Mme Perrin » or « Odile Perrin ». Professionals,
 * colleagues and relatives are « Dr Paul Humbert », « Julie Marchal », never in capitals, whatever the reference that gave them.
 */
import { properCase } from '../../contract/proper-case.ts'
import { nbsp } from './typography.ts'

/** The traits that a name on screen needs. The official spelling is kept as the reference gave it. */
export interface NameTraits {
  readonly birthName: string
  readonly usedName?: string | null | undefined
  readonly firstName: string
  readonly usedFirstName?: string | null | undefined
  readonly sex?: 'F' | 'M' | 'I' | null | undefined
}

/** « PERRIN Odile », for headers and lists. */
export function formatPersonName(person: NameTraits): string {
  const last = person.usedName || person.birthName
  return `${last.toLocaleUpperCase('fr-FR')} ${properCase(person.usedFirstName || person.firstName)}`
}

/** « née Kempf » when the birth name is not the one in use, else nothing. */
export function formatBirthName(person: NameTraits): string | null {
  if (!person.usedName || sameName(person.usedName, person.birthName)) return null
  return `${person.sex === 'M' ? 'né' : person.sex === 'F' ? 'née' : 'né(e)'}${nbsp}${properCase(person.birthName)}`
}

/** « Mme Perrin », inside a sentence; without a known sex, « Odile Perrin ». */
export function formatCivilName(person: NameTraits): string {
  const last = properCase(person.usedName || person.birthName)
  if (person.sex === 'F') return `Mme${nbsp}${last}`
  if (person.sex === 'M') return `M.${nbsp}${last}`
  return `${properCase(person.usedFirstName || person.firstName)} ${last}`
}

/** « OP » for Odile Perrin: first letters of the first and of the last word. */
export function initials(displayName: string): string {
  const words = displayName
    .replace(/^(Dre?|Pr|Mme|M\.)\s+/u, '')
    .split(/[\s\u00a0]+/)
    .filter(Boolean)
  const first = words[0]?.charAt(0) ?? ''
  const last = words.length > 1 ? (words[words.length - 1]?.charAt(0) ?? '') : ''
  return (first + last).toLocaleUpperCase('fr-FR')
}

function sameName(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase()
  return plain(a) === plain(b)
}
