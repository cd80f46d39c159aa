import { leaveHere } from '../../../offline/web/last-contact.ts'
import { sendHere, waitingHere } from '../../../offline/web/outbox-here.ts'
import { network } from '../../../platform/web/api/network.ts'
import { createSignal } from '../../../platform/web/api/signal.ts'
import { uploadDrafts, wipeDrafts } from '../../../platform/web/drafts/draft-keeper.ts'
import { queryClient } from '../query-client.ts'
import { type SessionNews, sessionChannel } from './load-session.ts'
import { uploadOtherTabs } from './other-tabs.ts'

/** How far a logout is: null while nobody leaves. */
export const leaving = createSignal<'saving' | 'unsent' | 'sealed' | null>(null)

/**
 * Logs out once everything typed has reached the server: this page, other tabs, what earlier pages left in this browser. What cannot be sent is
 * said, and she decides: wait, or leave it.
 */
export async function logOut(userId: string): Promise<void> {
  if (leaving.get() === 'saving') return
  leaving.set('saving')
  const there = await uploadOtherTabs(userId)
  const here = await uploadDrafts().catch(() => false)
  await sendHere(userId).catch(() => false)
  if (!here || !there) return leaving.set('unsent')
  if (waitingHere.get().length === 0) return leave(userId)
  leaving.set('sealed')
}

/** Tries again as soon as the network is back, while she waits. Gives the function that stops. */
export function logOutWhenBack(userId: string): () => void {
  return network.subscribe(() => {
    if (network.get() === 'up' && (leaving.get() === 'unsent' || leaving.get() === 'sealed')) void logOut(userId)
  })
}

export function stay(): void {
  leaving.set(null)
}

/**
 * Leaves for good: this browser forgets everything of the user, then the server closes the session. The last step is a form, not a request of
 * the page: the answer leads on to the logout of Pro Santé Connect.
 */
export async function leave(userId: string): Promise<void> {
  const draftsWait = await wipeDrafts().catch(() => false)
  const colleagueWaits = (await leaveHere(userId).catch(() => true)) || draftsWait
  queryClient.clear()
  const lost = network.get() === 'lost' && !(await serverAnswers())
  sessionChannel().postMessage('signed-out' satisfies SessionNews)
  if (lost) {
    // Nobody closes the session now: whoever opens this browser next must not find it open.
    localStorage.setItem(leftKey, JSON.stringify({ userId, keep: colleagueWaits }))
    window.location.assign('/')
    return
  }
  closeOnServer(userId, colleagueWaits)
}

/** A door that answers badly looks like a lost network: other tabs would find the session still open, and keep what was to be forgotten. */
const serverAnswers = (): Promise<boolean> =>
  fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )

const leftKey = 'jalon-left'

/** Whoever left without network is still signed in for the server: her leaving is ended at the first contact, before anything is shown. True when it was. */
export function endLeaving(userId: string | null): boolean {
  const left = JSON.parse(localStorage.getItem(leftKey) ?? 'null') as { readonly userId: string; readonly keep: boolean } | null
  if (left === null) return false
  localStorage.removeItem(leftKey)
  if (left.userId !== userId) return false
  closeOnServer(left.userId, left.keep)
  return true
}

function closeOnServer(userId: string, colleagueWaits: boolean): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/logout'
  // Whose page it is; and, where words lie here that the server does not have (a colleague's, or hers, sealed), that they stay.
  for (const [name, value] of [['user', userId], ...(colleagueWaits ? [['keep', 'drafts']] : [])] as const) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = String(name)
    field.value = String(value)
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}
