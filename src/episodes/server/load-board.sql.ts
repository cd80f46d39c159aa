import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { HandoverProposalId, handoversForMe, loadBoard } from '../contract/load-board.ts'

/** A colleague as she is called; an account that is no longer there leaves the line readable. */
const name = (column: string) =>
  sql<string>`coalesce((select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)}), 'Ancien collègue')`
const proposalJson = sql`jsonb_build_object('id', h.id, 'episodeId', h.episode_id, 'fromUserId', h.from_user_id, 'fromName', ${name('h.from_user_id')}, 'toUserId', h.to_user_id,
  'toName', ${name('h.to_user_id')}, 'reason', h.reason, 'words', h.words, 'handoverUntil', h.handover_until, 'proposedByName', h.proposed_by_name, 'proposedAt', h.proposed_at)`

/** Live files of a service, keyed by it; in one statement. */
export async function selectBoard(tx: Tx, service: ServiceId, today: Day): Promise<OutputOf<typeof loadBoard>['files']> {
  const { rows } = await sql<OutputOf<typeof loadBoard>['files'][number]>`with files as materialized (
      select e.* from episodes.episode e where e.holder_org = ${service} and e.state <> 'closed' order by e.referent_id limit 1200),
    late as materialized (select t.person_id, count(*)::int as n from episodes.task t where t.holder_org = ${service} and t.state = 'open' and t.due_on < ${today}
      and t.person_id in (select f.person_id from files f) group by t.person_id)
    select e.id as "episodeId", ${personNameJson('e.person_id')} as person, e.referent_id as "referentId", e.level, e.state, e.last_contact_at as "lastContactAt", coalesce(late.n, 0) as "lateTasks",
      (select ${proposalJson} from episodes.handover_proposal h where h.episode_id = e.id and h.state = 'waiting' order by h.proposed_at desc limit 1) as proposal
    from files e left join late on late.person_id = e.person_id
    order by e.state desc, case e.level when 'intensive' then 0 when 'sustained' then 1 else 2 end, e.last_contact_at nulls first, e.id`.execute(tx)
  return rows.filter(({ person }) => person !== null)
}

/** Starts from what names me. */
export async function selectForMe(tx: Tx, userId: UserId): Promise<OutputOf<typeof handoversForMe>['rows']> {
  const { rows } = await sql<OutputOf<typeof handoversForMe>['rows'][number]>`with mine as materialized (
      select h.* from episodes.handover_proposal h where h.to_user_id = ${userId} and h.state = 'waiting')
    select h.id, h.episode_id as "episodeId", h.from_user_id as "fromUserId", ${name('h.from_user_id')} as "fromName", h.to_user_id as "toUserId", ${name('h.to_user_id')} as "toName",
      h.reason, h.words, h.handover_until as "handoverUntil", h.proposed_by_name as "proposedByName", h.proposed_at as "proposedAt", h.holder_org as "holderOrg",
      ${personNameJson('h.person_id')} as person, e.level
    from mine h join episodes.episode e on e.id = h.episode_id and e.state <> 'closed' order by h.proposed_at, h.id limit 100`.execute(tx)
  return rows.filter(({ person }) => person !== null)
}

export interface ProposalRow {
  readonly id: HandoverProposalId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly episodeId: EpisodeId
  readonly referentId: UserId
  readonly fromUserId: UserId
  readonly toUserId: UserId
  readonly proposedBy: UserId
  readonly reason: string
  readonly handoverUntil: Day | null
  readonly state: 'waiting' | 'accepted' | 'declined' | 'withdrawn'
}

export async function lockProposal(tx: Tx, id: HandoverProposalId): Promise<ProposalRow | undefined> {
  return (
    await sql<ProposalRow>`select h.id, h.person_id as "personId", h.holder_org as "holderOrg", h.episode_id as "episodeId", e.referent_id as "referentId", h.from_user_id as "fromUserId",
        h.to_user_id as "toUserId", h.proposed_by as "proposedBy", h.reason, h.handover_until as "handoverUntil", h.state
      from episodes.handover_proposal h join episodes.episode e on e.id = h.episode_id where h.id = ${id} for update of h`.execute(tx)
  ).rows[0]
}

export interface NewProposal {
  readonly id: HandoverProposalId
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly fromUserId: UserId
  readonly toUserId: UserId
  readonly reason: string
  readonly words: string | null
  readonly handoverUntil: Day | null
  readonly at: Date
  readonly by: UserId
  readonly byName: string
  readonly holderOrg: ServiceId
}

/** The last word counts: what was proposed before for this file, and waits, is withdrawn. */
export async function insertProposal(tx: Tx, p: NewProposal): Promise<void> {
  await sql`update episodes.handover_proposal set state = 'withdrawn', answered_at = ${p.at} where episode_id = ${p.episodeId} and state = 'waiting'`.execute(
    tx,
  )
  await sql`insert into episodes.handover_proposal (id, person_id, episode_id, from_user_id, to_user_id, reason, words, handover_until, proposed_at, proposed_by, proposed_by_name, holder_org)
    values (${p.id}, ${p.personId}, ${p.episodeId}, ${p.fromUserId}, ${p.toUserId}, ${p.reason}, ${p.words}, ${p.handoverUntil}, ${p.at}, ${p.by}, ${p.byName}, ${p.holderOrg})`.execute(
    tx,
  )
}

export async function settleProposal(
  tx: Tx,
  id: HandoverProposalId,
  state: 'accepted' | 'declined' | 'withdrawn',
  words: string | null,
  at: Date,
): Promise<void> {
  await sql`update episodes.handover_proposal set state = ${state}, answered_at = ${at}, answer_words = ${words} where id = ${id}`.execute(tx)
}
