import { sql } from 'kysely'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId, EpisodeTarget } from '../contract/episode.ts'
import type { Level } from '../contract/value-sets.ts'

export interface EpisodeRow extends EpisodeTarget {
  readonly level: Level
  readonly levelSince: Day
  readonly openedOn: Day
  readonly wakeUpOn: Day | null
  readonly dormancyReason: string | null
  readonly closedOn: Day | null
  readonly closureReason: string | null
  readonly cnoLevel: number
  readonly version: number
}

const columns = sql`id, person_id as "personId", holder_org as "holderOrg", state, level, level_since as "levelSince", referent_id as "referentId",
  binome_id as "binomeId", opened_on as "openedOn", wake_up_on as "wakeUpOn", dormancy_reason as "dormancyReason", closed_on as "closedOn",
  closure_reason as "closureReason", cno_level as "cnoLevel", version`

/** The episode as the actor sees it; `lock` keeps it for the transaction. */
export async function findEpisode(tx: Tx, id: EpisodeId, { lock = false } = {}): Promise<EpisodeRow | undefined> {
  return (await sql<EpisodeRow>`select ${columns} from episodes.episode where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)).rows[0]
}

/** The accompaniment in progress (open or dormant) of a person in a DAC. */
export async function findLiveEpisode(tx: Tx, personId: PersonId, service: ServiceId | null): Promise<EpisodeRow | undefined> {
  return (
    await sql<EpisodeRow>`select ${columns} from episodes.episode
    where person_id = any ((select persons.identity_set(${personId}))::uuid[]) and state <> 'closed' ${service === null ? sql`` : sql`and holder_org = ${service}`}
    order by opened_on desc limit 1`.execute(tx)
  ).rows[0]
}

/** Whether a person is visible to the actor, and whether her death is recorded. */
export async function findPersonState(tx: Tx, personId: PersonId): Promise<{ readonly deceased: boolean } | undefined> {
  return (
    await sql<{
      deceased: boolean
    }>`select deceased_on is not null or death_recorded_at is not null as deceased from persons.person where person_id = ${personId}`.execute(tx)
  ).rows[0]
}

export interface NewEpisode {
  readonly id: EpisodeId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly level: Level
  readonly referentId: UserId
  readonly binomeId: UserId | null
  readonly openedOn: Day
  readonly requestId: string | null
  readonly createdBy: UserId
  readonly createdAt: Date
}

/** False when this person already has an accompaniment in progress in the service: the unique index decides between two at once. */
export async function insertEpisode(tx: Tx, row: NewEpisode): Promise<boolean> {
  const { rows } =
    await sql`insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, binome_id, opened_on, opened_from_request, created_at, created_by)
    values (${row.id}, ${row.personId}, ${row.holderOrg}, 'open', ${row.level}, ${row.openedOn}, ${row.referentId}, ${row.binomeId}, ${row.openedOn}, ${row.requestId}, ${row.createdAt}, ${row.createdBy})
    on conflict (person_id, holder_org) where state <> 'closed' do nothing returning id`.execute(tx)
  return rows.length === 1
}

/** Columns of an episode that actions change; always with the new version. */
export interface EpisodeChange {
  readonly state?: string
  readonly level?: string
  readonly level_since?: string
  readonly referent_id?: string
  readonly binome_id?: string | null
  readonly dormant_since?: string | null
  readonly wake_up_on?: string | null
  readonly dormancy_reason?: string | null
  readonly closed_on?: string | null
  readonly closure_reason?: string | null
}

export async function updateEpisode(tx: Tx, id: EpisodeId, version: number, change: EpisodeChange): Promise<void> {
  const assignments = Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  await sql`update episodes.episode set version = ${version}${assignments.length > 0 ? sql`, ${sql.join(assignments)}` : sql``} where id = ${id}`.execute(tx)
}

/** What a user follows as référent in a service, kept for the transaction in a stable order. */
export async function followedBy(tx: Tx, service: ServiceId, userId: UserId): Promise<readonly EpisodeRow[]> {
  return (
    await sql<EpisodeRow>`select ${columns} from episodes.episode where holder_org = ${service} and referent_id = ${userId} and state <> 'closed' order by id for update`.execute(
      tx,
    )
  ).rows
}

/** Whether another DAC also accompanies the person. */
export async function hasOtherLiveEpisode(tx: Tx, personId: PersonId, than: EpisodeId): Promise<boolean> {
  return (await sql`select 1 from episodes.episode where person_id = ${personId} and id <> ${than} and state <> 'closed' limit 1`.execute(tx)).rows.length > 0
}

/** Ends the sight of the whole circle; gives the parties that lost it. */
export async function endCircleSight(tx: Tx, personId: PersonId): Promise<readonly string[]> {
  return (await sql<{ touched: readonly string[] }>`select episodes.end_circle_sight(${personId}) as touched`.execute(tx)).rows[0]?.touched ?? []
}

/** A contact with the person or a relative moves the last contact of her accompaniments in the service, forward only. */
export async function moveLastContact(tx: Tx, personId: PersonId, service: ServiceId, at: Date | string): Promise<void> {
  await sql`update episodes.episode set last_contact_at = greatest(coalesce(last_contact_at, ${at}), ${at}) where person_id = ${personId} and holder_org = ${service} and state <> 'closed'`.execute(
    tx,
  )
}

/**
 * A contact of `at` was none, or was not then: the last contact of the accompaniments that it had moved is again what the other activities tell, none when
 * they tell nothing. One that something else gave (an import) stays. To the second: an activity is corrected so.
 */
export async function takeContactBack(tx: Tx, personId: PersonId, service: ServiceId, at: string): Promise<void> {
  await sql`update episodes.episode e set last_contact_at = (select max(a.at) from episodes.activity a where a.person_id = e.person_id and a.holder_org = e.holder_org
      and a.reached and a.with_whom in ('person', 'relative') and (a.episode_id = e.id or a.at >= e.created_at))
    where e.person_id = ${personId} and e.holder_org = ${service} and e.state <> 'closed' and date_trunc('second', e.last_contact_at) = ${at}`.execute(tx)
}
