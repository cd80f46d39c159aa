import type { FastifyRequest } from 'fastify'
import { dayOf } from '../../platform/contract/dates.ts'
import type { Database } from '../../platform/server/db.ts'
import { backgroundHeader, type Caller, sessionCookieName } from '../../platform/server/http.ts'
import { type SessionCaller, sessionCaller } from './actor.sql.ts'

/** Finds who calls. */
export interface Callers {
  /** From the cookie of a request; null without a live session. A request that says of itself that nobody made it does not prolong the session. */
  identify(request: Pick<FastifyRequest, 'cookies'> & Partial<Pick<FastifyRequest, 'headers'>>): Promise<SessionCaller | null>
  /** The same for what lasts or comes by itself (the stream): never prolongs the session. */
  glance(request: Pick<FastifyRequest, 'cookies'>): Promise<SessionCaller | null>
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
  const find = async (cookies: FastifyRequest['cookies'], gesture: boolean): Promise<SessionCaller | null> => {
    const token = cookies[cookieName]
    if (token === undefined || token.length > 100) return null
    const caller = await sessionCaller(db, { token, gesture }, when())
    if (caller !== null) seen(caller)
    return caller
  }
  return {
    identify: ({ cookies, headers }) => find(cookies, headers?.[backgroundHeader] === undefined),
    glance: ({ cookies }) => find(cookies, false),
    again: ({ sessionHandle, sessionToken }) => sessionCaller(db, { handle: sessionHandle, token: sessionToken }, when()),
  }
}
