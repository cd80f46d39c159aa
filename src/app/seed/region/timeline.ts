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
  flush(): Promise<void>
}

/** Nothing enters it later than `now`. */
export function timelineOf(bulk: Bulk, random: Random, now: Date): Timeline {
  let waiting: Row[] = []
  return {
    add: ({ personId, holderOrg, at: told, kind, title, summary = null, author, source, sourceId, volet, isPrivate = false }) => {
      const at = told > now ? now : told
      waiting.push({
        id: random.idAt(at), person_id: personId, at, kind, title, summary, author_id: author.id, author_name: author.name, author_function: author.presentedAs, source, source_id: sourceId, volet, holder_org: holderOrg,
        protection: isPrivate ? 'org_private' : 'shared', recorded_at: at,
      })
    },
    flush: async () => {
      const rows = waiting
      waiting = []
      await bulk.write('persons.timeline_item', rows)
    },
  }
}
