/** A telephone as digits of the national plan; what is not one is kept as it was told, spaces aside. */
export function plainPhone(text: string): string | null {
  const told = text.replace(/[\s.\-/()]/g, '')
  if (told === '' || told === '\\') return null
  const national = told.replace(/^(?:\+|00)33(?=[1-9])/, '0')
  return /^\d{4,10}$/.test(national) ? national : told.slice(0, 20)
}

/** Telephones of a field that may hold two of them. */
export function phonesOf(told: string): readonly string[] {
  const found = told.match(/(?:(?:\+|00)33\s*|0)[1-9](?:[\s.-]?\d{2}){4}/g) ?? []
  if (found.length > 0) return [...new Set(found.map((phone) => plainPhone(phone)).filter((phone) => phone !== null))]
  const single = plainPhone(told)
  return single === null ? [] : [single]
}
