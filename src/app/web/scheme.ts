import { localStorageColorSchemeManager } from '@mantine/core'

export const schemeManager = localStorageColorSchemeManager({ key: 'jalon.scheme' })

/** Puts the chosen scheme on the page before anything is drawn. No inline script: the security policy runs none. */
export function applyScheme(): void {
  const chosen = schemeManager.get('auto')
  const dark = chosen === 'dark' || (chosen === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
}
