import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { activitiesOfPerson, counterparts } from '../contract/activities.ts'
import type { ActivityId, EpisodeId } from '../contract/episode.ts'

export interface NewActivity {
  readonly id: ActivityId
  readonly personId: PersonId
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly at: string
  readonly minutes: number | null
  readonly kilometres: number | null
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
  await sql`insert into episodes.activity (id, person_id, episode_id, holder_org, kind, at, minutes, kilometres, with_whom, reached, words, partner, cno_level, done_by, volet, protection)
    values (${row.id}, ${row.personId}, ${row.episodeId}, ${row.holderOrg}, ${row.kind}, ${row.at}, ${row.minutes}, ${row.kilometres}, ${row.withWhom}, ${row.reached}, ${row.words}, ${row.partner},
      ${row.cnoLevel}, ${row.doneBy}, ${row.volet}, ${row.protection})`.execute(tx)
}

export interface ActivityRow {
  readonly id: ActivityId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly at: string
  readonly minutes: number | null
  readonly kilometres: number | null
  readonly withWhom: (typeof counterparts)[number]
  readonly reached: boolean
  readonly partner: string | null
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
  readonly version: number
}

/** An activity as the actor sees it, locked; `at` as an input writes it. */
export async function lockActivity(tx: Tx, id: ActivityId): Promise<ActivityRow | undefined> {
  return (
    await sql<ActivityRow>`select id, person_id as "personId", holder_org as "holderOrg", kind, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, minutes,
      kilometres::float8 as kilometres, coalesce(with_whom, 'other') as "withWhom", reached, partner, volet, protection, version from episodes.activity where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0]
}

const columns: Readonly<Record<string, string>> = {
  kind: 'kind',
  at: 'at',
  minutes: 'minutes',
  kilometres: 'kilometres',
  withWhom: 'with_whom',
  reached: 'reached',
  partner: 'partner',
  cnoLevel: 'cno_level',
}

export async function updateActivity(
  tx: Tx,
  id: ActivityId,
  version: number,
  changes: Readonly<Record<string, unknown>>,
  by: { readonly at: Date; readonly name: string },
): Promise<void> {
  const set = Object.entries(changes).flatMap(([field, value]) => (columns[field] === undefined ? [] : [sql`${sql.id(columns[field])} = ${value}`]))
  await sql`update episodes.activity set ${sql.join([...set, sql`version = ${version}`, sql`corrected_at = ${by.at}`, sql`corrected_by_name = ${by.name}`])} where id = ${id}`.execute(
    tx,
  )
}

export async function selectActivities(tx: Tx, personId: PersonId, service: ServiceId): Promise<OutputOf<typeof activitiesOfPerson>['rows']> {
  return (
    await sql<OutputOf<typeof activitiesOfPerson>['rows'][number]>`select a.id, a.version, a.kind, a.at, a.minutes, a.kilometres::float8 as kilometres,
        coalesce(a.with_whom, 'other') as "withWhom", a.reached, a.partner, a.corrected_at as "correctedAt", a.corrected_by_name as "correctedByName", a.holder_org as "holderOrg",
        (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.done_by) as "doneByName"
      from episodes.activity a where a.person_id = any (persons.identity_set(${personId})) and a.holder_org = ${service} order by a.at desc, a.id desc limit 60`.execute(
      tx,
    )
  ).rows
}
