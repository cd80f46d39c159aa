import { sql } from 'kysely'
import type { AuditManner, AuditOutcome } from '../../platform/contract/audit.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

/** A sealed line as the database gives it to whoever may read it. */
export interface SealedLine {
  readonly seq: number
  readonly sealedAt: string
  readonly id: string
  readonly at: string
  readonly actorId: string | null
  readonly actorKind: string
  readonly actorName: string | null
  readonly serviceId: string | null
  readonly serviceName: string | null
  readonly category: string | null
  readonly functions: readonly string[]
  readonly name: string
  readonly kind: 'action' | 'query' | 'login'
  readonly manner: AuditManner
  readonly outcome: AuditOutcome
  readonly code: string | null
  readonly reason: string | null
  readonly purpose: string | null
  readonly personIds: readonly string[]
  readonly bases: readonly string[]
  readonly volets: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | null
  readonly address: string | null
  readonly hash: string
}

/** What audit.lines understands: instants, ids and codes; what is not asked for is left out. */
export interface LineFilter {
  readonly from?: string
  readonly to?: string
  readonly person?: string
  readonly actor?: string
  readonly service?: string
  readonly report?: string
  readonly names?: readonly string[]
  readonly outcomes?: readonly string[]
  readonly bases?: readonly string[]
  readonly manners?: readonly string[]
  /** After this line. */
  readonly sealedAt?: string
  readonly seq?: number
}

// The instant of sealing keeps its microseconds: it is the cursor.
const columns =
  sql.raw(`l.seq, to_char(l.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt", l.id, l.at, l.actor_id as "actorId", l.actor_kind as "actorKind",
  l.actor_name as "actorName", l.service_id as "serviceId", l.service_name as "serviceName", l.category, l.functions, l.name, l.kind, l.manner, l.outcome, l.code, l.reason, l.purpose,
  l.person_ids as "personIds", l.bases, l.volets, l.details, l.request_id as "requestId", l.address, encode(l.hash, 'hex') as hash`)

/** Sealed lines that answer the filter and that the actor may read, the last first. */
export async function selectLines(tx: Tx, filter: LineFilter, most: number): Promise<readonly SealedLine[]> {
  const { rows } = await sql<SealedLine>`select ${columns} from audit.lines(${JSON.stringify(filter)}::jsonb, ${most}) l`.execute(tx)
  return rows
}

export async function selectLine(tx: Tx, seq: number): Promise<SealedLine | undefined> {
  const { rows } = await sql<SealedLine>`select ${columns} from audit.line(${seq}) l`.execute(tx)
  return rows[0]
}

/** The one person who has exactly this identity, or null. */
export async function selectSubject(
  tx: Tx,
  { birthName, givenName, birthDate }: { birthName: string; givenName: string; birthDate: string },
): Promise<PersonId | null> {
  const { rows } = await sql<{ id: PersonId | null }>`select audit.subject(${birthName}, ${givenName}, ${birthDate}::date) as id`.execute(tx)
  return rows[0]?.id ?? null
}

export interface Retention {
  readonly months: number
  readonly justification: string
  readonly decidedByName: string
  readonly decidedAt: string
}

export async function selectRetention(tx: Tx): Promise<Retention> {
  const { rows } =
    await sql<Retention>`select months, justification, decided_by_name as "decidedByName", decided_at as "decidedAt" from audit.retention_in_force()`.execute(
      tx,
    )
  if (rows[0] === undefined) throw new Error('audit.retention is empty')
  return rows[0]
}

export async function insertRetention(
  tx: Tx,
  { id, months, justification, by }: { id: string; months: number; justification: string; by: string },
): Promise<void> {
  await sql`select audit.decide_retention(${id}, ${months}, ${justification}, ${by})`.execute(tx)
}

/** The first instant of a day in a time zone, ISO. */
export async function startOfDays(tx: Tx, days: readonly (string | null)[], timeZone: string): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{
    at: string | null
  }>`select d.day::date::timestamp at time zone ${timeZone} as at from unnest(${`{${days.map((one) => one ?? 'NULL').join(',')}}`}::text[])
    with ordinality as d(day, n) order by d.n`.execute(tx)
  return rows.map((row) => row.at)
}
