/**
 * Writes a telephone number as it is read aloud. French numbers (10 digits, +33, 0033) come out in pairs: 03 53 01 27 64;
 * short numbers (15, 114, 3977) and foreign ones keep their digits. What is not a number comes back as it was typed.
 */
export function formatPhone(typed: string): string {
  const digits = typed.replace(/[\s.\-()]/g, '')
  const national = digits.replace(/^(?:\+33|0033)\(?0?\)?/, '0')
  if (/^0[1-9]\d{8}$/.test(national)) return national.replace(/(\d{2})(?=\d)/g, '$1\u00a0')
  if (/^\d{4}$/.test(digits)) return `${digits.slice(0, 2)}\u00a0${digits.slice(2)}`
  return typed.trim()
}

/** The digits alone, with 0 in front for a French number: what is stored and searched. */
export function plainPhone(typed: string): string {
  return typed.replace(/[\s.\-()\u00a0]/g, '').replace(/^(?:\+33|0033)0?/, '0')
}

/** Puts the spaces while one types the digits of a French number; leaves any other text alone. */
export function spacePhone(typed: string): string {
  const digits = typed.replace(/[\s.\u00a0]/g, '')
  return /^0\d{0,9}$/.test(digits) ? digits.replace(/(\d{2})(?=\d)/g, '$1 ') : typed
}
