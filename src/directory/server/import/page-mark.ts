/**
 * What a page belongs to, kept with its address: the address of a next page may be opaque (« …/fhir?_getpages=… ») and tell neither which records it holds
 * nor since when. The mark is the fragment of the address, which is never sent.
 */
interface PageMark {
  readonly kind: string
  readonly since: string | null
}

export function markPage(url: string, { kind, since }: PageMark): string {
  const marked = new URL(url)
  marked.hash = `${kind}|${since ?? ''}`
  return marked.href
}

export function pageMark(url: string): PageMark {
  const [kind = '', since = ''] = new URL(url).hash.slice(1).split('|')
  return { kind, since: since === '' ? null : since }
}

/** The address as the service gave it. */
export function withoutMark(url: string): string {
  const plain = new URL(url)
  plain.hash = ''
  return plain.href
}
