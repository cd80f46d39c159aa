import { createSignal } from './signal.ts'

/** 'lost' once a request found nobody, until one succeeds or the browser says that the network is back. */
export const network = createSignal<'up' | 'lost'>(typeof navigator !== 'undefined' && navigator.onLine === false ? 'lost' : 'up')

/** What the top bar says about what was typed. */
export type SaveState = { readonly kind: 'saved' } | { readonly kind: 'saving' } | { readonly kind: 'draft'; readonly at: string }

export const saveState = createSignal<SaveState>({ kind: 'saved' })

/** True while the session is lost: the modal of SessionLost covers the page, which stays as it was. */
export const sessionLost = createSignal(false)

/** Starts watching what the browser knows of the network. Gives the function that stops. */
export function watchNetwork(): () => void {
  const up = (): void => network.set('up')
  const lost = (): void => network.set('lost')
  window.addEventListener('online', up)
  window.addEventListener('offline', lost)
  return () => {
    window.removeEventListener('online', up)
    window.removeEventListener('offline', lost)
  }
}
