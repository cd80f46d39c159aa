const capitals = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toUpperCase()

/** « Dr Fritsch », « Mme la directrice »: a colleague is named as one. */
const ofColleagues = new Set(['DR', 'DOCTEUR', 'DOCTEURE', 'PR', 'PROFESSEUR', 'PROFESSEURE', 'MAITRE', 'ME'])
const mostWords = 400

/**
 * What in a text may be somebody's family name, in capitals without accents: words that begin with a capital (one, or two and three in a row), whatever their
 * place in the sentence; not after « Dr ». Which of them are names of persons followed, only the caseload tells. Gives each once.
 */
export function possibleNames(text: string, besides: readonly string[] = []): readonly string[] {
  const words = [...text.matchAll(/\p{L}[\p{L}'’-]*/gu)].slice(0, mostWords).map(([word]) => word)
  const known = new Set(besides.flatMap((name) => name.split(' ').map(capitals)))
  const found = new Set<string>()
  for (let at = 0; at < words.length; at += 1) {
    if (ofColleagues.has(capitals(words[at - 1] ?? ''))) continue
    for (let length = 1; length <= 3; length += 1) {
      const run = words.slice(at, at + length)
      if (run.length < length || !run.every((word) => /^\p{Lu}/u.test(word) || (length > 1 && /^(de|du|des|la|le)$/u.test(word)))) break
      const name = capitals(run.join(' '))
      if (name.length >= 3 && !known.has(name)) found.add(name)
    }
  }
  return [...found]
}

/** A matricule INS (13 figures, 15 with its key), however it is spaced. */
export function holdsMatricule(text: string): boolean {
  return /(?<!\d)[12][\s.]?\d{2}[\s.]?\d{2}[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{2})?(?!\d)/.test(text)
}
