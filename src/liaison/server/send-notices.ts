import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import { type NoticeAnswer, type NoticePort, noticeWords } from '../contract/notice.ts'
import { concludeSending, type DueSending, endDevices, gatherDue, holdSending } from './notice.sql.ts'

/** Minutes before each further attempt; beyond, the sending is given up: the user has the screen. */
const retryMinutes = [1, 5, 15, 60, 240]

export interface Sender {
  readonly db: Database
  readonly port: NoticePort
  readonly clock: () => Date
  readonly log?: Log
}

/**
 * Gathers the notices that are due, then carries each sending, one transaction each, held while it travels: a process that dies leaves it free, and it
 * leaves again under the same reference, by which whoever carries it knows that it is the same. Gives how many left.
 */
export async function sendNotices({ db, port, clock, log }: Sender): Promise<number> {
  const now = clock()
  await asSystem(db, 'notices that are due', (tx) => gatherDue(tx, now))
  let sent = 0
  for (;;) {
    const outcome = await asSystem(db, 'carry a notice', async (tx) => {
      const sending = await holdSending(tx, clock(), port.ways)
      if (sending === undefined) return null
      const answer = await carry(port, sending)
      const at = clock()
      const gone = 'gone' in answer ? (answer.gone ?? []) : []
      if (gone.length > 0) await endDevices(tx, gone, at)
      if (answer.outcome === 'ok') await concludeSending(tx, sending.id, { state: 'sent', at, answer: null })
      else if (answer.outcome === 'refused') await concludeSending(tx, sending.id, { state: 'refused', at, answer: answer.because })
      else {
        const wait = retryMinutes[sending.attempts]
        log?.warn({ sendingId: sending.id, way: sending.way, attempts: sending.attempts + 1 }, 'a notice could not leave')
        await concludeSending(tx, sending.id, {
          state: wait === undefined ? 'expired' : 'to_send',
          at,
          answer: answer.because,
          ...(wait === undefined ? {} : { nextAttemptAt: new Date(at.getTime() + wait * 60_000) }),
        })
      }
      return answer.outcome
    })
    if (outcome === null) return sent
    if (outcome === 'ok') sent += 1
  }
}

async function carry(port: NoticePort, sending: DueSending): Promise<NoticeAnswer> {
  const to = sending.way === 'email' ? sending.email : sending.way === 'sms' ? sending.phone : sending.devices
  if (to === null || to.length === 0) return { outcome: 'refused', because: 'no address' }
  try {
    return await port.send({ reference: sending.id, way: sending.way, to, ...noticeWords(sending.count) })
  } catch (error) {
    return { outcome: 'unreachable', because: error instanceof Error ? error.name : 'error' }
  }
}
