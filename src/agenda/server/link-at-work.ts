import type { Actor } from '../../platform/contract/actor.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import type { CalendarFailure, CalendarPort, CalendarSeal, OutsideEvent } from '../contract/calendar-links.ts'
import type { CopyRow } from './calendar-copy.sql.ts'
import type { TakenLink } from './calendar-link.sql.ts'

export interface CalendarSync {
  readonly db: Database
  readonly ports: readonly CalendarPort[]
  readonly seal: CalendarSeal
  readonly clock: () => Date
  readonly timeZone: string
  readonly log?: Log
}

/** A link at work: its port, its key of the moment, and how long it holds the calendar. */
export interface LinkAtWork extends CalendarSync {
  readonly link: TakenLink
  readonly port: CalendarPort
  readonly access: string
  readonly hold: () => Promise<void>
}

export const isFailure = (answer: unknown): answer is CalendarFailure => typeof answer === 'object' && answer !== null && 'failed' in answer

/** What its secrets are sealed for: this link of this user, and nothing else. */
export const about = ({ id, userId }: Pick<TakenLink, 'id' | 'userId'>): string => `calendar ${id} of ${userId}`

/** Whose hand moves in what a calendar brings in: its owner’s, for her own moments alone. */
export function ownerOf(link: TakenLink): Pick<Actor, 'userId' | 'displayName' | 'serviceId'> {
  return { userId: link.userId, displayName: link.userName, serviceId: link.serviceId }
}

/** One of ours that is no longer there, as its deletion would have been told. */
export const goneFrom = (copy: CopyRow): OutsideEvent => ({
  id: String(copy.outsideId),
  etag: '',
  ours: { occurrenceId: copy.occurrenceId, generation: copy.generation },
  deleted: true,
  free: false,
  startsAt: copy.startsAt,
  endsAt: copy.endsAt,
  allDay: false,
  title: '',
})
