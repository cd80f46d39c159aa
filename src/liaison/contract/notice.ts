import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { instantAt, minutesOf, nextOpening, type WorkingCalendar, workingDayAfter } from '../../territory/contract/working-time.ts'

export const noticeWays = ['email', 'sms', 'push'] as const
export type NoticeWay = (typeof noticeWays)[number]

export const noticePaces = ['at_once', 'hourly', 'daily'] as const
export type NoticePace = (typeof noticePaces)[number]

export interface QuietHours {
  /** Minutes since midnight; equal to `quietUntil`: none. */
  readonly quietFrom: number
  readonly quietUntil: number
}

/** Minutes left to see it on the screen before an e-mail or an SMS leaves. */
const patience = 5

/**
 * When a notice may leave: within the opening hours of the DAC (`calendar`; null for who does not work there), outside the quiet hours of the user, at her
 * pace: at once (a browser now; e-mail and SMS after a few minutes, in which it may be settled), gathered by the hour, or gathered at the next opening day.
 */
export function sendAfter(
  now: Date,
  way: NoticeWay,
  wish: QuietHours & { readonly pace: NoticePace },
  timeZone: string,
  calendar: WorkingCalendar | null,
): Date {
  const open = (at: Date): Date => (calendar === null ? at : nextOpening(at, calendar))
  const paced =
    wish.pace === 'at_once'
      ? new Date(open(now).getTime() + (way === 'push' ? 0 : patience * 60_000))
      : wish.pace === 'hourly'
        ? open(new Date((Math.floor(now.getTime() / 3_600_000) + 1) * 3_600_000))
        : nextMorning(now, timeZone, calendar)
  return outsideQuiet(paced, wish, timeZone)
}

/** The opening of the next day that is worked; 8 h 30 for who follows no calendar. */
function nextMorning(now: Date, timeZone: string, calendar: WorkingCalendar | null): Date {
  const tomorrow = addDays(dayOf(now, timeZone), 1)
  if (calendar === null) return instantAt(tomorrow, 510, timeZone)
  return nextOpening(instantAt(workingDayAfter(tomorrow, 0, calendar), 0, timeZone), calendar)
}

/** The end of the quiet hours for what falls in them; they may run over midnight. */
function outsideQuiet(at: Date, { quietFrom, quietUntil }: QuietHours, timeZone: string): Date {
  if (quietFrom === quietUntil) return at
  const minutes = minutesOf(at, timeZone)
  const day = dayOf(at, timeZone)
  const overnight = quietFrom > quietUntil
  const quiet = overnight ? minutes >= quietFrom || minutes < quietUntil : minutes >= quietFrom && minutes < quietUntil
  if (!quiet) return at
  return instantAt(overnight && minutes >= quietFrom ? addDays(day, 1) : day, quietUntil, timeZone)
}

/** The whole of what is written to a user: no person, no word of anything. `count` things wait at `url`. */
export function noticeWords(count: number): { readonly subject: string; readonly body: string } {
  const what = count > 1 ? `${count} événements vous attendent` : 'Un événement vous attend'
  return { subject: `Jalon : ${what.charAt(0).toLowerCase()}${what.slice(1)}`.replace(' :', '\u00a0:'), body: `${what} dans Jalon.` }
}

/** What carries notices to the outside. A capability gives it the words; it knows nothing of whom they are about. */
export interface NoticePort {
  /** The ways that this installation has. */
  readonly ways: readonly NoticeWay[]
  /** Carries a message once: `reference` names it for ever, so that a second try of the same is not a second message. */
  readonly send: (message: NoticeMessage) => Promise<NoticeAnswer>
}
export interface NoticeMessage {
  readonly reference: string
  readonly way: NoticeWay
  /** An address, a number, or the browsers of the user. */
  readonly to: string | readonly PushTarget[]
  readonly subject: string
  readonly body: string
}
export interface PushTarget {
  readonly id: string
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}
export type NoticeAnswer =
  | { readonly outcome: 'ok'; readonly gone?: readonly string[] }
  /** Never will: an address that does not exist, a browser that gave up its subscription. */
  | { readonly outcome: 'refused'; readonly because: string; readonly gone?: readonly string[] }
  | { readonly outcome: 'unreachable'; readonly because: string }
