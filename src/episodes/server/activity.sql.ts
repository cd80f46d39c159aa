import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ActivityId, EpisodeId } from '../contract/episode.ts'

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
