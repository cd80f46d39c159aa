import { z } from 'zod'
import { allowedIf, defineAction, defineQuery, type Verdict } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type UserId } from '../../platform/contract/ids.ts'
import { hasCalendar } from './access.ts'
import type { OccurrenceId } from './appointment.ts'
import { feedDetails } from './calendars.ts'

export type CalendarLinkId = Branded<'CalendarLinkId'>

export const calendarProviders = ['microsoft', 'google'] as const
export type CalendarProvider = (typeof calendarProviders)[number]
export const calendarProviderLabels: Readonly<Record<CalendarProvider, string>> = { microsoft: 'Outlook', google: 'Google Agenda' }

/** What comes in of one's own events. */
export const incomings = ['busy', 'title'] as const
export const incomingLabels: Readonly<Record<(typeof incomings)[number], string>> = { busy: '« Occupé », et l’heure', title: 'Le titre aussi, pour vous seul' }

const own = { none: 'her own calendar, no accompanied person' } as const
const hers = (actor: Actor): Verdict => allowedIf(hasCalendar(actor).allowed && actor.serviceId !== null, 'Sans service, il n’y a pas d’agenda à soi.')
/** What the rule of a link looks at. */
export interface CalendarLinkTarget {
  readonly userId: UserId
}
const itsOwner = (actor: Actor, link: CalendarLinkTarget): Verdict => allowedIf(actor.userId === link.userId, 'Cet agenda est relié par quelqu’un d’autre.')

/** Keeps the link that the return from Microsoft or Google made; its secrets arrive sealed for this user and this link, and are of no use to anybody else. */
export const openCalendarLink = defineAction({
  name: 'agenda.calendarLink.open',
  title: 'Relier un agenda',
  input: z.object({
    id: idSchema<CalendarLinkId>(),
    provider: z.enum(calendarProviders),
    detail: z.enum(feedDetails).default('minimal'),
    incoming: z.enum(incomings).default('busy'),
    /** Base64. */
    secrets: z.base64().min(40).max(20_000),
  }),
  output: z.object({ id: idSchema<CalendarLinkId>() }),
  access: hers,
  audit: own,
})

export const changeCalendarLink = defineAction({
  name: 'agenda.calendarLink.change',
  title: 'Changer ce qui sort et ce qui entre',
  input: z.object({ id: idSchema<CalendarLinkId>(), detail: z.enum(feedDetails), incoming: z.enum(incomings) }),
  output: z.object({ id: idSchema<CalendarLinkId>() }),
  access: (actor, link: CalendarLinkTarget) => itsOwner(actor, link),
  audit: own,
})

/** What Jalon wrote there is taken back, what came in goes, then its secrets are forgotten. */
export const closeCalendarLink = defineAction({
  name: 'agenda.calendarLink.close',
  title: 'Ne plus relier',
  input: z.object({ id: idSchema<CalendarLinkId>() }),
  output: z.object({ id: idSchema<CalendarLinkId>() }),
  access: (actor, link: CalendarLinkTarget) => itsOwner(actor, link),
  audit: own,
})

/** An appointment that was changed there: Jalon's hour goes back there, or it is no longer shown there. To take the other hour, one moves the appointment. */
export const settleCalendarDifference = defineAction({
  name: 'agenda.calendarLink.settle',
  title: 'Dire quelle heure tient',
  input: z.object({ linkId: idSchema<CalendarLinkId>(), occurrenceId: idSchema<OccurrenceId>(), keep: z.enum(['jalon', 'hide']) }),
  output: z.object({ occurrenceId: idSchema<OccurrenceId>() }),
  access: (actor, link: CalendarLinkTarget) => itsOwner(actor, link),
  audit: own,
})

export const calendarLinks = defineQuery({
  name: 'agenda.calendarLinks',
  title: 'Mes agendas reliés',
  input: z.object({}),
  output: z.object({
    /** Those that this installation can link. */
    offered: z.array(z.enum(calendarProviders)),
    rows: z.array(
      z.object({
        id: idSchema<CalendarLinkId>(),
        provider: z.enum(calendarProviders),
        state: z.enum(['open', 'closing', 'broken']),
        detail: z.enum(feedDetails),
        incoming: z.enum(incomings),
        openedAt: z.string(),
        syncedAt: z.string().nullable(),
        problem: z.string().nullable(),
        shown: z.number().int(),
        differs: z.array(
          z.object({
            occurrenceId: idSchema<OccurrenceId>(),
            startsAt: z.string(),
            endsAt: z.string(),
            /** Null: it was deleted there. */
            theirStartsAt: z.string().nullable(),
            theirEndsAt: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
  access: hasCalendar,
  audit: own,
})

/** An event of a calendar outside, as both adapters read it. */
export interface OutsideEvent {
  readonly id: string
  readonly etag: string
  /** What we wrote in it when we made it; null: it is theirs. */
  readonly ours: { readonly occurrenceId: string; readonly generation: number } | null
  readonly deleted: boolean
  /** Free time, declined invitations: nothing to keep. */
  readonly free: boolean
  readonly startsAt: string
  readonly endsAt: string
  readonly allDay: boolean
  readonly title: string
  /** One of ours that was made and does not stand at its hours yet: its owner cannot have seen it. */
  readonly unplaced?: boolean
}

/** One of our moments, as it is written there. */
export interface OurEvent {
  readonly occurrenceId: string
  readonly generation: number
  readonly startsAt: string
  readonly endsAt: string
  readonly title: string
}

export interface CalendarTokens {
  readonly access: string
  readonly refresh: string
  readonly expiresAt: string
}

export type CalendarFailure =
  /** Its owner took her agreement back, or the key is no longer good: linked again, or never. */
  | { readonly failed: 'revoked' }
  | { readonly failed: 'down' }
  /** The cursor of changes is too old: everything is read anew. */
  | { readonly failed: 'cursor_gone' }
  /** It is no longer the version that we had seen. */
  | { readonly failed: 'changed' }
  | { readonly failed: 'gone' }
  /** One with this number exists already. */
  | { readonly failed: 'exists' }
  | { readonly failed: 'rejected' }

export interface PageOfChanges {
  readonly events: readonly OutsideEvent[]
  /** Where to go on from. */
  readonly cursor: string
  readonly more: boolean
}

export interface Written {
  readonly id: string
  readonly etag: string
  /** Made where nobody looks: it is put at its hours by an update, once its id is known here. */
  readonly unplaced?: boolean
}

/** A kind of calendar outside; the two adapters speak Microsoft Graph v1.0 and Google Calendar v3. None of these throws. */
export interface CalendarPort {
  readonly provider: CalendarProvider
  /** Where its owner agrees (OAuth 2.0 code with PKCE). */
  readonly authorizeUrl: (request: { readonly state: string; readonly challenge: string; readonly redirectUri: string }) => string
  readonly exchange: (request: { readonly code: string; readonly verifier: string; readonly redirectUri: string }) => Promise<CalendarTokens | CalendarFailure>
  readonly refresh: (tokens: CalendarTokens) => Promise<CalendarTokens | CalendarFailure>
  /** A page of changes since a cursor, or everything between two instants. */
  readonly changes: (access: string, since: string | null, window: { readonly from: string; readonly to: string }) => Promise<PageOfChanges | CalendarFailure>
  /** A calendar that forgets what was deleted makes it `unplaced`: else one that its owner deleted before the answer came could not be told from one that never was. */
  readonly create: (access: string, event: OurEvent) => Promise<Written | CalendarFailure>
  readonly update: (access: string, at: Written, event: OurEvent) => Promise<Written | CalendarFailure>
  readonly remove: (access: string, at: Written) => Promise<'removed' | CalendarFailure>
  /** The one that bears our number, if there is one. */
  readonly find: (access: string, event: Pick<OurEvent, 'occurrenceId' | 'generation'>) => Promise<OutsideEvent | null | CalendarFailure>
}

/** Seals and opens what must not be read in the database. */
export interface CalendarSeal {
  readonly close: (text: string, about: string) => Buffer
  readonly open: (sealed: Buffer, about: string) => string | null
}

export const calendarProblems: Readonly<Record<string, string>> = {
  revoked: 'L’accord donné à Jalon a expiré ou a été retiré : reliez-le à nouveau.',
  down: 'Cet agenda ne répond pas : Jalon essaie encore.',
  fault: 'Un rendez-vous de cet agenda n’a pas pu être lu : Jalon essaie encore. Si cela dure, reliez-le à nouveau.',
}
