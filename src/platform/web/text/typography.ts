import { french } from '../../contract/typography.ts'

/** U+00A0, before : and inside « », between a number and its unit, after Dr, Mme, M. */
export const nbsp = '\u00a0'

/** Labels of ours in French typography (`french` of the contract), the parts of an hour and of a title kept together. Never what a user typed. */
export function typo(text: string): string {
  return french(text)
    .replace(/(\d\u00a0h) (?=\d)/g, `$1${nbsp}`)
    .replace(/(^|[^\p{L}])(Dre|Pr|Mlle|MM\.) (?=[\p{L}\d])/gu, `$1$2${nbsp}`)
}

/** 'une demande', '2 demandes': French puts the plural from 2. `many` is needed when it is not the singular with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('fr-FR')}${nbsp}${Math.abs(count) >= 2 ? many : one}`
}

/** First letter in capital, for a delay or a relative date that begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr-FR') + text.slice(1)
}
