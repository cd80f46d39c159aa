/** U+202F, before ; ! ? and inside large numbers. */
export const thin = '\u202f'
/** U+00A0, before : and inside « », between a number and its unit, after Dr, Mme, M. */
export const nbsp = '\u00a0'

const units = '(?:h|min|s|j|ans?|mois|jours?|semaines?|heures?|km|kg|g|m|cm|%|€|k€|M€|pts?|ETP|Mo|ko)'

/**
 * Gives a label of ours the spaces and apostrophes of French typography. Takes a text written by us, never what a user typed.
 * Source: Lexique des règles typographiques en usage à l’Imprimerie nationale.
 */
export function typo(text: string): string {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/[ \u00a0]([;!?])/g, `${thin}$1`)
    .replace(/ :(?!\/\/)/g, `${nbsp}:`)
    .replace(/«[ \u00a0]?/g, `«${nbsp}`)
    .replace(/[ \u00a0]?»/g, `${nbsp}»`)
    .replace(/(\d) (?=\d{3}(?!\d))/g, `$1${thin}`)
    .replace(new RegExp(`(\\d) (?=${units}(?![\\p{L}\\d]))`, 'gu'), `$1${nbsp}`)
    .replace(/(\d\u00a0h) (?=\d)/g, `$1${nbsp}`)
    .replace(/(^|[^\p{L}])(Dr|Dre|Pr|Mme|Mlle|M\.|MM\.|n°) (?=[\p{L}\d])/gu, `$1$2${nbsp}`)
}

/** 'une demande', '2 demandes': French puts the plural from 2. `many` is needed when it is not the singular with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('fr-FR')}${nbsp}${Math.abs(count) >= 2 ? many : one}`
}

/** First letter in capital, for a delay or a relative date that begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr-FR') + text.slice(1)
}
