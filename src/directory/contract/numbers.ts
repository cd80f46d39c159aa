/** The rest of a Luhn sum: 0 when the last digit is the key of the others. Takes digits only. */
function luhnRest(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10
}

/** The digit that completes a number so that its Luhn sum falls on a ten. */
export function luhnKey(digits: string): string {
  return String((10 - luhnRest(`${digits}0`)) % 10)
}

export type ParsedNumber = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: string }

function compact(typed: string): string {
  return typed.toUpperCase().replace(/[\s.\-\u00a0\u202f]/g, '')
}

function wrong(message: string): ParsedNumber {
  return { ok: false, message: `${message} Votre saisie est gardée.` }
}

/** A RPPS number: 11 digits, the last one a Luhn key. Takes also the 12 digits of the national identifier, which put an 8 before it. */
export function parseRpps(typed: string): ParsedNumber {
  const text = compact(typed)
  const digits = /^8\d{11}$/.test(text) ? text.slice(1) : text
  if (!/^\d{11}$/.test(digits)) return wrong('Un numéro RPPS a 11 chiffres.')
  return luhnRest(digits) === 0 ? { ok: true, value: digits } : wrong('Ce numéro RPPS est faux\u00a0: un chiffre ne va pas.')
}

/**
 * A FINESS number: 9 characters, the last one a key. Corsica (2A, 2B) has letters and no Luhn key that could be relied on;
 * numbers wholly of digits are checked.
 */
export function parseFiness(typed: string): ParsedNumber {
  const text = compact(typed)
  if (!/^(?:\d{2}|2[AB])\d{7}$/.test(text)) return wrong('Un numéro FINESS a 9 caractères.')
  return /^2[AB]/.test(text) || luhnRest(text) === 0 ? { ok: true, value: text } : wrong('Ce numéro FINESS est faux\u00a0: un chiffre ne va pas.')
}

/** A SIREN: 9 digits with a Luhn key. */
export function parseSiren(typed: string): ParsedNumber {
  const text = compact(typed)
  if (!/^\d{9}$/.test(text)) return wrong('Un numéro SIREN a 9 chiffres.')
  return luhnRest(text) === 0 ? { ok: true, value: text } : wrong('Ce numéro SIREN est faux\u00a0: un chiffre ne va pas.')
}

const laPoste = '356000000'

/** A SIRET: 14 digits with a Luhn key, the first nine a SIREN. The offices of La Poste follow another rule: the sum of their digits is a multiple of five. */
export function parseSiret(typed: string): ParsedNumber {
  const text = compact(typed)
  if (!/^\d{14}$/.test(text)) return wrong('Un numéro SIRET a 14 chiffres.')
  const valid = luhnRest(text) === 0 || (text.startsWith(laPoste) && [...text].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0)
  return valid && luhnRest(text.slice(0, 9)) === 0 ? { ok: true, value: text } : wrong('Ce numéro SIRET est faux\u00a0: un chiffre ne va pas.')
}

/** What the first digit of a national identifier of a professional or a structure says (PS_IdNat, Struct_IdNat). */
export type NationalIdentifier =
  | { readonly kind: 'rpps' | 'adeli'; readonly value: string }
  | { readonly kind: 'finess' | 'siret' | 'siren' | 'internal'; readonly value: string }

/** Reads PS_IdNat: 8 RPPS, 0 ADELI; else the identifier of a structure and an internal one. Null when it is none. */
export function parseProfessionalIdentifier(text: string): NationalIdentifier | null {
  if (text.startsWith('8')) {
    const rpps = parseRpps(text)
    return rpps.ok ? { kind: 'rpps', value: rpps.value } : null
  }
  if (/^0[0-9A-Z]{8,9}$/.test(text)) return { kind: 'adeli', value: text.slice(1) }
  return /^[13-6].+/.test(text) ? { kind: 'internal', value: text.slice(1) } : null
}

/** Reads the technical identifier of a structure in the RPPS extract: F and a FINESS, C and a SIRET, R and a RPPS rank. Null when it is none. */
export function parseStructureIdentifier(text: string): NationalIdentifier | null {
  const rest = text.slice(1)
  if (text.startsWith('F')) {
    const finess = parseFiness(rest)
    return finess.ok ? { kind: 'finess', value: finess.value } : null
  }
  if (text.startsWith('C') && /^\d{14}$/.test(rest)) return { kind: 'siret', value: rest }
  return /^[CR].+/.test(text) ? { kind: 'internal', value: rest } : null
}
