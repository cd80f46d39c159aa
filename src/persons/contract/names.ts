const ligatures: Readonly<Record<string, string>> = { Œ: 'OE', Æ: 'AE', ẞ: 'SS', Ø: 'O', Ł: 'L', Đ: 'D', Ð: 'D', Þ: 'TH', İ: 'I', ı: 'I' }

/** Upper case, without accents nor ligatures; everything else kept. */
function plainCapitals(text: string): string {
  return text
    .toLocaleUpperCase('fr-FR')
    .replace(/[ŒÆẞØŁĐÐÞİı]/g, (letter) => ligatures[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** A name as the national identity writes it: capitals, no accent, straight apostrophes, hyphens and single spaces kept. */
export function officialSpelling(name: string): string {
  return plainCapitals(name)
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A name for comparing: capitals, no accent, one space for every hyphen, apostrophe, dot or space. « d’Ornano-Le Goff » gives D ORNANO LE GOFF. */
export function nameKey(name: string): string {
  return plainCapitals(name)
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
}

/** The words of a name. */
export function nameWords(name: string): readonly string[] {
  const key = nameKey(name)
  return key === '' ? [] : key.split(' ')
}

/** All in one word: « De La Tour », « Delatour » and « de-la-tour » give the same. */
export function compactKey(name: string): string {
  return nameKey(name).replaceAll(' ', '')
}

const particles = new Set([
  'DE',
  'DU',
  'DES',
  'D',
  'LA',
  'LE',
  'LES',
  'L',
  'VON',
  'VAN',
  'VANDER',
  'DER',
  'DEN',
  'ZU',
  'ZUM',
  'DA',
  'DI',
  'DO',
  'DOS',
  'DELLA',
  'EL',
  'AL',
  'BEN',
  'BIN',
  'IBN',
  'OULD',
  'AIT',
  'MC',
  'MAC',
  'O',
  'SAINT',
  'SAINTE',
  'ST',
  'STE',
])

/** The words that distinguish: particles taken away, unless nothing would remain. */
export function significantWords(name: string): readonly string[] {
  const words = nameWords(name)
  const kept = words.filter((word) => !particles.has(word))
  return kept.length > 0 ? kept : words
}

/** What is stored beside the names of a person, and computed the same way from what is typed to find her. */
export interface NameKeys {
  /** For the trigram index: every name in words and, when it has several, in one word. « Jean Pierre », « Jean-Pierre » and « jeanpierre » all find it. */
  readonly searchKey: string
  /** How the words that distinguish sound, and each name in one word; each once. */
  readonly soundKey: string
}

/** The keys of all the names of a person: birth name, used name, given names, used first name, in any order, absent ones as null. */
export function nameKeys(names: readonly (string | null)[]): NameKeys {
  const said = names.filter((name): name is string => name !== null && nameKey(name) !== '')
  const written = said.flatMap((name) => (nameWords(name).length > 1 ? [nameKey(name), compactKey(name)] : [nameKey(name)]))
  const sounds = said.flatMap((name) => [...significantWords(name), compactKey(name)]).map(phoneticKey)
  return { searchKey: [...new Set(written)].join(' '), soundKey: [...new Set(sounds)].filter((sound) => sound !== '').join(' ') }
}

type Rule = readonly [RegExp, string]

/** Applied in order on the compact key. Lower-case letters in the results are sounds, so that no later rule reads them again. */
const soundRules: readonly Rule[] = [
  [/^H/, ''],
  [/(.)\1+/g, '$1'],
  [/PH/g, 'F'],
  [/SCH|SH|CH/g, 's'],
  [/TH/g, 'T'],
  [/H/g, ''],
  [/GN/g, 'n'],
  [/Y(?=[AEIOU])/g, 'I'],
  [/Y/g, 'I'],
  [/(?<=[AEIOU])X$/, ''],
  [/(?<![GQ])UE(?=[LRS])/g, 'U'],
  [/AUL(?=[BCDFGJKPQRSTVZ])/g, 'o'],
  [/EAUX?$|AULT$|AUD$|AUT$|AUX$|OT$|OD$|OS$|OP$|EAULT$/, 'o'],
  [/EAU|AU/g, 'o'],
  [/OEU|EU/g, 'e'],
  [/OU/g, 'u'],
  [/OI/g, 'w'],
  [/AI[MN](?![AEIOUaeou])|EI[MN](?![AEIOUaeou])|IE[N](?![AEIOUaeou])|I[MN](?![AEIOUaeou])/g, 'i'],
  [/A[MN](?![AEIOUaeou])|E[MN](?![AEIOUaeou])/g, 'a'],
  [/O[MN](?![AEIOUaeou])/g, 'o'],
  [/U[MN](?![AEIOUaeou])/g, 'i'],
  [/AI|EI/g, 'e'],
  [/ER$|EZ$|ET$|ES$|EE$|E$/, 'e'],
  [/QU|Q|K/g, 'K'],
  [/C(?=[EIei])/g, 'S'],
  [/C/g, 'K'],
  [/GU(?=[EIei])/g, 'g'],
  [/G(?=[EIei])/g, 'J'],
  [/g/g, 'G'],
  [/X/g, 'KS'],
  [/W/g, 'V'],
  [/Z/g, 'S'],
  [/(?<=[a-zA-Z]{2})[DTSPX]+$/, ''],
  [/(?<=..)e$/, ''],
]

/**
 * How a French name sounds, coarsely: names written differently and said alike have the same key (Thiriet, Tiriet, Thyriet;
 * Lefèvre, Lefebvre; Gautier, Gauthier; Henault, Enaud). It serves to propose, never to decide.
 */
export function phoneticKey(name: string): string {
  const silent = compactKey(name)
    .replace(/\d/g, '')
    .replace(/FEBVRE|FEBURE/g, 'FEVRE')
    .replace(/LH/g, 'L')
  const sounded = soundRules.reduce((text, [pattern, by]) => text.replace(pattern, by), silent)
  return sounded.toUpperCase().replace(/(.)\1+/g, '$1')
}
