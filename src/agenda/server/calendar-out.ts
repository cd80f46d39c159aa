import { asJob } from '../../platform/server/as-job.ts'
import { asSystem } from '../../platform/server/db.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { CalendarFailure, OurEvent, Written } from '../contract/calendar-links.ts'
import { appointmentKinds } from '../contract/value-sets.ts'
import { type CopyRow, copyOf, dueCopies, reconcileCopies, writeCopy } from './calendar-copy.sql.ts'
import { hearOfOurs } from './calendar-in.ts'
import { goneFrom, isFailure, type LinkAtWork } from './link-at-work.ts'

/** Sends what is due, one by one. Stops at the first failure of the calendar itself; what one event is refused leaves the others go on. */
export async function sendOut(work: LinkAtWork): Promise<CalendarFailure | null> {
  const { db, link, clock } = work
  const due = await asSystem(db, 'what changed for a calendar outside', async (tx) => {
    await reconcileCopies(tx, link, clock())
    return dueCopies(tx, link.id)
  })
  for (const copy of due) {
    await work.hold()
    const failure = await (copy.wish === 'keep' ? put(work, copy) : takeBack(work, copy))
    if (failure !== null && (failure.failed === 'down' || failure.failed === 'revoked')) return failure
  }
  return null
}

const hoursOf = ({ startsAt, endsAt }: Pick<CopyRow, 'startsAt' | 'endsAt'>): string => `${new Date(startsAt).toISOString()}/${new Date(endsAt).toISOString()}`

/** Hours and « RDV Jalon », or the kind: never a person, a place or a word. */
function eventOf({ link }: LinkAtWork, copy: CopyRow): OurEvent {
  const { occurrenceId, generation } = copy
  const title = link.detail === 'kind' && copy.kind !== null ? labelOf(appointmentKinds, copy.kind) : 'RDV Jalon'
  return { occurrenceId, generation, startsAt: new Date(copy.startsAt).toISOString(), endsAt: new Date(copy.endsAt).toISOString(), title }
}

/**
 * Writes one of ours there. That it is about to leave, and with which hours, is committed before: after a lost answer or a death, what stands there is read
 * first and compared with all that may have left, so that an echo is never taken for her change, nor her change for an echo.
 */
async function put(work: LinkAtWork, copy: CopyRow): Promise<CalendarFailure | null> {
  const { db, link, port, access, clock, timeZone } = work
  let current = copy
  if (copy.tried && (copy.outsideId === null || copy.unheard.length > 0)) {
    const found = await port.find(access, copy)
    if (isFailure(found)) return found
    if (found !== null) {
      current = await asJob(db, 'what stands of ours in a calendar outside', { now: clock(), timeZone }, async (context) => {
        const locked = (await copyOf(context.tx, link.id, { occurrenceId: copy.occurrenceId })) as CopyRow
        await hearOfOurs(context, link, locked, found)
        return (await copyOf(context.tx, link.id, { occurrenceId: copy.occurrenceId })) as CopyRow
      })
      if (current.state !== 'to_send') return null
    }
  }
  const event = eventOf(work, current)
  await asSystem(db, 'what is about to leave for a calendar', (tx) =>
    writeCopy(tx, link.id, copy.occurrenceId, { tried: true, unheard: [...new Set([...current.unheard, hoursOf(current)])] }),
  )
  let at: Written | null = current.outsideId === null || current.etag === null ? null : { id: current.outsideId, etag: current.etag }
  if (at === null) {
    const made = await port.create(access, event)
    if (isFailure(made)) return heardOtherwise(work, current, made)
    if (!made.unplaced) return keepWritten(work, current, made)
    // Its id is kept before it is put at its hours: from then on, what is no longer there was deleted.
    await asSystem(db, 'what a calendar made of ours', (tx) => writeCopy(tx, link.id, copy.occurrenceId, { outsideId: made.id, etag: made.etag }))
    at = made
  }
  const answer = await port.update(access, at, event)
  return isFailure(answer) ? heardOtherwise(work, current, answer) : keepWritten(work, current, answer)
}

async function keepWritten({ db, link }: LinkAtWork, copy: CopyRow, { id, etag }: Written): Promise<null> {
  await asSystem(db, 'what a calendar accepted', (tx) =>
    writeCopy(
      tx,
      link.id,
      copy.occurrenceId,
      { outsideId: id, etag, sentPrint: copy.print, sentStartsAt: copy.startsAt, sentEndsAt: copy.endsAt, unheard: [], state: 'sent' },
      copy.print,
    ),
  )
  return null
}

/** It changed there, or is gone, since we saw it: it is read at once, and compared at the next turn. */
async function heardOtherwise(work: LinkAtWork, copy: CopyRow, failure: CalendarFailure): Promise<CalendarFailure | null> {
  const { db, link, port, access, clock, timeZone } = work
  if (failure.failed === 'down' || failure.failed === 'revoked') return failure
  if (failure.failed === 'rejected') return null
  const found = await port.find(access, copy)
  if (isFailure(found)) return found
  const seen = found ?? (failure.failed === 'gone' && copy.outsideId !== null ? goneFrom(copy) : null)
  if (seen !== null)
    await asJob(db, 'what stands of ours in a calendar outside', { now: clock(), timeZone }, async (context) => {
      const locked = await copyOf(context.tx, link.id, { occurrenceId: copy.occurrenceId })
      if (locked !== undefined) await hearOfOurs(context, link, locked, seen)
    })
  return null
}

/** Takes one of ours back, whatever became of it there: the appointment is no longer hers. */
async function takeBack({ db, link, port, access }: LinkAtWork, copy: CopyRow): Promise<CalendarFailure | null> {
  for (let turn = 0; turn < 3; turn += 1) {
    const found = await port.find(access, copy)
    if (isFailure(found)) return found
    if (found !== null && !found.deleted) {
      const answer = await port.remove(access, found)
      if (answer !== 'removed' && answer.failed === 'changed') continue
      if (answer !== 'removed' && answer.failed !== 'gone') return answer
    }
    await asSystem(db, 'what a calendar took back', (tx) =>
      writeCopy(tx, link.id, copy.occurrenceId, { state: 'removed', etag: null, unheard: [] }, copy.print),
    )
    return null
  }
  return null
}
