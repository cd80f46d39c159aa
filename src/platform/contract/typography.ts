const narrow = '\u202f'
const wide = '\u00a0'

/**
 * French typography for texts that we write (labels, messages, letters), never for what a user typed.
 *
 * Takes plain spaces and straight or curly apostrophes. Gives curly apostrophes, U+202F before `;` `!` `?` and between
 * groups of digits, U+00A0 before `:` and `%`, inside « », after `Dr`, `M.`, `Mme`, `n°` and between a number and its unit. Running it twice changes nothing more.
 */
export function french(text: string): string {
  return text
    .replaceAll("'", '’')
    .replace(/ ([;!?])/g, `${narrow}$1`)
    .replace(/ ([:»%])/g, `${wide}$1`)
    .replace(/« /g, `«${wide}`)
    .replace(/\b(Dr|M\.|Mme|n°) (?=\S)/g, `$1${wide}`)
    .replace(/(\d) (?=\d{3}(?!\d))/g, `$1${narrow}`)
    .replace(/(\d) (?=(?:h|min|s|j|kg|g|km|m|cm|mm|mois|ans|an|jours|jour|semaines|semaine|secondes|points|€)(?![\p{L}]))/gu, `$1${wide}`)
}

/** A label of ours inside a sentence: « Reçue par la CPTS » gives « reçue par la CPTS »; an abbreviation keeps its capitals. */
export function lowerFirst(label: string): string {
  return /^\p{Lu}(?:\p{Lu}|\d)/u.test(label) ? label : label.charAt(0).toLocaleLowerCase('fr-FR') + label.slice(1)
}
