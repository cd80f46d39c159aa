import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/contract/dates.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'

export interface WhoStandsIn {
  readonly userId: UserId
  readonly service: ServiceId
  /** Leads a team: what nobody else receives comes to her. */
  readonly leads: boolean
  readonly now: Date
  readonly today: Day
  readonly timeZone: string
}

/**
 * The open tasks of colleagues who are away now and that fall due before they are back, for whoever stands in: the colleague whom the absent one named,
 * else the référent of the file, else its binôme, else those who lead the team; as alerts go. Nothing is moved: what is left is hers again when she is back.
 * `taskJson` reads a task under the alias `t`.
 */
export function stoodInJson(taskJson: RawBuilder<unknown>, { userId, service, leads, now, today, timeZone }: WhoStandsIn): RawBuilder<unknown> {
  return sql`coalesce((select jsonb_agg(${taskJson} || jsonb_build_object('awayUntil', t.until) order by t.due_on, t.due_time nulls last, t.created_at) from (
    select task.*, away.until from (
        select a.user_id, max(a.ends_at) as until, territory.substitute(a.user_id, ${now}) as substitute_id from territory.absence a
        where a.service_id = ${service} and a.cancelled_at is null and a.starts_at <= ${now} and a.ends_at > ${now} and a.user_id <> ${userId} group by a.user_id) away
      join episodes.task on task.assignee_id = away.user_id and task.state = 'open' and task.holder_org = ${service}
        and task.due_on <= greatest(${today}::date, ((away.until at time zone ${timeZone}) - interval '1 second')::date)
      left join lateral (select e.referent_id, e.binome_id from episodes.episode e where e.person_id = task.person_id and e.holder_org = task.holder_org and e.state <> 'closed' limit 1) f on true
    where case when away.substitute_id is not null then away.substitute_id = ${userId}
      when f.referent_id is not null and not territory.absent(f.referent_id, ${now}) then f.referent_id = ${userId}
      when f.binome_id is not null and not territory.absent(f.binome_id, ${now}) then f.binome_id = ${userId}
      else ${leads} end
    order by task.due_on, task.due_time nulls last, task.created_at limit 40) t), '[]')`
}
