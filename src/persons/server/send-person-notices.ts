import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { auditOfJob } from '../../platform/server/audit.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import type { Job } from '../../platform/server/worker.ts'
import { type NoticeAnswer, type NoticeLetter, type NoticeObstacle, noticeObstacle, noticeWords, type PersonNoticePort } from '../contract/person-notices.ts'
import { outwardInsOf } from './api.ts'
import { type DueNotice, holdNotice, markLater, markSending, markSent, markToHand, tellHerServices } from './send-notices.sql.ts'

export const personNoticesJob = 'persons:personNotices'
export const personNoticesCrontab: readonly string[] = [`* * * * * ${personNoticesJob}`]

/** Minutes before each further attempt of what certainly was not received; then it is handed over. */
const retryMinutes = [1, 5, 15, 60]
/** Longer than any attempt lives: what is still « sending » then belongs to a process that died. */
const longestAttemptMs = 120_000

export interface NoticeSender {
  readonly db: Database
  /** Null: the mailbox of Mon espace santé is not connected here; everything is handed over. */
  readonly port: PersonNoticePort | null
  readonly timeZone: string
  readonly clock: () => Date
  readonly log?: Log
}

/**
 * Sends what may be sent and puts the rest into the hands of those who accompany her. A line is « sending », committed, before anything leaves: killed at any
 * moment, it is never sent twice. What is known not to have arrived is tried again; what may have arrived is looked at by somebody. Gives how many left.
 */
export async function sendPersonNotices(sender: NoticeSender): Promise<number> {
  let sent = 0
  for (;;) {
    const held = await asSystem(sender.db, 'a notice to a person', (tx) => take(tx, sender))
    if (held === undefined) return sent
    if (held.letter === null || sender.port === null) continue
    const answer = await sender.port.send(held.letter).catch((): NoticeAnswer => ({ outcome: 'uncertain' }))
    if (answer.outcome === 'ok') sent += 1
    else sender.log?.warn({ noticeId: held.notice.id, outcome: answer.outcome }, 'a notice to a person did not leave')
    await asSystem(sender.db, 'what came of a notice to a person', (tx) => conclude(tx, sender, held.notice, answer.outcome))
  }
}

type SystemTx = Parameters<Parameters<typeof asSystem>[2]>[0]

async function take(tx: SystemTx, { port, timeZone, clock }: NoticeSender): Promise<{ notice: DueNotice; letter: NoticeLetter | null } | undefined> {
  const notice = await holdNotice(tx, clock())
  if (notice === undefined) return undefined
  const ins = await outwardInsOf(tx, notice.personId)
  const answered = (number: number) => notice.answers.find((one) => one.number === number)?.state ?? 'not_collected'
  const facts = { ...notice, rights: { 1: answered(1), 2: answered(2) }, qualified: ins !== null }
  const obstacle = notice.state === 'sending' ? 'uncertain' : noticeObstacle(facts, port !== null)
  if (obstacle !== null || ins === null) {
    await handOver(tx, notice, obstacle ?? 'identity')
    return { notice, letter: null }
  }
  await markSending(tx, notice.id, new Date(clock().getTime() + longestAttemptMs))
  const on = formatDay(dayOf(notice.happenedAt, timeZone))
  return { notice, letter: { reference: notice.id, matricule: ins.matricule, ...noticeWords({ kind: notice.kind, on, service: notice.service }) } }
}

async function handOver(tx: SystemTx, notice: DueNotice, obstacle: NoticeObstacle): Promise<void> {
  await markToHand(tx, notice.id, obstacle)
  await tellHerServices(tx, notice)
  await auditOfJob(tx, 'persons.personNotice.send', [notice.personId], { noticeId: notice.id, state: 'to_hand', obstacle })
}

async function conclude(tx: SystemTx, { clock }: NoticeSender, notice: DueNotice, outcome: NoticeAnswer['outcome']): Promise<void> {
  const wait = retryMinutes[notice.attempts]
  if (outcome === 'unreachable' && wait !== undefined) return markLater(tx, notice.id, new Date(clock().getTime() + wait * 60_000))
  if (outcome !== 'ok') return handOver(tx, notice, outcome)
  await markSent(tx, notice.id, clock())
  await tellHerServices(tx, notice)
  await auditOfJob(tx, 'persons.personNotice.send', [notice.personId], { noticeId: notice.id, state: 'sent' })
}

export function personNoticesJobs(port: PersonNoticePort | null, timeZone: string): Readonly<Record<string, Job>> {
  return {
    [personNoticesJob]: async (_payload, { db, clock, log }) => {
      await sendPersonNotices({ db, port, timeZone, clock, log })
    },
  }
}
