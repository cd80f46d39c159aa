import type { FastifyRequest } from 'fastify'
import { dayOf } from '../../platform/contract/dates.ts'
import type { Database } from '../../platform/server/db.ts'
import { type Caller, sessionCookieName } from '../../platform/server/http.ts'
import { type SessionCaller, sessionCaller } from './actor.sql.ts'

/** Finds who calls. */
export interface Callers {
  /** From the cookie of a request; null without a live session. */
  identify(request: Pick<FastifyRequest, 'cookies'>): Promise<SessionCaller | null>
  /** The same caller a moment later, with her rights of now; null once her session is over. */
  again(caller: Caller): Promise<SessionCaller | null>
}

export function openCallers(
  db: Database,
  { publicUrl, timeZone, clock, seen = () => undefined }: { publicUrl: string; timeZone: string; clock: () => Date; seen?: (caller: SessionCaller) => void },
): Callers {
  const cookieName = sessionCookieName(publicUrl)
  const when = (): { now: Date; today: string } => {
    const now = clock()
    return { now, today: dayOf(now, timeZone) }
  }
  return {
    identify: async (request) => {
      const token = request.cookies[cookieName]
      if (token === undefined || token.length > 100) return null
      const caller = await sessionCaller(db, { token }, when())
      if (caller !== null) seen(caller)
      return caller
    },
    again: ({ sessionHandle, sessionToken }) => sessionCaller(db, { handle: sessionHandle, token: sessionToken }, when()),
  }
}
