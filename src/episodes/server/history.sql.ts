import { sql } from 'kysely'
import type { Day } from '../../platform/contract/dates.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { ProblemAxis } from '../contract/problem-volets.ts'
import { voletOfProblem } from '../contract/problem-volets.ts'

/** What every row of the history of an episode carries. */
export interface HistoryOf {
  readonly id: EpisodeId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
}

export type AssignmentRole = 'referent' | 'binome' | 'handing_over'

/** Ends the current level period the day before `startsOn`, or drops it when it began that same day, then begins the new one. */
export async function startLevel(tx: Tx, rowId: string, episode: HistoryOf, level: string, startsOn: Day, by: UserId, reason: string | null): Promise<void> {
  await sql`update episodes.level_period set ends_on = greatest(starts_on, ${startsOn}::date - 1) where episode_id = ${episode.id} and ends_on is null`.execute(
    tx,
  )
  await sql`insert into episodes.level_period (id, episode_id, person_id, holder_org, level, starts_on, reason, decided_by)
    values (${rowId}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${level}, ${startsOn}, ${reason}, ${by})`.execute(tx)
}

/** Gives a role to a user from a day on; `endsOn` is the last day, null without end. */
export async function assign(
  tx: Tx,
  rowId: string,
  episode: HistoryOf,
  role: AssignmentRole,
  userId: UserId,
  startsOn: Day,
  endsOn: Day | null,
  by: UserId,
  reason: string | null,
): Promise<void> {
  await sql`insert into episodes.assignment (id, episode_id, person_id, holder_org, role, user_id, starts_on, ends_on, decided_by, reason)
    values (${rowId}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${role}, ${userId}, ${startsOn}, ${endsOn}, ${by}, ${reason})`.execute(tx)
}

/** Ends the roles still running, on `lastDay`: all of them, or one. */
export async function endAssignments(tx: Tx, episodeId: EpisodeId, lastDay: Day, role: AssignmentRole | null): Promise<void> {
  await sql`update episodes.assignment set ends_on = greatest(starts_on, ${lastDay}::date)
    where episode_id = ${episodeId} and (ends_on is null or ends_on > ${lastDay}) ${role === null ? sql`` : sql`and role = ${role}`}`.execute(tx)
}

export async function insertGround(
  tx: Tx,
  rowId: string,
  episode: HistoryOf,
  codes: readonly string[],
  words: string | null,
  on: Day,
  by: UserId,
): Promise<void> {
  await sql`insert into episodes.ground (id, episode_id, person_id, holder_org, codes, words, decided_on, decided_by)
    values (${rowId}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${`{${codes.join(',')}}`}::text[], ${words}, ${on}, ${by})`.execute(tx)
}

export interface WantedProblem {
  readonly axis: ProblemAxis
  readonly code: string
  readonly principal: boolean
}

/** Brings the current problems of an episode to what is wanted: what left is ended on the day, what came begins, the rest stays. */
export async function replaceProblems(tx: Tx, newId: () => string, episode: HistoryOf, wanted: readonly WantedProblem[], on: Day, by: UserId): Promise<void> {
  const kept = JSON.stringify(wanted.map(({ axis, code, principal }) => ({ axis, code, principal })))
  await sql`update episodes.problem p set ends_on = ${on} where p.episode_id = ${episode.id} and p.ends_on is null
    and not exists (select 1 from jsonb_to_recordset(${kept}::jsonb) as w(axis text, code text, principal boolean) where w.axis = p.axis and w.code = p.code and w.principal = p.principal)`.execute(
    tx,
  )
  for (const one of wanted) {
    await sql`insert into episodes.problem (id, episode_id, person_id, holder_org, axis, code, principal, starts_on, recorded_by, volet)
      values (${newId()}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${one.axis}, ${one.code}, ${one.principal}, ${on}, ${by}, ${voletOfProblem(one.code)})
      on conflict (episode_id, axis, code) where ends_on is null do nothing`.execute(tx)
  }
}

export type CurrentProblem = WantedProblem

export async function currentProblems(tx: Tx, episodeId: EpisodeId): Promise<readonly CurrentProblem[]> {
  return (
    await sql<CurrentProblem>`select axis, code, principal from episodes.problem where episode_id = ${episodeId} and ends_on is null order by axis, principal desc, code`.execute(
      tx,
    )
  ).rows
}

export interface NewClosure {
  readonly reason: string
  readonly balance: string
  readonly objectives: string | null
  readonly relay: string | null
}

export async function insertClosure(tx: Tx, rowId: string, episode: HistoryOf, closure: NewClosure, on: Day, by: UserId): Promise<void> {
  await sql`insert into episodes.closure (id, episode_id, person_id, holder_org, closed_on, reason, balance, objectives, relay, closed_by)
    values (${rowId}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${on}, ${closure.reason}, ${closure.balance}, ${closure.objectives}, ${closure.relay}, ${by})`.execute(
    tx,
  )
}

/** Writes the reopening on the closure that it undoes. */
export async function markReopened(tx: Tx, episodeId: EpisodeId, reason: string, on: Day, by: UserId): Promise<void> {
  await sql`update episodes.closure set reopened_on = ${on}, reopening_reason = ${reason}, reopened_by = ${by} where episode_id = ${episodeId} and reopened_on is null`.execute(
    tx,
  )
}

/** Ends the level period still running on the last day of the episode. */
export async function endLevel(tx: Tx, episodeId: EpisodeId, lastDay: Day): Promise<void> {
  await sql`update episodes.level_period set ends_on = greatest(starts_on, ${lastDay}::date) where episode_id = ${episodeId} and ends_on is null`.execute(tx)
}

export async function endCriticalSequences(tx: Tx, episodeId: EpisodeId, on: Day, by: UserId): Promise<void> {
  await sql`update episodes.critical_sequence set ended_on = ${on}, ended_by = ${by}, version = version + 1 where episode_id = ${episodeId} and ended_on is null`.execute(
    tx,
  )
}
