import { type Day, formatDay, parseDay } from '../../platform/contract/dates.ts'
import { parseNir } from './ins.ts'
import { nameWords } from './names.ts'
import { parsePhone } from './phones.ts'

/** A line typed to find a person, read in whatever order it came. */
export interface PersonQuery {
  /** Names, in capitals and without accents, in the order typed. */
  readonly words: readonly string[]
  readonly birthDate: Day | null
  /** When only the year was given. */
  readonly birthYear: number | null
  /** As kept by phones.ts. */
  readonly phone: string | null
  /** Thirteen characters, without the key. */
  readonly matricule: string | null
  /** What was understood besides the names, for the screen: « 04/11/1938 compris ». */
  readonly understood: readonly string[]
  /** What looked like a date or a number and cannot be one, with the reason. */
  readonly refused: readonly string[]
}

const civilities = new Set(['M', 'MR', 'MME', 'MLLE', 'MONSIEUR', 'MADAME', 'MADEMOISELLE', 'DR'])
const months = 'janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?'
const gap = '[\\s.\\-/\\u00a0\\u202f]*'

/** Tried in this order, each on what the former ones left. The longest forms come first: a telephone contains a date. */
const matriculeForm = new RegExp(`(?<![\\d+])[123478]${gap}\\d{2}${gap}\\d{2}${gap}(?:\\d{2}|2[ab])${gap}\\d{3}${gap}\\d{3}(?:${gap}\\d{2})?(?!\\d)`, 'i')
/** With one and the same separator throughout, so that a date followed by a number is not taken for a number. */
const phoneForm =
  /(?<!\d)(?:0[1-9]([\s.\-/]?)\d{2}\1\d{2}\1\d{2}\1\d{2}|0[1-9]\d{2}([\s.-])\d{2}\2\d{2}\2\d{2}|(?:\+|00)[1-9]\d{0,2}[\s.-]?(?:\(0\))?(?:[\s.-]?\d){6,12})(?!\d)/
const bornForm = '(?:n[ée]e?\\s+le\\s+|n[ée]e?\\s+en\\s+|(?<![\\p{L}])le\\s+)?'
const dateForms: readonly RegExp[] = [
  new RegExp(`${bornForm}(?<!\\d)(\\d{4}-\\d{2}-\\d{2})(?!\\d)`, 'iu'),
  new RegExp(`${bornForm}(?<!\\d)(\\d{1,2}(?:er)?\\s+(?:${months})\\.?\\s+(?:\\d{4}|\\d{2}))(?!\\d)`, 'iu'),
  new RegExp(`${bornForm}(?<!\\d)(\\d{1,2}\\s*[/.\\-]\\s*\\d{1,2}\\s*[/.\\-]\\s*(?:\\d{4}|\\d{2}))(?!\\d)`, 'iu'),
  new RegExp(`${bornForm}(?<!\\d)(\\d{1,2}\\s+\\d{1,2}\\s+(?:\\d{4}|\\d{2}))(?!\\d)`, 'iu'),
  new RegExp(`${bornForm}(?<!\\d)(\\d{8}|\\d{6})(?!\\d)`, 'iu'),
]
const yearForm = /(?:n[ée]e?\s+en\s+)?(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)/iu

/**
 * Reads one free line as typed at the desk: « thiriet gerard 04111938 », « 04/11/38 Gérard Thiriet », « 06 39 98 22 63 ».
 * Takes the current year to read years of two digits. Never fails: what is not understood is said in `refused` and left out of the words.
 */
export function parsePersonQuery(typed: string, currentYear = new Date().getFullYear()): PersonQuery {
  const refused: string[] = []
  const understood: string[] = []
  let rest = ` ${typed.slice(0, 200)} `

  const take = (form: RegExp, read: (found: RegExpExecArray) => boolean): boolean => {
    const found = form.exec(rest)
    if (found === null || !read(found)) return false
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
    return true
  }

  let matricule: string | null = null
  take(matriculeForm, (found) => {
    const parsed = parseNir(found[0])
    if (!parsed.ok) return false
    matricule = parsed.nir.number
    if (parsed.nir.keyValid === false) refused.push('La clé du matricule ne correspond pas.')
    else understood.push('matricule compris')
    return true
  })

  let phone: string | null = null
  take(phoneForm, (found) => {
    const parsed = parsePhone(found[0].trim())
    if (!parsed.ok) return false
    phone = parsed.phone.value
    understood.push(`${parsed.phone.text} compris`)
    return true
  })

  let birthDate: Day | null = null
  for (const form of dateForms) {
    const done = take(form, (found) => {
      const parsed = parseDay(found[1] as string, currentYear)
      if (parsed.ok && Number(parsed.day.slice(0, 4)) >= 1850 && Number(parsed.day.slice(0, 4)) <= currentYear) {
        birthDate = parsed.day
        understood.push(`${formatDay(parsed.day)} compris`)
      } else {
        refused.push(parsed.ok ? `Année ${parsed.day.slice(0, 4)} impossible.` : parsed.message.replace(' Votre saisie est gardée.', ''))
      }
      return true
    })
    if (done) break
  }

  let birthYear: number | null = null
  if (birthDate === null) {
    take(yearForm, (found) => {
      const year = Number(found[1])
      if (year < 1850 || year > currentYear) return false
      birthYear = year
      understood.push(`né en ${year}`)
      return true
    })
  }

  const all = nameWords(rest.replace(/\bn[ée]e?\s+(?=\p{L})/giu, ' ')).filter((word) => /[A-Z]/.test(word))
  const named = all.filter((word) => !civilities.has(word))
  return { words: named, birthDate, birthYear, phone, matricule, understood, refused }
}

/** True if there is enough to search: two letters of a name, or a whole date, number or matricule. */
export function canSearch(query: PersonQuery): boolean {
  return query.words.join('').length >= 2 || query.birthDate !== null || query.phone !== null || query.matricule !== null
}
