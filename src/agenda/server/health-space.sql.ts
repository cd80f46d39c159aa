import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { OccurrenceId } from '../contract/appointment.ts'
import type { HealthSpaceDecisionId, HealthSpaceDetail, healthSpace } from '../contract/health-space.ts'

export interface NewDecision {
  readonly id: HealthSpaceDecisionId
  readonly personId: PersonId
  readonly decision: 'given' | 'withdrawn'
  readonly detail: HealthSpaceDetail
  readonly on: string
  readonly mode: string
  readonly by: UserId
  readonly byName: string
  readonly holderOrg: ServiceId
  readonly at: Date
}

export async function insertHealthSpaceDecision(tx: Tx, row: NewDecision): Promise<void> {
  await sql`insert into agenda.health_space_decision (id, person_id, decision, detail, decided_on, mode, recorded_at, recorded_by, recorded_by_name, holder_org)
    values (${row.id}, ${row.personId}, ${row.decision}, ${row.detail}, ${row.on}, ${row.mode}, ${row.at}, ${row.by}, ${row.byName}, ${row.holderOrg})`.execute(
    tx,
  )
}

/** Ends her agreement, where she gave one, as her demand of erasure says it; the next sending takes back what stands there. */
export async function withdrawFromHealthSpace(tx: Tx, personId: PersonId, by: string, at: string): Promise<void> {
  await sql`insert into agenda.health_space_decision (id, person_id, decision, detail, decided_on, mode, recorded_at, recorded_by, recorded_by_name, holder_org)
    select gen_random_uuid(), d.person_id, 'withdrawn', d.detail, platform.day_of(${at}::timestamptz), 'written', ${at}, ${by}, platform.user_name(${by}::uuid), d.holder_org
    from (select distinct on (person_id) * from agenda.health_space_decision where person_id = any (persons.identity_set(${personId}::uuid))
      order by person_id, recorded_at desc, id desc) d where d.decision = 'given'`.execute(tx)
}

/** Makes what failed due now; gives how many. */
export async function retryLines(tx: Tx, personId: PersonId, at: Date): Promise<number> {
  const { rows } = await sql`update agenda.health_space_line set state = 'to_send', attempts = 0, next_attempt_at = ${at}
    where person_id = any (persons.identity_set(${personId}::uuid)) and state in ('failed', 'waiting_identity') returning occurrence_id`.execute(tx)
  return rows.length
}

/** Where the person's appointments stand; lines of volets that are closed to the actor are left out by the policies. */
export async function selectHealthSpace(tx: Tx, personId: PersonId, at: Date): Promise<OutputOf<typeof healthSpace>> {
  const { rows } = await sql<OutputOf<typeof healthSpace>>`with hers as materialized (
      select l.* from agenda.health_space_line l where l.person_id = any (persons.identity_set(${personId}::uuid)) and l.ends_at > ${at})
    select exists (select from platform.setting where key = 'health_space' and value = 'true') as connected,
      (select jsonb_build_object('decision', d.decision, 'detail', d.detail, 'on', d.decided_on, 'mode', d.mode, 'recordedByName', d.recorded_by_name)
        from agenda.health_space_decision d where d.person_id = any (persons.identity_set(${personId}::uuid)) order by d.recorded_at desc, d.id desc limit 1) as decision,
      (select count(*)::int from hers where wish = 'keep' and state = 'sent') as sent,
      (select count(*)::int from hers where wish = 'keep' and state in ('to_send', 'sending')) as waiting,
      (select count(*)::int from hers where wish = 'keep' and state = 'waiting_identity') as "waitingIdentity",
      (select count(*)::int from hers where wish = 'cancel' and state <> 'cancelled') as cancelling,
      coalesce((select jsonb_agg(jsonb_build_object('occurrenceId', occurrence_id, 'startsAt', starts_at, 'problem', problem, 'wish', wish) order by starts_at) from hers where state = 'failed'), '[]') as failed`.execute(
    tx,
  )
  return rows[0] as OutputOf<typeof healthSpace>
}

/** How far ahead appointments are sent: a series of two years is not poured into her telephone at once. */
export const aheadDays = 92

/**
 * Compares what should stand there with what was asked before, for all at once, and leaves what is to be sent or cancelled. Nothing else says what is to
 * leave: whatever changed an appointment, by whatever road, its fingerprint is another one. As the system; gives how many lines changed.
 */
export async function reconcile(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<{ changed: number }>`with said as materialized (
      select distinct on (d.person_id) d.person_id, d.decision, d.detail from agenda.health_space_decision d order by d.person_id, d.recorded_at desc, d.id desc),
    live as materialized (
      select s.person_id, s.detail, p.version, persons.at_risk(s.person_id) as at_risk from said s join persons.person p on p.person_id = s.person_id
      where s.decision = 'given' and s.person_id in (select persons.traits_leaving(array(select person_id from said where decision = 'given')))),
    wanted as materialized (
      select o.id, o.appointment_id, o.person_id, o.starts_at, o.ends_at, o.volet, o.holder_org,
        md5(concat_ws('|', extract(epoch from o.starts_at), extract(epoch from o.ends_at), o.state, a.kind, o.volet, l.detail, l.version, l.at_risk, o.person_id)) as print
      from live l join agenda.occurrence o on o.person_id = l.person_id join agenda.appointment a on a.id = o.appointment_id
      where o.protection = 'shared' and o.state <> 'cancelled' and o.ends_at > ${now} and o.starts_at < ${now}::timestamptz + ${aheadDays} * interval '1 day'),
    kept as (
      insert into agenda.health_space_line (occurrence_id, appointment_id, person_id, starts_at, ends_at, print, next_attempt_at, volet, holder_org)
      select id, appointment_id, person_id, starts_at, ends_at, print, ${now}, volet, holder_org from wanted
      on conflict (occurrence_id) do update set person_id = excluded.person_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at, print = excluded.print, wish = 'keep',
        volet = excluded.volet, holder_org = excluded.holder_org, attempts = 0, next_attempt_at = excluded.next_attempt_at,
        state = case when health_space_line.state = 'sending' then 'sending' else 'to_send' end
      where health_space_line.print is distinct from excluded.print or health_space_line.wish <> 'keep' returning 1),
    gone as (
      update agenda.health_space_line l set wish = 'cancel', print = 'cancel', attempts = 0, next_attempt_at = ${now}, settled_at = case when l.tried then l.settled_at else ${now} end,
        state = case when not l.tried then 'cancelled' when l.state = 'sending' then 'sending' else 'to_send' end
      where l.wish = 'keep' and l.ends_at > ${now} and not exists (select from wanted w where w.id = l.occurrence_id) returning 1)
    select (select count(*) from kept)::int + (select count(*) from gone)::int as changed`.execute(tx)
  return rows[0]?.changed ?? 0
}

export interface TakenLine {
  readonly occurrenceId: OccurrenceId
  readonly appointmentId: string
  readonly personId: PersonId
  readonly startsAt: string
  readonly endsAt: string
  readonly wish: 'keep' | 'cancel'
  readonly print: string
  readonly sentDigest: string | null
  readonly attempts: number
  /** Something may have left before this try. */
  readonly triedBefore: boolean
  /** Facts of the time, absent when a rule took it back meanwhile. */
  readonly state: string | null
  readonly kind: string | null
  readonly volet: string
  readonly holderOrg: ServiceId
  readonly detail: HealthSpaceDetail
  readonly atRisk: boolean
  /** The name of the DAC that holds the appointment; null for another service. */
  readonly organisation: string | null
}

/**
 * Takes the next line that is due, for a minute at most, and writes it down before anything leaves: a process that dies after that leaves it to be taken again
 * once no request of its own can still be on its way. As the system, committed before the line is carried.
 */
export async function takeLine(tx: Tx, now: Date): Promise<TakenLine | undefined> {
  return (
    await sql<TakenLine>`with due as materialized (
        select l.occurrence_id, l.tried from agenda.health_space_line l where l.state in ('to_send', 'sending') and l.next_attempt_at <= ${now}
        order by l.next_attempt_at, l.starts_at limit 1 for update skip locked),
      taken as (
        update agenda.health_space_line l set state = 'sending', attempts = attempts + 1, tried = true, next_attempt_at = ${now}::timestamptz + interval '1 minute'
        from due where l.occurrence_id = due.occurrence_id returning l.*, due.tried as tried_before)
      select t.occurrence_id as "occurrenceId", t.appointment_id as "appointmentId", t.person_id as "personId", t.starts_at as "startsAt", t.ends_at as "endsAt", t.wish, t.print,
        t.sent_digest as "sentDigest", t.attempts, t.tried_before as "triedBefore", o.state, a.kind, t.volet, t.holder_org as "holderOrg", persons.at_risk(t.person_id) as "atRisk",
        coalesce((select d.detail from agenda.health_space_decision d where d.person_id = t.person_id order by d.recorded_at desc, d.id desc limit 1), 'minimal') as detail,
        (select s.name from territory.service s where s.id = t.holder_org and s.kind = 'dac') as organisation
      from taken t left join agenda.occurrence o on o.id = t.occurrence_id left join agenda.appointment a on a.id = o.appointment_id`.execute(tx)
  ).rows[0]
}

export interface Outcome {
  readonly state: 'to_send' | 'sent' | 'cancelled' | 'waiting_identity' | 'failed'
  readonly problem: string | null
  readonly digest: string | null
  readonly nextAttemptAt: Date
  readonly at: Date
}

/** Writes what came of it; what changed here meanwhile is due again at once. Tells the open screens. */
export async function concludeLine(tx: Tx, line: TakenLine, outcome: Outcome): Promise<void> {
  await sql`update agenda.health_space_line set state = case when print = ${line.print} then ${outcome.state} else 'to_send' end,
      next_attempt_at = case when print = ${line.print} then ${outcome.nextAttemptAt}::timestamptz else ${outcome.at} end,
      problem = ${outcome.problem}, sent_digest = ${outcome.digest}, settled_at = ${outcome.at} where occurrence_id = ${line.occurrenceId}`.execute(tx)
  await sql`insert into platform.event_inbox (id, type, person_id, volet, payload)
    values (${newId()}, 'agenda.healthSpace.answered', ${line.personId}, ${line.volet}, ${JSON.stringify({ personId: line.personId, state: outcome.state })}::jsonb)`.execute(
    tx,
  )
}
