import type { Random } from '../../src/app/seed/region/random.ts'

/** Spellings that sound alike. Written apart from names.ts on purpose: the test must not be made of the rules that it judges. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/EAUX?$/, 'O'],
  [/EAU/, 'AU'],
  [/AULT$/, 'AUT'],
  [/AUD$/, 'AULT'],
  [/OT$/, 'AUT'],
  [/OT$/, 'OS'],
  [/AU(?=[BCDFGLMNPRSTV])/, 'O'],
  [/PH/, 'F'],
  [/F(?=[AEIOU])/, 'PH'],
  [/TH/, 'T'],
  [/T(?=[HIE])/, 'TH'],
  [/Y/, 'I'],
  [/I(?=[NER])/, 'Y'],
  [/LL/, 'L'],
  [/TT/, 'T'],
  [/NN/, 'N'],
  [/RR/, 'R'],
  [/SS(?=E)/, 'C'],
  [/L(?=[AEIOU])/, 'LL'],
  [/T(?=TE?$)/, ''],
  [/N(?=[AEIOU])/, 'NN'],
  [/R(?=[AEIOU])/, 'RR'],
  [/QU/, 'K'],
  [/C(?=[AOU])/, 'K'],
  [/K/, 'C'],
  [/CK/, 'K'],
  [/AI/, 'E'],
  [/EN(?=[BCDFGLMNPRSTV])/, 'AN'],
  [/AN(?=[BCDFGLPRSTV])/, 'EN'],
  [/AIN$/, 'IN'],
  [/IN$/, 'AIN'],
  [/ET$/, 'EY'],
  [/EY$/, 'ET'],
  [/ER$/, 'EZ'],
  [/IER$/, 'IE'],
  [/ARD$/, 'AR'],
  [/RD$/, 'RT'],
  [/S$/, ''],
  [/X$/, 'S'],
  [/E$/, ''],
  [/([AO])N$/, '$1NT'],
  [/^H/, ''],
  [/^(?=[AEIOU])/, 'H'],
  [/GU(?=[EI])/, 'G'],
  [/Z/, 'S'],
  [/LEFEBVRE/, 'LEFEVRE'],
  [/FEBVRE/, 'FEVRE'],
]

const keyboard: Readonly<Record<string, string>> = {
  A: 'ZQ',
  Z: 'AE',
  E: 'ZR',
  R: 'ET',
  T: 'RY',
  Y: 'TU',
  U: 'YI',
  I: 'UO',
  O: 'IP',
  P: 'OM',
  Q: 'SA',
  S: 'QD',
  D: 'SF',
  F: 'DG',
  G: 'FH',
  H: 'GJ',
  J: 'HK',
  K: 'JL',
  L: 'KM',
  M: 'LP',
  W: 'XQ',
  X: 'WC',
  C: 'XV',
  V: 'CB',
  B: 'VN',
  N: 'BH',
}

/** A name as somebody else writes it. */
export function misspelled(random: Random, name: string, errors: string[]): string {
  const told = random.next()
  if (told < 0.42) {
    const possible = alike.filter(([pattern]) => pattern.test(name))
    if (possible.length > 0) {
      errors.push('orthographe')
      const [pattern, by] = random.pick(possible)
      return name.replace(pattern, by)
    }
  }
  if (told < 0.5 && /[ -]/.test(name)) {
    errors.push('nom composé')
    return random.chance(0.5) ? name.replaceAll(/[ -]/g, random.pick(['', ' ', '-'])) : (name.split(/[ -]/).filter((word) => word.length > 3)[0] ?? name)
  }
  if (told > 0.97 && name.length > 7) {
    errors.push('tronqué')
    return name.slice(0, 6 + Math.floor(random.next() * 2))
  }
  errors.push('frappe')
  return mistyped(random, name)
}

function mistyped(random: Random, name: string): string {
  const at = 1 + Math.floor(random.next() * Math.max(1, name.length - 1))
  const letter = name[at] ?? 'E'
  const how = random.next()
  if (how < 0.28) return name.slice(0, at) + name.slice(at + 1)
  if (how < 0.52) return name.slice(0, at - 1) + letter + (name[at - 1] ?? '') + name.slice(at + 1)
  if (how < 0.78) return name.slice(0, at) + random.pick([...(keyboard[letter] ?? 'E')]) + name.slice(at + 1)
  return name.slice(0, at) + letter + name.slice(at)
}

const short: Readonly<Record<string, string>> = {
  MADELEINE: 'MADO',
  BERNADETTE: 'NADETTE',
  SIMONE: 'MONETTE',
  THERESE: 'THÉRÈSE',
  JACQUES: 'JACKY',
  FREDERIC: 'FRED',
  CATHERINE: 'CATHY',
  MAURICE: 'MOMO',
  GERARD: 'GÉGÉ',
  NATHALIE: 'NATH',
  VERONIQUE: 'VÉRO',
  STEPHANIE: 'STÉPH',
  HENRI: 'RIRI',
  ANDRE: 'DÉDÉ',
  ANDREE: 'DÉDÉ',
  ISABELLE: 'ISA',
  NICOLAS: 'NICO',
  JACQUELINE: 'LINE',
  LUCIENNE: 'LUCETTE',
  GENEVIEVE: 'GINETTE',
  PHILIPPE: 'PHIL',
  CHRISTOPHE: 'CHRIS',
  MARGUERITE: 'MARGOT',
  JEANNE: 'JEANNETTE',
  ELISABETH: 'BABETTE',
  DANIEL: 'DANY',
  RAYMOND: 'RAY',
  PIERRE: 'PIERROT',
  ODETTE: 'DEDETTE',
  COLETTE: 'COCO',
}

/** The first given name as it is said: shortened, another of hers, an initial, misspelt. `all` are those of the birth record. */
export function retold(random: Random, given: readonly string[], all: readonly string[], errors: string[]): string {
  const first = given[0] as string
  const compound = first.includes('-')
  if (compound && random.chance(0.28)) {
    errors.push('prénom composé raccourci')
    return random.chance(0.55)
      ? (first.split('-')[0] as string)
      : random.chance(0.6)
        ? (first.split('-')[1] as string)
        : `${(first.split('-')[0] as string)[0]}. ${first.split('-')[1]}`
  }
  const told = random.next()
  if (told < 0.02 && short[first] !== undefined) {
    errors.push('diminutif')
    return short[first]
  }
  if (told < 0.045 && all.length > 1) {
    errors.push('autre prénom utilisé')
    return all[1] as string
  }
  if (told < 0.055) {
    errors.push('initiale')
    return first[0] as string
  }
  if (told < 0.17) return misspelled(random, first, errors)
  return first
}

/** The day as it is mistyped: inverted, swapped, one digit, another year. Always a day that exists. */
export function mistypedDate(random: Random, date: string): string {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const [year, month, day] = date.split('-') as [string, string, string]
    const how = random.next()
    const wrong =
      how < 0.25
        ? `${year}-${day}-${month}`
        : how < 0.45
          ? swapped(random, date)
          : how < 0.85
            ? oneDigit(random, date)
            : `${Number(year) + random.pick([-1, 1, 10, -10])}-${month}-${day}`
    const at = new Date(`${wrong}T00:00:00Z`)
    if (wrong !== date && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(wrong) && wrong > '1900' && wrong < '2026') return wrong
  }
  return date
}

function swapped(random: Random, date: string): string {
  const at = random.pick([2, 5, 8])
  return date.slice(0, at) + (date[at + 1] ?? '') + (date[at] ?? '') + date.slice(at + 2)
}

function oneDigit(random: Random, date: string): string {
  const at = random.pick([3, 3, 2, 6, 5, 8, 9, 9])
  return date.slice(0, at) + String(Math.floor(random.next() * 10)) + date.slice(at + 1)
}
