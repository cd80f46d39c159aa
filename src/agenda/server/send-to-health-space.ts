import { createHash } from 'node:crypto'
import { outwardInsOf } from '../../persons/server/api.ts'
import { auditOfJob } from '../../platform/server/audit.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { HealthSpaceAnswer, HealthSpaceAppointment, HealthSpacePort } from '../contract/health-space.ts'
import { appointmentKinds } from '../contract/value-sets.ts'
import { concludeLine, type Outcome, reconcile, type TakenLine, takeLine } from './health-space.sql.ts'

/** Minutes before each further attempt; then it is shown as failed, and somebody asks again. */
const retryMinutes = [1, 5, 15, 60, 240, 720]

export interface HealthSpaceSender {
  readonly db: Database
  readonly port: HealthSpacePort
  readonly clock: () => Date
  readonly log?: Log
}

/**
 * Finds what changed and carries it, line by line. What is to leave is the difference between the agenda and what was accepted there, kept in the database: a
 * process that dies loses nothing, and what it had sent without hearing the answer is sent again under the same number, which makes it the same. Gives how
 * many lines were settled.
 */
export async function sendToHealthSpace({ db, port, clock, log }: HealthSpaceSender): Promise<number> {
  await asSystem(db, 'appointments that a person wants in her health space', (tx) => reconcile(tx, clock()))
  let settled = 0
  for (;;) {
    const taken = await asSystem(db, 'an appointment to send to a health space', async (tx) => {
      const line = await takeLine(tx, clock())
      return line === undefined ? undefined : { line, patient: line.wish === 'keep' ? await outwardInsOf(tx, line.personId) : null }
    })
    if (taken === undefined) return settled
    const { line, patient } = taken
    const outcome = await carry(port, line, patient, clock)
    if (outcome.state === 'failed') log?.warn({ occurrenceId: line.occurrenceId, problem: outcome.problem }, 'an appointment could not reach a health space')
    await asSystem(db, 'what a health space answered', async (tx) => {
      await concludeLine(tx, line, outcome)
      await auditOfJob(tx, 'agenda.healthSpace.send', [line.personId], { occurrenceId: line.occurrenceId, wish: line.wish, state: outcome.state })
    })
    if (outcome.state !== 'to_send') settled += 1
  }
}

/** Kinds that say something of health, or of what one lives, are « Rendez-vous » whatever she chose: a health space is shown to relatives. */
function descriptionOf({ detail, kind, volet, atRisk }: TakenLine): string {
  const quiet = detail === 'minimal' || atRisk || volet === 'health' || kind === null || kind === 'other'
  return quiet ? 'Rendez-vous' : labelOf(appointmentKinds, kind)
}

async function carry(port: HealthSpacePort, line: TakenLine, patient: HealthSpaceAppointment['patient'] | null, clock: () => Date): Promise<Outcome> {
  const gone = line.wish === 'cancel' || line.state === null || line.state === 'cancelled'
  const end = (state: Outcome['state'], digest: string | null, problem: string | null = null): Outcome => ({
    state,
    digest,
    problem,
    at: clock(),
    nextAttemptAt: clock(),
  })
  if (!gone && patient === null) {
    // Her identity is not qualified, or no longer: nothing may stand there under it.
    const answer = !line.triedBefore ? ({ outcome: 'ok' } as const) : await tried(() => port.cancel(line.occurrenceId))
    return answer.outcome === 'ok' ? end('waiting_identity', null) : later(line, answer, clock)
  }
  if (gone) {
    const answer = await tried(() => port.cancel(line.occurrenceId))
    return answer.outcome === 'ok' ? end('cancelled', null) : later(line, answer, clock)
  }
  const appointment: HealthSpaceAppointment = {
    number: line.occurrenceId,
    status: line.state === 'fulfilled' || line.state === 'noshow' ? line.state : 'booked',
    startsAt: new Date(line.startsAt).toISOString(),
    endsAt: new Date(line.endsAt).toISOString(),
    minutes: Math.round((Date.parse(line.endsAt) - Date.parse(line.startsAt)) / 60_000),
    description: descriptionOf(line),
    organisation: line.atRisk ? null : line.organisation,
    patient: patient as HealthSpaceAppointment['patient'],
  }
  const digest = createHash('sha256').update(JSON.stringify(appointment)).digest('hex')
  if (digest === line.sentDigest) return end('sent', digest)
  const answer = await tried(() => port.put(appointment))
  return answer.outcome === 'ok' ? end('sent', digest) : later(line, answer, clock)
}

async function tried(ask: () => Promise<HealthSpaceAnswer>): Promise<HealthSpaceAnswer> {
  try {
    return await ask()
  } catch {
    return { outcome: 'unreachable', code: 'answer_unreadable' }
  }
}

/** What was accepted before stands there still: its digest is kept unless an answer was lost, after which nobody knows. */
function later(line: TakenLine, answer: Exclude<HealthSpaceAnswer, { outcome: 'ok' }>, clock: () => Date): Outcome {
  const at = clock()
  const wait = answer.outcome === 'refused' ? undefined : retryMinutes[line.attempts - 1]
  const digest = answer.outcome === 'refused' ? line.sentDigest : null
  if (wait === undefined) return { state: 'failed', digest, problem: answer.code, at, nextAttemptAt: at }
  return { state: 'to_send', digest, problem: answer.code, at, nextAttemptAt: new Date(at.getTime() + wait * 60_000) }
}
