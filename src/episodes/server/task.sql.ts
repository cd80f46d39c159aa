import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId, TaskId } from '../contract/episode.ts'

export interface NewTask {
  readonly id: TaskId
  readonly personId: PersonId | null
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly title: string
  readonly details: string | null
  readonly assigneeId: UserId | null
  readonly dueOn: Day | null
  readonly dueTime: string | null
  readonly source: string | null
  readonly sourceId: string | null
  readonly step: string | null
  readonly volet: Volet
  readonly createdAt: Date
  readonly createdBy: UserId | null
}

/** Also used as the system by reactions to events: then created_by is null. */
export async function insertTask(tx: Tx, task: NewTask): Promise<void> {
  await sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, details, assignee_id, due_on, due_time, source, source_id, step, volet, created_at, created_by)
    values (${task.id}, ${task.personId}, ${task.episodeId}, ${task.holderOrg}, ${task.kind}, ${task.title}, ${task.details}, ${task.assigneeId}, ${task.dueOn}, ${task.dueTime},
      ${task.source}, ${task.sourceId}, ${task.step}, ${task.volet}, ${task.createdAt}, ${task.createdBy})`.execute(tx)
}
