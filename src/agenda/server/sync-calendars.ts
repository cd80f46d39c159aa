import { dayOf } from '../../platform/contract/dates.ts'
import { asJob } from '../../platform/server/as-job.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { CalendarFailure, CalendarPort, CalendarTokens, OutsideEvent } from '../contract/calendar-links.ts'
import { copiesThere, windowDays } from './calendar-copy.sql.ts'
import { takeIn, takeInWhole } from './calendar-in.ts'
import { holdLink, keepCursor, keepSecrets, releaseLink, type TakenLink, takeLink } from './calendar-link.sql.ts'
import { sendOut } from './calendar-out.ts'
import { about, type CalendarSync, goneFrom, isFailure, type LinkAtWork } from './link-at-work.ts'

const day = 86_400_000
/** Minutes until the next look, and before each further attempt when a calendar does not answer. */
const pace = 2
const retryMinutes = [1, 5, 15, 60]
/** The window of a cursor does not move: everything is read anew after so many days. */
const wholeEveryDays = 7

/** Looks at every calendar that is due: what changed there comes in, then what changed here goes out. Gives how many were looked at. */
export async function syncCalendars(sync: CalendarSync): Promise<number> {
  const { db, ports, clock, timeZone } = sync
  let looked = 0
  for (;;) {
    const now = clock()
    const link = await asSystem(db, 'a calendar outside to look at', (tx) =>
      takeLink(
        tx,
        now,
        dayOf(now, timeZone),
        ports.map(({ provider }) => provider),
      ),
    )
    if (link === undefined) return looked
    looked += 1
    try {
      await lookAt(sync, link)
    } catch (error) {
      // One calendar that cannot be read must not keep the others waiting: it is tried again later, and its owner is told.
      sync.log?.error({ err: error, linkId: link.id }, 'a calendar outside could not be read')
      await releaseAfter(sync, link, { state: null, minutes: retryAfter(link), attempts: link.attempts + 1, problem: 'fault' })
    }
  }
}

const retryAfter = ({ attempts }: TakenLink): number => retryMinutes[Math.min(attempts, retryMinutes.length - 1)] as number

interface Outcome {
  readonly state: Parameters<typeof releaseLink>[2]['state']
  readonly minutes: number
  readonly attempts: number
  readonly problem: string | null
  readonly synced?: boolean
}

function releaseAfter({ db, clock }: CalendarSync, link: TakenLink, { state, minutes, attempts, problem, synced = false }: Outcome): Promise<void> {
  return asSystem(db, 'a calendar outside was looked at', (tx) => {
    const at = clock()
    return releaseLink(tx, link.id, { state, nextAt: new Date(at.getTime() + minutes * 60_000), attempts, problem, synced: synced ? at : null, at })
  })
}

async function lookAt(sync: CalendarSync, link: TakenLink): Promise<void> {
  const { db, clock, seal } = sync
  const port = sync.ports.find(({ provider }) => provider === link.provider) as CalendarPort
  const hold = (): Promise<void> => asSystem(db, 'a calendar outside is still being read', (tx) => holdLink(tx, link.id, clock()))
  const release = (outcome: Outcome): Promise<void> => releaseAfter(sync, link, outcome)
  const tokens = await freshTokens(sync, link, port)
  if (isFailure(tokens)) return giveUpOrRetry(tokens)
  const atWork: LinkAtWork = { ...sync, link, port, access: tokens.access, hold }
  const failure = link.stands && link.state === 'open' ? ((await readIn(atWork)) ?? (await sendOut(atWork))) : await sendOut(atWork)
  if (failure !== null) return giveUpOrRetry(failure)
  if (link.state === 'open' && link.stands) return release({ state: null, minutes: pace, attempts: 0, problem: null, synced: true })
  await emptyOf(sync, link)
  return release({ state: 'closed', minutes: 0, attempts: 0, problem: null })

  async function giveUpOrRetry(failure: CalendarFailure): Promise<void> {
    if (failure.failed === 'revoked') {
      // Nothing can be read nor taken back there any more: what came in goes, its owner is told on her screen.
      if (link.state === 'closing' || !link.stands) {
        await emptyOf(sync, link)
        return release({ state: 'closed', minutes: 0, attempts: 0, problem: null })
      }
      return release({ state: 'broken', minutes: 0, attempts: 0, problem: 'revoked' })
    }
    return release({ state: null, minutes: retryAfter(link), attempts: link.attempts + 1, problem: 'down' })
  }

  async function freshTokens(of: CalendarSync, taken: TakenLink, through: CalendarPort): Promise<CalendarTokens | CalendarFailure> {
    const text = taken.secrets === null ? null : seal.open(taken.secrets, about(taken))
    if (text === null) return { failed: 'revoked' }
    const kept = JSON.parse(text) as CalendarTokens
    if (Date.parse(kept.expiresAt) > clock().getTime() + 60_000) return kept
    const renewed = await through.refresh(kept)
    if (isFailure(renewed)) return renewed
    await asSystem(of.db, 'a renewed key of a calendar', (tx) => keepSecrets(tx, taken.id, seal.close(JSON.stringify(renewed), about(taken))))
    return renewed
  }
}

async function emptyOf({ db, clock, timeZone }: CalendarSync, link: TakenLink): Promise<void> {
  await asJob(db, 'a calendar outside is no longer linked', { now: clock(), timeZone }, (context) => takeInWhole(context, link, []))
}

/** Reads what changed there, page by page; the cursor is kept with what its page changed, so that each change is taken in once. */
async function readIn(work: LinkAtWork): Promise<CalendarFailure | null> {
  const { db, link, port, seal, clock, timeZone, access, hold } = work
  const now = clock()
  const stale = link.readWholeAt === null || now.getTime() - Date.parse(link.readWholeAt) > wholeEveryDays * day
  const kept = link.cursor === null || stale ? null : seal.open(link.cursor, about(link))
  const window = { from: new Date(now.getTime() - windowDays.back * day).toISOString(), to: new Date(now.getTime() + windowDays.ahead * day).toISOString() }
  const time = { now, timeZone }
  const sealed = (cursor: string): Buffer => seal.close(cursor, about(link))
  let since = kept
  const all: OutsideEvent[] = []
  for (;;) {
    const page = await port.changes(access, since, window)
    if (isFailure(page)) {
      if (page.failed !== 'cursor_gone' || kept === null) return page.failed === 'cursor_gone' ? { failed: 'down' } : page
      await asSystem(db, 'a cursor of a calendar is too old', (tx) => keepCursor(tx, link.id, null, null))
      return readIn({ ...work, link: { ...link, cursor: null, readWholeAt: null } })
    }
    await hold()
    since = page.cursor
    if (kept === null) all.push(...page.events)
    else
      await asJob(db, 'what changed in a calendar outside', time, async (context) => {
        await takeIn(context, link, page.events)
        await keepCursor(context.tx, link.id, sealed(page.cursor), null)
      })
    if (!page.more) break
  }
  // Read whole: applied at once at its end, so that what is no longer there is known. Of ours, each that was not met is asked for by its number.
  if (kept === null) {
    const missing = await askMissing(work, new Set(all.map(({ id }) => id)))
    if (isFailure(missing)) return missing
    all.push(...missing)
    await asJob(db, 'the whole of a calendar outside', time, async (context) => {
      await takeInWhole(context, link, all)
      await keepCursor(context.tx, link.id, sealed(since as string), now)
    })
  }
  return null
}

async function askMissing({ db, link, port, access, hold }: LinkAtWork, met: ReadonlySet<string>): Promise<readonly OutsideEvent[] | CalendarFailure> {
  const found: OutsideEvent[] = []
  for (const copy of await asSystem(db, 'ours that a calendar did not show', (tx) => copiesThere(tx, link.id))) {
    if (met.has(String(copy.outsideId))) continue
    await hold()
    const event = await port.find(access, copy)
    if (isFailure(event)) return event
    found.push(event ?? goneFrom(copy))
  }
  return found
}
