/** Minutes of a duration as one types it: « 90 », « 45 min », « 1 h 30 », « 1h ». NaN for anything else, so that it is refused in words. */
export function readMinutes(typed: string): number {
  const text = typed.replace(/[\u00a0\u202f]/g, ' ').trim()
  const plain = /^(\d{1,4})(?:\s*(?:min|mn|minutes?))?$/i.exec(text)
  if (plain !== null) return Number(plain[1])
  const hours = /^(\d{1,2})\s*h(?:\s*(\d{1,2})(?:\s*(?:min|mn))?)?$/i.exec(text)
  return hours === null ? Number.NaN : Number(hours[1]) * 60 + Number(hours[2] ?? 0)
}
