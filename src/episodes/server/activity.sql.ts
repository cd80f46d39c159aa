import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ActivityId, CriticalSequenceId, EpisodeId } from '../contract/episode.ts'
import type { HistoryOf } from './history.sql.ts'

export interface NewActivity {
  readonly id: ActivityId
  readonly personId: PersonId
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly at: string
  readonly minutes: number | null
  readonly withWhom: string
  readonly reached: boolean
  readonly words: string | null
  readonly partner: string | null
  readonly cnoLevel: number
  readonly doneBy: UserId
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
}

export async function insertActivity(tx: Tx, row: NewActivity): Promise<void> {
  await sql`insert into episodes.activity (id, person_id, episode_id, holder_org, kind, at, minutes, with_whom, reached, words, partner, cno_level, done_by, volet, protection)
    values (${row.id}, ${row.personId}, ${row.episodeId}, ${row.holderOrg}, ${row.kind}, ${row.at}, ${row.minutes}, ${row.withWhom}, ${row.reached}, ${row.words}, ${row.partner},
      ${row.cnoLevel}, ${row.doneBy}, ${row.volet}, ${row.protection})`.execute(tx)
}

/** False when a sequence of that kind already runs. */
export async function insertCriticalSequence(tx: Tx, id: CriticalSequenceId, episode: HistoryOf, kind: string, startsOn: Day, by: UserId): Promise<boolean> {
  const { rows } = await sql`insert into episodes.critical_sequence (id, episode_id, person_id, holder_org, kind, starts_on, started_by)
    values (${id}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${kind}, ${startsOn}, ${by})
    on conflict (episode_id, kind) where ended_on is null do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface CriticalSequenceRow {
  readonly id: CriticalSequenceId
  readonly episodeId: EpisodeId
  readonly kind: string
  readonly endedOn: Day | null
}

export async function findCriticalSequence(tx: Tx, id: CriticalSequenceId): Promise<CriticalSequenceRow | undefined> {
  return (
    await sql<CriticalSequenceRow>`select id, episode_id as "episodeId", kind, ended_on as "endedOn" from episodes.critical_sequence where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function endCriticalSequenceRow(tx: Tx, id: CriticalSequenceId, on: Day, outcome: string | null, by: UserId): Promise<void> {
  await sql`update episodes.critical_sequence set ended_on = ${on}, outcome = ${outcome}, ended_by = ${by}, version = version + 1 where id = ${id}`.execute(tx)
}
