import { ApiError } from '../../../platform/web/api/api-error.ts'
import { send } from '../../../platform/web/api/client.ts'
import type { Session } from '../../../platform/web/api/SessionProvider.tsx'
import { setDisplayZone } from '../../../platform/web/text/dates.ts'

/** Asks the server who is looking; null without a live session. Throws ApiError when it does not answer. */
export async function loadSession(): Promise<Session | null> {
  try {
    const session = (await (await send('/api/me', null)).json()) as Session
    if (session.settings.timeZone) setDisplayZone(session.settings.timeZone)
    return session
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** The address of the login, coming back to where one was. */
export function loginAddress(returnTo: string): string {
  return `/login?returnTo=${encodeURIComponent(returnTo)}`
}

/** What tabs of one browser tell each other about the session. */
export type SessionNews = 'signed-in' | 'signed-out'

let channel: BroadcastChannel | undefined

/** One object for the page: what a tab says does not come back to it. */
export function sessionChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel('jalon-session')
  return channel
}
