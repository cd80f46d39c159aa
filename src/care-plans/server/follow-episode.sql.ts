import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'

export async function moveReferent(tx: Tx, episodeId: string, referentId: string): Promise<void> {
  await sql`update care_plans.plan set referent_id = ${referentId} where episode_id = ${episodeId}`.execute(tx)
}

/** What was being written stays, without a number: a reopening takes it up again. */
export async function closePlansOf(tx: Tx, episodeId: string): Promise<void> {
  await sql`update care_plans.plan set state = 'closed', closed_on = (select e.closed_on from episodes.episode e where e.id = care_plans.plan.episode_id), version = version + 1 where episode_id = ${episodeId} and state <> 'closed'`.execute(
    tx,
  )
}

/** The last plan of the accompaniment lives again, as it stood: validated, or being written. */
export async function reopenPlanOf(tx: Tx, episodeId: string): Promise<void> {
  await sql`update care_plans.plan p set state = case when p.draft_number is null then 'validated' else 'draft' end, closed_on = null, version = p.version + 1,
      referent_id = coalesce((select e.referent_id from episodes.episode e where e.id = p.episode_id), p.referent_id)
    where p.id = (select id from care_plans.plan where episode_id = ${episodeId} and state = 'closed' and (draft_number is not null or validated_number is not null) order by created_at desc limit 1)
      and not exists (select 1 from care_plans.plan o where o.person_id = p.person_id and o.holder_org = p.holder_org and o.state <> 'closed')`.execute(tx)
}
