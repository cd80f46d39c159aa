/** Colours of the map, read from the tokens of the page: the map is redrawn when they change. */
export interface MapColours {
  readonly ground: string
  readonly surface: string
  readonly sunken: string
  readonly line2: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly accent: string
  readonly alertLine: string
  readonly warningLine: string
  readonly warningTint: string
  readonly infoTint: string
}

const tokens: Readonly<Record<keyof MapColours, string>> = {
  ground: '--ground',
  surface: '--surface',
  sunken: '--sunken',
  line2: '--line-2',
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  accent: '--accent',
  alertLine: '--alert-line',
  warningLine: '--warning-line',
  warningTint: '--warning-tint',
  infoTint: '--info-tint',
}

/** What a point is drawn in; beside its letter or its number, never alone. */
export const pointTones = ['accent', 'health', 'social', 'admin', 'info', 'warning', 'success', 'plain'] as const
export type PointTone = (typeof pointTones)[number]
const toneTokens: Readonly<Record<PointTone, string>> = {
  accent: '--accent',
  health: '--v-sante',
  social: '--v-social',
  admin: '--v-admin',
  info: '--info',
  warning: '--warning',
  success: '--success',
  plain: '--ink-2',
}

/** Fills of areas side by side: each beside a line and the name of its service. */
export const areaFills = ['area-0', 'area-1', 'area-2', 'area-3', 'area-4', 'area-5', 'area-6'] as const
const areaTokens = ['--accent-tint', '--v-admin-tint', '--v-social-tint', '--warning-tint', '--info-tint', '--v-sante-tint', '--success-tint'] as const

export function readColours(): { readonly colours: MapColours; readonly tones: Readonly<Record<PointTone, string>>; readonly areas: readonly string[] } {
  const style = getComputedStyle(document.documentElement)
  const value = (token: string): string => style.getPropertyValue(token).trim()
  const read = <Key extends string>(names: Readonly<Record<Key, string>>): Record<Key, string> =>
    Object.fromEntries(Object.entries<string>(names).map(([key, token]) => [key, value(token)])) as Record<Key, string>
  return { colours: read(tokens), tones: read(toneTokens), areas: areaTokens.map(value) }
}
