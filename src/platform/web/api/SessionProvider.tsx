import { createContext, type ReactNode, useContext } from 'react'
import type { Actor } from '../../contract/actor.ts'
import type { HolidayZone } from '../../contract/holiday-zones.ts'

/** What the server says of a session at GET /api/me. */
export interface Session {
  readonly actor: Actor
  /** Settings of the installation that screens need. */
  readonly settings: SessionSettings
  /** Base64; opens the drafts kept in this browser. Lives in memory only: without a session, drafts cannot be read. */
  readonly draftSecret?: string | undefined
  /** How she signed in: the same way serves when she is asked again who she is. */
  readonly method?: 'psc' | 'passkey' | 'password_totp' | undefined
}

export interface SessionSettings {
  /** IANA name; 'Europe/Paris' where absent. */
  readonly timeZone?: string | undefined
  /** Which public holidays are not worked; those of France at large where absent. */
  readonly publicHolidays?: HolidayZone | undefined
  /** « démonstration » shows a band; absent in production. */
  readonly demo?: boolean | undefined
  readonly [key: string]: unknown
}

const SessionContext = createContext<Session | null>(null)

export function SessionProvider(props: { readonly session: Session; readonly children: ReactNode }): ReactNode {
  return <SessionContext value={props.session}>{props.children}</SessionContext>
}

/** The session of the user who is looking. Only pages behind the login may call it. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside SessionProvider')
  return session
}

/** Who acts, as the server sees her; the access rules of the contracts run on it. */
export function useActor(): Actor {
  return useSession().actor
}
