import type { Session } from '../../platform/web/api/SessionProvider.tsx'
import { carrying, openCarrying } from './carrying.ts'

let opening: Promise<void> | null = null

/** Asks for the keys of the session, once for all those who need them; without an answer, nothing happens and the next one asks again. */
export function openHere(session: Session): Promise<void> {
  if (session.settings['offline'] !== true) return Promise.resolve()
  const here = carrying.get()
  // Opened with the code of the tour, the keys are those of before: the live session has its own.
  if (here?.session.actor.userId === session.actor.userId && !here.withoutNetwork) return Promise.resolve()
  opening ??= openCarrying(session)
    .catch(() => undefined)
    .finally(() => {
      opening = null
    })
  return opening
}
