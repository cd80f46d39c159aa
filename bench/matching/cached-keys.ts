import { compactKey, type NameKeys, nameKey, nameWords, phoneticKey, significantWords } from '../../src/persons/contract/names.ts'

const known = new Map<string, { readonly written: readonly string[]; readonly sounds: readonly string[] }>()

/** nameKeys of names.ts for millions of persons: each name is sounded once. */
export function cachedKeys(names: readonly (string | null)[]): NameKeys {
  const parts = names.flatMap((name) => (name === null ? [] : [partsOf(name)]))
  return {
    searchKey: [...new Set(parts.flatMap(({ written }) => written))].join(' '),
    soundKey: [...new Set(parts.flatMap(({ sounds }) => sounds))].filter((sound) => sound !== '').join(' '),
  }
}

function partsOf(name: string): { readonly written: readonly string[]; readonly sounds: readonly string[] } {
  let parts = known.get(name)
  if (parts === undefined) {
    parts = {
      written: nameWords(name).length > 1 ? [nameKey(name), compactKey(name)] : [nameKey(name)],
      sounds: [...significantWords(name), compactKey(name)].map(phoneticKey),
    }
    known.set(name, parts)
  }
  return parts
}
