import { nbsp } from './typography.ts'

const minus = '\u2212'

/** 1043 → « 1 043 »; `digits` fixes the decimals; the minus is the true sign. */
export function formatNumber(value: number, digits?: number): string {
  const format = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return value.toLocaleString('fr-FR', format).replace('-', `${minus}${nbsp}`)
}

/** A difference always carries its sign: « + 8,9 », « − 1,0 », « 0,0 ». */
export function formatSigned(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits))
  return rounded > 0 ? `+${nbsp}${formatNumber(rounded, digits)}` : formatNumber(rounded === 0 ? 0 : rounded, digits)
}

/** Takes a share between 0 and 1: 0.339 → « 33,9 % ». */
export function formatShare(share: number, digits = 1): string {
  return `${formatNumber(share * 100, digits)}${nbsp}%`
}

/** Takes bytes: 1258291 → « 1,2 Mo ». */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes}${nbsp}octets`
  const kilo = bytes / 1024
  return kilo < 1000 ? `${formatNumber(Math.round(kilo))}${nbsp}ko` : `${formatNumber(kilo / 1024, 1)}${nbsp}Mo`
}
