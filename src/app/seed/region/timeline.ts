import type { Bulk, Row } from './bulk.ts'
import type { Random } from './random.ts'
import type { SeededUser } from './staff.ts'

/** A line of the Fil, as the act behind it would have written it. */
export interface TimelineLine {
  readonly personId: string
  readonly holderOrg: string
  readonly at: Date
  readonly kind: string
  readonly title: string
  readonly summary?: string | null
  readonly author: Pick<SeededUser, 'id' | 'name' | 'presentedAs'>
  readonly source: string
  readonly sourceId: string
  readonly volet: 'administrative' | 'social' | 'health'
  readonly isPrivate?: boolean
}

/** Keeps the lines of a stage, then writes them: what they are about must be there first. */
export interface Timeline {
  add(line: TimelineLine): void
  /** Writes the lines that were read long ago; those of the last two days wait for the end. */
  flush(): Promise<void>
  /** Writes those of the last two days: everyone concerned finds them unread. */
  end(): Promise<void>
}

const unreadFor = 2 * 86_400_000

/** Nothing enters it later than `now`. */
export function timelineOf(bulk: Bulk, random: Random, now: Date): Timeline {
  let waiting: Row[] = []
  const recent: Row[] = []
  return {
    add: ({ personId, holderOrg, at: told, kind, title, summary = null, author, source, sourceId, volet, isPrivate = false }) => {
      const at = told > now ? now : told
      const stage = now.getTime() - at.getTime() < unreadFor ? recent : waiting
      stage.push({
        id: random.idAt(at),
        person_id: personId,
        at,
        kind,
        title,
        summary,
        author_id: author.id,
        author_name: author.name,
        author_function: author.presentedAs,
        source,
        source_id: sourceId,
        volet,
        holder_org: holderOrg,
        protection: isPrivate ? 'org_private' : 'shared',
        recorded_at: at,
      })
    },
    flush: async () => {
      const rows = waiting
      waiting = []
      await bulk.write('persons.timeline_item', rows)
    },
    end: async () => {
      await bulk.write('persons.timeline_item', recent.splice(0))
    },
  }
}
