import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface TimelineRow {
  readonly id: string
  readonly personId: PersonId
  readonly at: Date | string
  readonly kind: string
  readonly title: string
  readonly summary: string | null
  readonly authorId: string | null
  readonly authorName: string
  readonly authorFunction: string | null
  readonly source: string
  readonly sourceId: string
  readonly volet: Volet
  readonly holderOrg: string
  readonly protection: 'shared' | 'org_private'
}

export async function insertTimelineItem(tx: Tx, row: TimelineRow): Promise<void> {
  await sql`insert into persons.timeline_item (id, person_id, at, kind, title, summary, author_id, author_name, author_function, source, source_id, volet, holder_org, protection)
    values (${row.id}, ${row.personId}, ${row.at}, ${row.kind}, ${row.title}, ${row.summary}, ${row.authorId}, ${row.authorName}, ${row.authorFunction},
      ${row.source}, ${row.sourceId}, ${row.volet}, ${row.holderOrg}, ${row.protection})`.execute(tx)
}
