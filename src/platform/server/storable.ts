/**
 * Where, in an input as received, a text is that PostgreSQL cannot keep: NUL anywhere, half a surrogate pair in JSON. Gives the path, « a.0.b », or null.
 * Keys count as texts: some inputs are kept as they came.
 */
export function unstorableText(value: unknown, at = ''): string | null {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? at : null
  if (value === null || typeof value !== 'object') return null
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorableText(key, at) ?? unstorableText(inner, at === '' ? key : `${at}.${key}`)
    if (found !== null) return found
  }
  return null
}
