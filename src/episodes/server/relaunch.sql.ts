import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { TaskId } from '../contract/episode.ts'

export interface LateTask {
  readonly id: TaskId
  readonly personId: PersonId | null
  readonly kind: string
  readonly dueOn: Day
  readonly volet: Volet
  readonly outside: boolean
  /** The step already taken for this term, when, and to whom. */
  readonly step: 'actor' | 'follower' | null
  readonly remindedOn: Day | null
  readonly remindedTo: UserId | null
  readonly assigneeId: UserId | null
  /** Whoever stands in for an absent assignee. */
  readonly substituteId: UserId | null
  readonly assigneeAway: boolean
  readonly referentId: UserId | null
  readonly referentAway: boolean
  readonly binomeId: UserId | null
  readonly binomeAway: boolean
}

/** Nothing is relaunched about the dead, a limited file, or an accompaniment that is closed. */
const concerned = sql`(t.person_id is null or (exists (select from persons.person p where p.person_id = t.person_id and p.deceased_on is null)
  and not persons.use_limited(t.person_id)
  and (f.referent_id is not null or not exists (select from episodes.episode e where e.person_id = t.person_id and e.holder_org = t.holder_org))))`

const follower = sql`left join lateral (select e.referent_id, e.binome_id from episodes.episode e where e.person_id = t.person_id and e.holder_org = t.holder_org and e.state <> 'closed' limit 1) f on true`

/** DACs that have something late: the job looks at nobody else. As the system. */
export async function servicesWithLateTasks(tx: Tx, today: Day): Promise<readonly ServiceId[]> {
  return (
    await sql<{ id: ServiceId }>`select s.id from territory.service s where s.kind = 'dac'
      and exists (select from episodes.task t where t.holder_org = s.id and t.state = 'open' and t.due_on < ${today}) order by s.id`.execute(tx)
  ).rows.map(({ id }) => id)
}

/** The late tasks of a service whose last step is not taken, the oldest term first, after a place; held, so that two processes never relaunch one twice. */
export async function holdLateTasks(
  tx: Tx,
  service: ServiceId,
  today: Day,
  now: Date,
  after: { readonly dueOn: Day; readonly id: TaskId } | null,
  limit: number,
): Promise<readonly LateTask[]> {
  const { rows } = await sql<LateTask>`select t.id, t.person_id as "personId", t.kind, t.due_on as "dueOn", t.volet, t.outside_name is not null as outside,
      case when t.reminded_for = t.due_on then t.reminded_step end as step, case when t.reminded_for = t.due_on then t.reminded_on end as "remindedOn",
      case when t.reminded_for = t.due_on then t.reminded_to end as "remindedTo", t.assignee_id as "assigneeId",
      case when t.assignee_id is not null then territory.substitute(t.assignee_id, ${now}) end as "substituteId",
      coalesce(territory.absent(t.assignee_id, ${now}), true) as "assigneeAway", f.referent_id as "referentId",
      coalesce(territory.absent(f.referent_id, ${now}), true) as "referentAway", f.binome_id as "binomeId", coalesce(territory.absent(f.binome_id, ${now}), true) as "binomeAway"
    from episodes.task t ${follower}
    where t.holder_org = ${service} and t.state = 'open' and t.due_on < ${today} and (t.reminded_for is distinct from t.due_on or t.reminded_step = 'actor')
      and ${concerned} ${after === null ? sql`` : sql`and (t.due_on, t.id) > (${after.dueOn}::date, ${after.id}::uuid)`}
    order by t.due_on, t.id limit ${limit} for update of t skip locked`.execute(tx)
  return rows
}

export async function markRelaunched(
  tx: Tx,
  id: TaskId,
  done: { readonly step: 'actor' | 'follower'; readonly on: Day; readonly for: Day; readonly to: UserId | null },
): Promise<void> {
  await sql`update episodes.task set reminded_step = ${done.step}, reminded_on = ${done.on}, reminded_for = ${done.for}, reminded_to = ${done.to} where id = ${id}`.execute(
    tx,
  )
}

/** Late tasks of the actor's own service, as she sees them, for a preview. */
export async function selectLate(
  tx: Tx,
  service: ServiceId,
  today: Day,
): Promise<readonly { readonly kind: string; readonly dueOn: Day; readonly outside: boolean }[]> {
  return (
    await sql<{
      kind: string
      dueOn: Day
      outside: boolean
    }>`select t.kind, t.due_on as "dueOn", t.outside_name is not null as outside from episodes.task t where t.holder_org = ${service} and t.state = 'open' and t.due_on < ${today}
      order by t.due_on limit 5000`.execute(tx)
  ).rows
}
