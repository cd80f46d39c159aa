import { callAction } from '../../platform/web/api/client.ts'
import { notePrint } from '../contract/actions.ts'

/** Tells the audit of each print, button or Ctrl P: which page, and whose file when it is one. Gives what stops it. */
export function notePrints(): () => void {
  const note = (): void => {
    const personId = /\/personnes\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/.exec(window.location.pathname)?.[1] ?? null
    // Paper does not wait for the server; a note that could not be sent is tried again by the client.
    void callAction(notePrint, {
      page:
        window.location.pathname
          .split('/')
          .filter((part) => !/^[0-9a-f-]{36}$/.test(part))
          .join('/') || 'accueil',
      personId,
    }).catch(() => undefined)
  }
  window.addEventListener('beforeprint', note)
  return () => window.removeEventListener('beforeprint', note)
}
