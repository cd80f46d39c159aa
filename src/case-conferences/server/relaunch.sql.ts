import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { CaseDecisionId } from '../contract/conference.ts'

export const relaunchSource = 'case_conferences.relaunch'

export interface RelaunchRule {
  /** Days without an answer before the first; 0: never. */
  readonly afterDays: number
  readonly againAfterDays: number
  readonly for: 'animator' | 'referent'
}

/** The rule of the region. What it does not say relaunches nothing. */
export async function relaunchRule(tx: Tx): Promise<RelaunchRule> {
  const { rows } = await sql<{ value: Partial<RelaunchRule> | null }>`select value from platform.setting where key = 'case_conferences.relaunch'`.execute(tx)
  const { afterDays = 0, againAfterDays = 0, for: whom = 'animator' } = rows[0]?.value ?? {}
  return { afterDays, againAfterDays, for: whom }
}

export interface UnansweredDecision {
  readonly id: CaseDecisionId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly volet: Volet
  readonly words: string
  readonly actorName: string
  readonly dueOn: string | null
  readonly assigneeId: UserId
  readonly since: string
}

/** Of a meeting, or of all: decisions whose relaunch is still to do while nobody is waited for any more, or somebody else is. As the system. */
export async function selectPointlessRelaunches(tx: Tx, conferenceId: string | null): Promise<readonly CaseDecisionId[]> {
  const { rows } = await sql<{ id: CaseDecisionId }>`select d.id from episodes.task t join case_conferences.decision d on d.id = t.source_id
      join case_conferences.conference k on k.id = d.conference_id
    where t.source = ${relaunchSource} and t.state = 'open' and (${conferenceId}::uuid is null or d.conference_id = ${conferenceId}::uuid)
      and (d.removed_at is not null or d.plan_action_id is not null or d.task_id is not null or k.state = 'cancelled' or k.agreement = 'refused'
        or (d.answer is null and not starts_with(t.title, 'Relancer ' || left(d.actor_name, 120))))`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Decisions of meetings that were held and that wait for their actor: asked (by letter, or in the meeting) longer ago than the rule says, not relaunched since.
 * A task of a former relaunch that is still open is enough. Neither for the dead, nor against the person, nor of a file that is closed.
 */
export async function selectUnanswered(tx: Tx, rule: RelaunchRule, now: Date): Promise<readonly UnansweredDecision[]> {
  if (rule.afterDays <= 0) return []
  const { rows } = await sql<UnansweredDecision>`with told as (
      select d.*, greatest(platform.day_of(d.created_at), d.letter_on) as asked_on, e.referent_id, k.animator_id,
        (select max(platform.day_of(t.created_at)) from episodes.task t where t.source = ${relaunchSource} and t.source_id = d.id) as relaunched_on,
        exists (select from episodes.task t where t.source = ${relaunchSource} and t.source_id = d.id and t.state = 'open') as waiting
      from case_conferences.decision d
      join case_conferences.conference k on k.id = d.conference_id and k.state in ('held', 'signed') and k.agreement <> 'refused'
      join episodes.episode e on e.person_id = d.person_id and e.holder_org = d.holder_org and e.state <> 'closed'
      join persons.person p on p.person_id = d.person_id and p.deceased_on is null
      where d.answer is null and d.removed_at is null and d.plan_action_id is null and d.task_id is null)
    select id, person_id as "personId", holder_org as "holderOrg", volet, words, actor_name as "actorName", due_on as "dueOn",
      case when ${rule.for} = 'referent' then referent_id else animator_id end as "assigneeId", asked_on as since
    from told where not waiting and asked_on <= platform.day_of(${now}::timestamptz) - ${rule.afterDays}::int
      and (relaunched_on is null or (${rule.againAfterDays}::int > 0 and relaunched_on <= platform.day_of(${now}::timestamptz) - ${rule.againAfterDays}::int))
    order by asked_on, id limit 500`.execute(tx)
  return rows
}
