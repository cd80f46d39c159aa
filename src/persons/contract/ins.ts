/** The authorities of an INS matricule. Nothing else is an INS. Source: fr-core, CI-SIS. */
export const insAuthorities = [
  { oid: '1.2.250.1.213.1.4.8', kind: 'NIR', environment: 'production', label: 'INS-NIR' },
  { oid: '1.2.250.1.213.1.4.9', kind: 'NIA', environment: 'production', label: 'INS-NIA' },
  { oid: '1.2.250.1.213.1.4.10', kind: 'NIR', environment: 'test', label: 'INS de test' },
  { oid: '1.2.250.1.213.1.4.11', kind: 'NIR', environment: 'demonstration', label: 'INS de démonstration' },
] as const

export type InsOid = (typeof insAuthorities)[number]['oid']
export type InsEnvironment = (typeof insAuthorities)[number]['environment']

/** True for an OID under which this installation may hold a matricule: real ones in production, never elsewhere. */
export function insOidAllowed(oid: string, production: boolean): oid is InsOid {
  const authority = insAuthorities.find((one) => one.oid === oid)
  return authority !== undefined && (authority.environment === 'production') === production
}

/** True when the number is of the kind that its authority gives: a NIR begins with 1 or 2, a number waiting for its certification (NIA) with another digit. */
export function insOidFits(oid: InsOid, matricule: string): boolean {
  const authority = insAuthorities.find((one) => one.oid === oid)
  return authority?.environment !== 'production' || (authority.kind === 'NIA') === /^[3478]/.test(matricule)
}

/** A NIR as understood: thirteen characters (letters only in 2A and 2B) and, when it was given, the key. */
export interface Nir {
  readonly number: string
  readonly key: string | null
  /** The key that goes with the number. */
  readonly expectedKey: string
  readonly keyValid: boolean | null
  readonly sex: 'M' | 'F'
  /** Two digits, as in the number. */
  readonly birthYear: string
  /** 1 to 12; null for the conventional months of births registered without one. */
  readonly birthMonth: number | null
  /** A number waiting for its certification (first digit 3, 4, 7 or 8). */
  readonly provisional: boolean
}

export type ParsedNir = { readonly ok: true; readonly nir: Nir } | { readonly ok: false; readonly message: string }

const shape = /^([123478])(\d{2})(\d{2})(\d{2}|2A|2B)(\d{3})(\d{3})(\d{2})?$/

/**
 * Reads a NIR or NIA as typed, with or without its key, spaces or dots.
 * Refuses what has another form; a key that does not verify is told by `keyValid`, so that each caller applies its own rule.
 */
export function parseNir(typed: string): ParsedNir {
  const text = typed.toUpperCase().replace(/[\s.\-\u00a0\u202f]/g, '')
  const match = shape.exec(text)
  if (match === null) return { ok: false, message: 'Matricule non compris\u00a0: 13 caractères, ou 15 avec la clé. Votre saisie est gardée.' }
  const month = Number(match[3])
  // 20 to 42 and 50 to 99 stand for births registered without a month (or, formerly, numbers made abroad).
  if (month === 0 || (month > 12 && month < 20) || (month > 42 && month < 50))
    return { ok: false, message: `Le mois ${match[3]} n’existe pas dans un matricule. Votre saisie est gardée.` }
  const number = text.slice(0, 13)
  const key = match[7] ?? null
  const expectedKey = nirKey(number)
  const first = Number(match[1])
  return {
    ok: true,
    nir: {
      number,
      key,
      expectedKey,
      keyValid: key === null ? null : key === expectedKey,
      sex: first % 2 === 1 ? 'M' : 'F',
      birthYear: match[2] as string,
      birthMonth: month <= 12 ? month : null,
      provisional: first > 2,
    },
  }
}

/** The key of the thirteen characters of a NIR: 97 minus the rest by 97, 2A counted as 19 and 2B as 18. Two digits. */
export function nirKey(number: string): string {
  const digits = number.replace('2A', '19').replace('2B', '18')
  return String(97 - (Number(digits) % 97)).padStart(2, '0')
}

export type CheckedMatricule =
  | { readonly ok: true; readonly matricule: string; readonly warning: string | null }
  | { readonly ok: false; readonly message: string }

/**
 * The matricule as it is kept: fifteen characters. Typed by hand, a wrong key is refused, it is a typing mistake;
 * imported, it is kept with a warning, since official documents themselves carry such numbers.
 */
export function checkMatricule(typed: string, from: 'entry' | 'import'): CheckedMatricule {
  const parsed = parseNir(typed)
  if (!parsed.ok) return parsed
  const { number, key, expectedKey, keyValid } = parsed.nir
  if (keyValid !== false) return { ok: true, matricule: number + expectedKey, warning: null }
  if (from === 'entry') return { ok: false, message: 'La clé ne correspond pas au matricule\u00a0: un chiffre est faux. Votre saisie est gardée.' }
  return { ok: true, matricule: number + (key as string), warning: 'La clé du matricule reçu ne correspond pas.' }
}

/** What the number says otherwise than the traits, in words. Warnings only: a change of sex or a corrected birth date keep the number. */
export function nirDisagreements(nir: Nir, traits: { readonly sex: 'M' | 'F' | 'I' | null; readonly birthDate: string | null }): readonly string[] {
  const said: string[] = []
  if (traits.sex !== null && traits.sex !== 'I' && traits.sex !== nir.sex) said.push('Le matricule indique l’autre sexe.')
  if (traits.birthDate !== null && traits.birthDate.slice(2, 4) !== nir.birthYear) said.push('Le matricule indique une autre année de naissance.')
  else if (traits.birthDate !== null && nir.birthMonth !== null && Number(traits.birthDate.slice(5, 7)) !== nir.birthMonth)
    said.push('Le matricule indique un autre mois de naissance.')
  return said
}

/** « 2 41 03 88 351 045 27 », never without need: the matricule shows only where identities are managed. */
export function formatMatricule(matricule: string): string {
  return matricule.replace(/^(.)(..)(..)(..)(...)(...)(..)?$/, (_all, ...parts: (string | undefined)[]) => parts.slice(0, 7).filter(Boolean).join('\u00a0'))
}
