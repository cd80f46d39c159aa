import { sql } from 'kysely'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Course } from '../contract/course.ts'
import type { Told, ToldIdentity } from '../contract/told.ts'

export interface VisitRow {
  readonly id: string
  readonly senderName: string
  /** Its identities without a reliability are taken as verified. */
  readonly vouched: boolean
  readonly traits: ToldIdentity | null
  readonly state: 'received' | 'unknown' | 'undecided' | 'recognised' | 'forgotten'
  readonly told: readonly Told[]
}

/** As the system: a stay and all that was told of it, held for the transaction. Undefined once it was forgotten. */
export async function holdVisit(tx: Tx, id: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<Omit<VisitRow, 'told'>>`select v.id, s.name as "senderName", s.vouched, v.traits, v.state from hospital_events.visit v
    join hospital_events.sender s on s.id = v.sender_id where v.id = ${id} for update of v`.execute(tx)
  const [visit] = rows
  if (visit === undefined) return undefined
  // After the lock: a message committed while one waited is read.
  const { rows: messages } = await sql<{ told: Told }>`select told from hospital_events.message where visit_id = ${id}`.execute(tx)
  return { ...visit, told: messages.map(({ told }) => told) }
}

export async function setVisitState(tx: Tx, id: string, state: VisitRow['state'], course: Course | null): Promise<void> {
  await sql`update hospital_events.visit set state = ${state}, course = ${course === null ? null : JSON.stringify(course)}::jsonb where id = ${id}`.execute(tx)
}

/** What was told of whom it does not concern us to know goes at once. */
export async function dropTraits(tx: Tx, id: string): Promise<void> {
  await sql`update hospital_events.visit set traits = null, traits_at = null where id = ${id}`.execute(tx)
}

/** Those of these persons whom a DAC accompanies now, and nothing forbids to write about: no opposition, no limitation, not archived. With each of their DACs. */
export async function accompaniedAmong(tx: Tx, ids: readonly PersonId[]): Promise<readonly { readonly personId: PersonId; readonly service: ServiceId }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ personId: PersonId; service: ServiceId }>`
    select distinct w.id as "personId", e.holder_org as service from unnest(${[...ids]}::uuid[]) w(id)
    join episodes.episode e on e.person_id = any (persons.identity_set(w.id)) and e.state <> 'closed'
    where not persons.use_limited(w.id) and not privacy.archived(w.id)
      and not exists (select from (select distinct on (n.number) n.number, n.state from persons.non_opposition n where n.person_id = any (persons.identity_set(w.id))
        order by n.number, n.recorded_at desc, n.id desc) last where last.number in (1, 2) and last.state = 'opposition')
    order by 1, 2`.execute(tx)
  return rows
}

export interface CandidateRow {
  readonly id: string
  readonly personId: PersonId
  readonly service: ServiceId
  readonly decision: 'hers' | 'not_hers' | null
  readonly decidedByName: string | null
}

export async function candidatesOf(tx: Tx, visitId: string): Promise<readonly CandidateRow[]> {
  return (
    await sql<CandidateRow>`select id, person_id as "personId", holder_org as service, decision, decided_by_name as "decidedByName"
      from hospital_events.candidate where visit_id = ${visitId} order by decided_at, id for update`.execute(tx)
  ).rows
}

export interface FoundCandidate {
  readonly personId: PersonId
  readonly service: ServiceId
  readonly score: number
  readonly reasons: readonly string[]
  readonly recognised: 'ins' | 'traits' | null
}

/** Writes who it may be now, each DAC its own; what somebody decided stays, what looks alike no more goes. */
export async function writeCandidates(tx: Tx, visitId: string, known: readonly CandidateRow[], found: readonly FoundCandidate[], now: Date): Promise<void> {
  const gone = known.filter((one) => one.decision === null && !found.some(({ personId, service }) => personId === one.personId && service === one.service))
  if (gone.length > 0) await sql`delete from hospital_events.candidate where id = any (${gone.map(({ id }) => id)}::uuid[])`.execute(tx)
  for (const one of found) {
    const same = known.find(({ personId, service }) => personId === one.personId && service === one.service)
    if (same === undefined)
      await sql`insert into hospital_events.candidate (id, visit_id, person_id, score, reasons, recognised, found_at, holder_org)
        values (gen_random_uuid(), ${visitId}, ${one.personId}, ${one.score}, ${[...one.reasons]}::text[], ${one.recognised}, ${now}, ${one.service})`.execute(
        tx,
      )
    else
      await sql`update hospital_events.candidate set score = ${one.score}, reasons = ${[...one.reasons]}::text[], recognised = ${one.recognised} where id = ${same.id}`.execute(
        tx,
      )
  }
}

/** Whether two ids are one person now. */
export async function isSamePerson(tx: Tx, one: PersonId, other: PersonId): Promise<boolean> {
  if (one === other) return true
  return (await sql<{ same: boolean }>`select ${one}::uuid = any (persons.identity_set(${other})) as same`.execute(tx)).rows[0]?.same === true
}

/** Who is told that a list has changed: the DACs that hold a candidate. */
export const servicesOf = (list: readonly { readonly service: ServiceId }[]): readonly ServiceId[] => [...new Set(list.map(({ service }) => service))]
