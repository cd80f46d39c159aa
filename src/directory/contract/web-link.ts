/** An address of the web as told by another source; null for what is not http(s): a link that runs a script is never shown. */
export function webLink(told: string | null): string | null {
  if (told === null) return null
  try {
    const url = new URL(told.trim())
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}
