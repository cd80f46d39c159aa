/** How she proved who she is, as the user reads it. */
export const methodLabels = { psc: 'Pro Santé Connect', passkey: 'Clé d’accès', password_totp: 'Mot de passe et code' } as const
export type SignInMethod = keyof typeof methodLabels

/** One of my sessions. */
export interface MySession {
  readonly handle: string
  readonly current: boolean
  readonly device: string
  readonly place: string
  readonly serviceName: string
  readonly method: SignInMethod
  readonly openedAt: string
  readonly lastSeenAt: string
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bLinux\b/, 'Linux'],
]

/** The device in words, from what the browser says of itself: « Firefox sur Windows ». A hint for the user, never a proof. */
export function deviceOf(userAgent: string | null): string {
  const find = (list: typeof browsers): string | undefined => list.find(([shape]) => shape.test(userAgent ?? ''))?.[1]
  const [browser, system] = [find(browsers), find(systems)]
  if (browser === undefined && system === undefined) return 'Appareil non reconnu'
  return system === undefined ? (browser ?? '') : `${browser ?? 'Navigateur'} sur ${system}`
}

/** The place in words: compared with the network of the session that asks. Takes addresses without their last part. */
export function placeOf(network: string | null, here: string | null): string {
  if (network === null) return 'Réseau inconnu'
  return network === here ? 'Le même réseau qu’ici' : `Un autre réseau (${network})`
}

/** Minutes in words: « 45 minutes », « 10 heures », « 1 heure 30 ». */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} minute${rest > 1 ? 's' : ''}`
  return `${hours} heure${hours > 1 ? 's' : ''}${rest === 0 ? '' : ` ${rest}`}`
}
