import { createSignal } from './signal.ts'

/** 'lost' once a request found nobody, until one succeeds or the browser says that the network is back. */
export const network = createSignal<'up' | 'lost'>(typeof navigator !== 'undefined' && navigator.onLine === false ? 'lost' : 'up')

/** What the top bar says about what was typed. */
export type SaveState = { readonly kind: 'saved' } | { readonly kind: 'saving' } | { readonly kind: 'draft'; readonly at: string }

export const saveState = createSignal<SaveState>({ kind: 'saved' })

/** True while the session is lost: nothing of the page stays but its drafts, until the same user is back. */
export const sessionLost = createSignal(false)

/** True once the server has said that the session of this browser is another user's: this page does nothing any more. */
export const anotherUser = createSignal(false)

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
