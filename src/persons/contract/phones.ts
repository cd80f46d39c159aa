/** What a number is, as far as it decides what can be done with it. */
export type PhoneKind = 'mobile' | 'fixed' | 'special' | 'short' | 'foreign'

export interface Phone {
  /** As it is kept and compared: '+33353012764', '+262692123456', or the digits of a short number ('15', '3977'). */
  readonly value: string
  /** As it is shown: « 03 53 01 27 64 ». */
  readonly text: string
  readonly kind: PhoneKind
  /** « poste 12 », when it was typed after the number. */
  readonly extension: string | null
}

export type ParsedPhone = { readonly ok: true; readonly phone: Phone } | { readonly ok: false; readonly message: string }

/** Country codes of the French numbering plan overseas, by the first four digits dialled there. */
const overseas: readonly (readonly [RegExp, string])[] = [
  [/^0(?:26[239]|639(?!98)|69[23])/, '262'],
  [/^0(?:590|69[01])/, '590'],
  [/^0(?:594|694)/, '594'],
  [/^0(?:596|69[67])/, '596'],
  [/^0[57]08/, '508'],
]

/** Those that have no trunk 0: New Caledonia, Wallis and Futuna (six digits), French Polynesia (eight). */
const pacific: Readonly<Record<string, number>> = { '687': 6, '681': 6, '689': 8 }

const shortNumber = /^(1[05-8]|11[0-9]|115|116\d{3}|118\d{3}|19\d|3[0-9]{3}|10\d{2})$/

const notUnderstood = 'Numéro non compris. Écrivez-le comme 03 53 01 27 64. Votre saisie est gardée.'

/**
 * Reads a telephone number as typed in France, overseas included: spaces, dots, +33, 0033, (0), « poste 12 ».
 * Other countries need their + or 00; they are kept as they are. Refuses what cannot be dialled.
 */
export function parsePhone(typed: string): ParsedPhone {
  const [main, extension] = splitExtension(typed.trim())
  const compact = main
    .replace(/\(0\)/g, '')
    .replace(/[\s.\-/()\u00a0\u202f]/g, '')
    .replace(/^00/, '+')
  if (!/^\+?\d{2,15}$/.test(compact)) return { ok: false, message: notUnderstood }
  const phone = compact.startsWith('+') ? international(compact.slice(1)) : national(compact)
  return phone === null ? { ok: false, message: notUnderstood } : { ok: true, phone: { ...phone, extension } }
}

function splitExtension(typed: string): readonly [string, string | null] {
  const match = /^(.*?)\s*(?:,?\s*(?:poste|p\.|ext\.?|#)\s*)(\d{1,6})$/i.exec(typed)
  return match === null ? [typed, null] : [match[1] as string, match[2] as string]
}

type Bare = Omit<Phone, 'extension'>

function national(digits: string): Bare | null {
  if (shortNumber.test(digits)) return { value: digits, text: spaced(digits, digits.length > 4 ? 3 : 2), kind: 'short' }
  if (!/^0[1-9]\d{8}$/.test(digits)) return null
  const country = overseas.find(([prefix]) => prefix.test(digits))?.[1] ?? '33'
  return { value: `+${country}${digits.slice(1)}`, text: spaced(digits, 2), kind: kindOf(digits) }
}

function international(digits: string): Bare | null {
  if (digits.startsWith('33')) {
    const rest = digits.slice(2).replace(/^0/, '')
    return rest.length === 9 ? national(`0${rest}`) : null
  }
  const overseasCode = overseas.map(([, code]) => code).find((code) => digits.startsWith(code))
  if (overseasCode !== undefined) {
    const rest = digits.slice(3).replace(/^0/, '')
    const found = rest.length === 9 ? national(`0${rest}`) : null
    if (found !== null) return found
    return overseasCode === '508' && rest.length === 6 ? { value: `+508${rest}`, text: `+508 ${spaced(rest, 2)}`, kind: 'fixed' } : null
  }
  const island = Object.entries(pacific).find(([code]) => digits.startsWith(code))
  if (island !== undefined)
    return digits.length === 3 + island[1] ? { value: `+${digits}`, text: `+${island[0]} ${spaced(digits.slice(3), 2)}`, kind: 'fixed' } : null
  return digits.length >= 8 && !digits.startsWith('0') ? { value: `+${digits}`, text: `+${spaced(digits, 3)}`, kind: 'foreign' } : null
}

function kindOf(digits: string): PhoneKind {
  if (/^0[67]/.test(digits)) return 'mobile'
  return digits.startsWith('08') ? 'special' : 'fixed'
}

function spaced(digits: string, size: number): string {
  return digits.replace(new RegExp(`(\\d{${size}})(?=\\d)`, 'g'), '$1\u00a0')
}

/** Shows a kept number; what is not one is shown as it is. */
export function formatPhone(value: string): string {
  const parsed = parsePhone(value)
  return parsed.ok ? parsed.phone.text : value
}

/** The numbers of a field in which references write several (« 03 53 01 27 64 / 06 39 98 22 63 »), each once; what cannot be read is left out. */
export function parsePhones(text: string): readonly Phone[] {
  const found = text.split(/[/;,|]|\bou\b|\bet\b/i).flatMap((piece) => {
    const parsed = parsePhone(piece)
    return parsed.ok ? [parsed.phone] : []
  })
  return found.filter((phone, index) => found.findIndex((other) => other.value === phone.value) === index)
}

/** True for the ranges reserved for fiction (ARCEP): the demonstration region uses no other. */
export function isFictional(value: string): boolean {
  return /^\+33(?:19900|26191|35301|46571|53649|63998)\d{4}$/.test(value)
}
