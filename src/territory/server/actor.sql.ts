import { sql } from 'kysely'
import type { Actor, ActorFunction, ProfessionalCategory, ServiceKind, Volet } from '../../platform/contract/actor.ts'
import type { PartyId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Database } from '../../platform/server/db.ts'

interface SessionActorRow {
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
}

export interface SignedIn {
  readonly actor: Actor
  readonly membershipId: string
  readonly draftSecret: string
  readonly lastSeenAt: Date
}

/** The functions whose work is on the files of their service: they receive what the service may see. */
const onFiles: readonly ActorFunction[] = ['front_desk', 'referent', 'doctor', 'team_lead', 'cpts_coordinator', 'expert_team']
/** The functions that may know more than identity and contacts. */
const beyondDesk: readonly ActorFunction[] = ['referent', 'doctor', 'team_lead', 'outside_professional', 'expert_team', 'cpts_coordinator']

/** Whoever holds this session now, or null: ended, expired, idle, account disabled, membership over. One query. */
export async function sessionActor(db: Database, hash: Buffer, now: Date, idleMinutes: number, today: string): Promise<SignedIn | null> {
  const { rows } =
    await sql<SessionActorRow>`select * from territory.session_actor(${hash}, ${now}, make_interval(mins => ${idleMinutes}), ${today}::date)`.execute(db.kysely)
  const [row] = rows
  if (row === undefined) return null
  return { actor: actorOf(row), membershipId: row.membership_id, draftSecret: row.draft_secret, lastSeenAt: new Date(row.last_seen_at) }
}

/** The actor that a membership makes: parties and volets follow from her functions and category. */
export function actorOf(row: Omit<SessionActorRow, 'draft_secret' | 'last_seen_at' | 'membership_id'>): Actor {
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
