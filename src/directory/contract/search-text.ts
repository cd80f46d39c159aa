import { searchKey } from '../../territory/contract/search-key.ts'

/** What somebody typed in the one box, as the search takes it. */
export interface DirectoryQuery {
  /** Each must begin a word of the entry. */
  readonly words: readonly string[]
  /** Numbers long enough to name one party: RPPS, FINESS or telephone, by their beginning. */
  readonly numbers: readonly string[]
}

/** Words that say nothing of whom one looks for. « dr » and « pr » stay: they tell a médecin from a homonym. */
const empty = new Set([
  'm',
  'mr',
  'mme',
  'mlle',
  'monsieur',
  'madame',
  'le',
  'la',
  'les',
  'l',
  'de',
  'du',
  'des',
  'd',
  'a',
  'au',
  'aux',
  'en',
  'et',
  'chez',
  'pour',
  'tel',
  'telephone',
  'finess',
  'rpps',
])

/** What people say, in the words that the entries hold; feminine and plural forms are cut to what begins all of them. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  docteur: ['dr'],
  professeur: ['pr'],
  mg: ['generaliste'],
  mt: ['generaliste'],
  ide: ['infirmier'],
  idel: ['infirmier', 'liberal'],
  mk: ['kinesitherapeute'],
  mkde: ['kinesitherapeute'],
  curatrice: ['curateur'],
  tutrice: ['tuteur'],
  educatrice: ['educateur'],
  dieteticienne: ['dieteticien'],
  pharmacienne: ['pharmacien'],
  opticienne: ['opticien'],
  psychomotricienne: ['psychomotricien'],
  chirurgienne: ['chirurgien'],
  coordinatrice: ['coordination'],
  coordonnatrice: ['coordonnateur'],
}
const endings = /^(infirmier|liberal|salarie|remplacant|assistant|social|soignant|dentaire|medical)(?:e|s|es|er|ere|eres)$/
const stemmed = (word: string): readonly string[] =>
  synonyms[word] ?? [
    word
      .replace(/^infirmiere?s?$/, 'infirmier')
      .replace(/^sociaux$/, 'social')
      .replace(endings, '$1'),
  ]

/** FINESS numbers of Corsica have a letter: 2A0000012. */
const corsican = /\b2[ab]\d{4,7}\b/gi

/**
 * Reads « dr martin kiné 25300 », « 03 53 01 14 08 », « +33 3 53 01 14 08 », « 880780077 ».
 * Groups of digits that follow one another and make six digits or more are one number; shorter ones are postal codes.
 */
export function readDirectoryQuery(text: string): DirectoryQuery {
  const numbers: string[] = []
  const rest = text
    .slice(0, 200)
    .replace(corsican, (number) => {
      numbers.push(number.toLowerCase())
      return ' '
    })
    .replace(/(?:\+|00)33\s*(?:\(0\)\s*)?(?=[1-9])/g, '0')
    .replace(/\d[\d .\-/]*\d/g, (group) => {
      const digits = group.replace(/\D/g, '')
      // « 88200 03 53 » keeps its postal code apart from the telephone that follows it.
      const postal = /^(\d{5})[ ,]+(?=\d)/.exec(group)
      if (postal !== null && digits.length > 9) {
        numbers.push(digits.slice(5))
        return ` ${postal[1]} `
      }
      if (digits.length < 6) return group
      numbers.push(digits)
      return ' '
    })
  const all = searchKey(rest).split(' ').filter(Boolean)
  const telling = all.filter((word) => !empty.has(word))
  return { words: [...new Set((telling.length > 0 || numbers.length > 0 ? telling : all).flatMap(stemmed))].slice(0, 8), numbers: numbers.slice(0, 2) }
}

/** True when there is enough to search: two letters or a number. */
export function isSearchable({ words, numbers }: DirectoryQuery): boolean {
  return numbers.length > 0 || words.some((word) => word.length >= 2)
}
