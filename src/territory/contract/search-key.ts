const joined: Readonly<Record<string, string>> = { œ: 'oe', Œ: 'oe', æ: 'ae', Æ: 'ae', ß: 'ss', ø: 'o', Ø: 'o', ł: 'l', Ł: 'l' }

/**
 * A text as it is searched: lower case, without accents, ligatures opened, everything but letters and digits turned into one space.
 * « Saint-Étienne-lès-Remiremont » gives 'saint etienne les remiremont'. Running it twice changes nothing more.
 */
export function searchKey(text: string): string {
  return text
    .replace(/[œŒæÆßøØłŁ]/g, (letter) => joined[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

const abbreviations: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', s: 'sur' }

/** The key of a place name: as `searchKey`, with St, Ste and « s/ » written in full, without the number of a CEDEX. */
export function placeKey(text: string): string {
  return searchKey(text.replace(/\bcedex\b.*$/i, ''))
    .split(' ')
    .map((word) => abbreviations[word] ?? word)
    .join(' ')
}
