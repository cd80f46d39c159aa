import { sql } from 'kysely'
import type { Actor, ActorFunction, ProfessionalCategory, ServiceKind, Volet } from '../../platform/contract/actor.ts'
import type { PartyId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Caller } from '../../platform/server/http.ts'
import { type SignInMethod, sessionHash, touchSession } from '../../platform/server/sessions.ts'

interface SessionCallerRow {
  readonly user_id: UserId
  readonly given_name: string
  readonly family_name: string
  readonly category: ProfessionalCategory
  readonly professional_id: PartyId | null
  readonly membership_id: string
  readonly functions: readonly ActorFunction[]
  readonly service_id: ServiceId
  readonly service_kind: ServiceKind
  readonly service_name: string
  readonly volets: readonly Volet[]
  readonly draft_secret: string
  readonly last_seen_at: string
  readonly handle: string
  readonly authenticated_at: string | null
  readonly method: SignInMethod
  readonly files_closed_until: string | null
}

/** Who calls, and until when an alert closes files to her. */
export interface SessionCaller extends Caller {
  readonly filesClosedUntil: Date | null
}

/** The functions whose work is on the files of their service: they receive what the service may see. */
const onFiles: readonly ActorFunction[] = ['front_desk', 'referent', 'doctor', 'team_lead', 'cpts_coordinator', 'expert_team']
/** The functions that may know more than identity and contacts. */
const beyondDesk: readonly ActorFunction[] = ['referent', 'doctor', 'team_lead', 'outside_professional', 'expert_team', 'cpts_coordinator']

/**
 * Whoever holds this session now, or null: ended, expired, idle, account disabled, membership over, local sign-in switched off. One query;
 * once a minute a gesture also prolongs it. Takes the identifier that the browser sent, or the handle of a session seen before.
 */
export async function sessionCaller(
  db: Database,
  session: { readonly token: string; readonly gesture?: boolean } | { readonly handle: string; readonly token: string },
  { now, today }: { readonly now: Date; readonly today: string },
): Promise<SessionCaller | null> {
  const handle = 'handle' in session ? session.handle : null
  const hash = handle === null ? sessionHash(session.token) : null
  const { rows } = await sql<SessionCallerRow>`select * from territory.session_caller(${hash}, ${handle}, ${now}, ${today}::date)`.execute(db.kysely)
  const [row] = rows
  if (row === undefined) return null
  // Neither being looked at again nor what a page asks by itself is a gesture of hers: an open screen keeps no session alive.
  if (!('handle' in session) && session.gesture !== false && now.getTime() - new Date(row.last_seen_at).getTime() > 60_000)
    await touchSession(db, row.handle, now)
  return {
    actor: actorOf(row),
    sessionToken: session.token,
    sessionHandle: row.handle,
    draftSecret: row.draft_secret,
    authenticatedAt: row.authenticated_at === null ? null : new Date(row.authenticated_at),
    method: row.method,
    filesClosedUntil: row.files_closed_until === null ? null : new Date(row.files_closed_until),
  }
}

/** The actor that a membership makes: parties and volets follow from her functions and category. */
export function actorOf(
  row: Omit<SessionCallerRow, 'draft_secret' | 'last_seen_at' | 'membership_id' | 'handle' | 'authenticated_at' | 'method' | 'files_closed_until'>,
): Actor {
  const parties: PartyId[] = [row.user_id as unknown as PartyId]
  if (row.professional_id !== null) parties.push(row.professional_id)
  if (row.functions.some((f) => onFiles.includes(f))) parties.push(row.service_id as unknown as PartyId)
  return {
    kind: 'user',
    userId: row.user_id,
    displayName: `${row.given_name} ${row.family_name}`,
    serviceId: row.service_id,
    serviceKind: row.service_kind,
    serviceName: row.service_name,
    functions: row.functions,
    category: row.category,
    professionalId: row.professional_id,
    parties,
    volets: row.functions.some((f) => beyondDesk.includes(f)) ? row.volets : row.volets.filter((v) => v === 'administrative'),
  }
}
