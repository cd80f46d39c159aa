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

/** The lines that these sources left in her Fil, of the actor's own service, say that they were a mistake and are shared no more. Gives how many. */
export async function markMistakenLines(tx: Tx, personId: PersonId, sourceIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ marked: number }>`select persons.mark_mistaken(${personId}, ${[...sourceIds]}::uuid[]) as marked`.execute(tx)
  return rows[0]?.marked ?? 0
}

/** `position` is the instant to the microsecond, for the cursor. */
export type TimelineLine = Omit<TimelineRow, 'holderOrg' | 'at'> & { readonly at: string; readonly position: string }

export interface TimelineFilter {
  readonly kinds: readonly string[]
  readonly volet: Volet | null
  /** Instant and id of the last line seen. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Lines of the Fil, the last first, of the person and of whoever was merged with her; one more than asked tells that there are others. */
export async function selectTimeline(tx: Tx, personId: PersonId, { kinds, volet, after, limit }: TimelineFilter): Promise<readonly TimelineLine[]> {
  const conditions = [
    sql`t.person_id = any (persons.identity_set(${personId}))`,
    kinds.length > 0 ? sql`t.kind = any (${[...kinds]}::text[])` : sql`true`,
    volet === null ? sql`true` : sql`t.volet = ${volet}`,
    after === null ? sql`true` : sql`(t.at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
  ]
  const { rows } =
    await sql<TimelineLine>`select t.id, t.person_id as "personId", t.at, t.kind, t.title, t.summary, t.author_id as "authorId", t.author_name as "authorName",
      t.author_function as "authorFunction", t.source, t.source_id as "sourceId", t.volet, t.protection, t.at::text as position
    from persons.timeline_item t where ${sql.join(conditions, sql` and `)} order by t.at desc, t.id desc limit ${limit + 1}`.execute(tx)
  return rows
}
