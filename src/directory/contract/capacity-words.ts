import { searchKey } from '../../territory/contract/search-key.ts'

/** Kinds of capacity of the ROR, by the first word of their label: one, several. */
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  place: ['place', 'places'],
  places: ['place', 'places'],
  lit: ['lit', 'lits'],
  lits: ['lit', 'lits'],
}
const available = /^disponibles?\b/
/** A code that came without its label: nothing to read. */
const isCode = (told: string): boolean => !/\p{Lowercase}{2}/u.test(told)

/** What a capacity says in French; `free`: these places may be asked for, the others (installed, closed…) are not to be counted with them. */
export function capacityWords({ kind, status, places }: { readonly kind: string; readonly status: string; readonly places: number }): {
  readonly words: string
  readonly free: boolean
} {
  const [one, many] = kinds[searchKey(kind).split(' ')[0] ?? ''] ?? (isCode(kind) ? ['place', 'places'] : [kind.toLowerCase(), kind.toLowerCase()])
  const free = available.test(searchKey(status))
  const told = free ? (places >= 2 ? 'disponibles' : 'disponible') : isCode(status) ? 'statut non précisé' : status.toLowerCase()
  return { words: `${places.toLocaleString('fr-FR')}\u00a0${places >= 2 ? many : one}${free ? ' ' : ', '}${told}`, free }
}
