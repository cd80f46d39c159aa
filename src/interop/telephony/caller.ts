/** A number as exchanges write it (sip:+33353010000@…, "Dr X" <0353010000>, 0033…), as the directory keeps it; null when it is hidden or none. */
export function callerNumber(told: string | undefined | null): string | null {
  if (told == null) return null
  const address = /(?:sips?|tel):([^@;>\s]+)/i.exec(told)?.[1] ?? told
  const digits = address.replace(/[\s.\-/()]/g, '')
  const national = digits.replace(/^(?:\+|00)33(?:\(0\))?0?(?=[1-9]\d{8}$)/, '0')
  return /^\+?\d{3,20}$/.test(national) ? national : null
}
