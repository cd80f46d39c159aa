import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { auditOfJob } from '../../platform/server/audit.ts'
import { asSystem, type Database, type Tx } from '../../platform/server/db.ts'
import { addJob } from '../../platform/server/jobs.ts'
import type { Log } from '../../platform/server/log.ts'
import type { Job } from '../../platform/server/worker.ts'
import type { InsiState } from '../contract/identity-queries.ts'
import { insMayBeAsked } from '../contract/identity-status.ts'
import type { InsOid } from '../contract/ins.ts'
import { type InsIdentity, type InsiPort, receivable, searchIns } from '../contract/insi.ts'
import { missingTraits, type StrictTraits } from '../contract/traits.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { dueVerifications, insertInsiCall, markVerified, type TakenInsiCall, takeInsiCall, tellAnswered, traitsMayLeave, writeInsiAnswer } from './insi.sql.ts'
import { holdsRealIdentities, lockPerson } from './person.sql.ts'
import { insertTimelineItem } from './timeline.sql.ts'

export const insiCallJob = 'persons:insi-call'
const verificationJob = 'persons:insi-verification'

/** Every night; graphile-worker reads minute, hour, day, month, weekday. */
export const personsCrontab: readonly string[] = [`12 2 * * * ${verificationJob}`, '20 1 * * * persons:countNames']

/** Minutes before each further attempt when the teleservice does not answer; then the call ends, and somebody asks again. */
const retryMinutes = [0.5, 2, 10, 60, 360]
/** A matricule is verified again after this many days, and so many of them a night. */
const verifyAfterDays = 60
const verificationsANight = 2000
/** After the first silence, the night's verifications wait so long. */
const pauseMinutes = 30

export interface InsiCaller {
  readonly db: Database
  readonly clock: () => Date
  readonly port: InsiPort
  readonly log?: Log
}

/** The jobs that call the teleservice. Without a port (not connected) they leave everything waiting. */
export function insiJobs(port: InsiPort | null): Readonly<Record<string, Job>> {
  return {
    [insiCallJob]: async (payload, { db, clock }) => {
      if (port !== null) await answerCall({ db, clock, port }, String(payload['callId']))
    },
    [verificationJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await verifyDue({ db, clock, port, log })
    },
  }
}

/**
 * Makes one call that waits: reads what to ask, asks outside any transaction, writes the answer. An identity that changed meanwhile makes the answer
 * outdated; so does a merge, and the file that was kept is told so. A silent teleservice is asked again later, a few times. Gives the state it left.
 */
export async function answerCall(caller: InsiCaller, callId: string, { retry = true } = {}): Promise<InsiState> {
  const { db, clock, port } = caller
  const question = await asSystem(db, 'what to ask the teleservice', (tx) => questionOf(tx, callId))
  if (question === null) return 'outdated'
  const { call, identity, production } = question
  const reply = identity === null ? outdated : await ask(port, call, identity, production)
  return asSystem(db, 'the answer of the teleservice', async (tx) => {
    const row = await lockPerson(tx, call.personId)
    const kept = row !== undefined && !(await traitsMayLeave(tx, call.personId))
    const moved = row === undefined || identity === null || JSON.stringify(identityOf(row.fields, call)) !== JSON.stringify(identity)
    const final = kept ? { ...outdated, code: 'kept' } : moved ? outdated : reply
    const now = clock()
    const wait = final.state === 'waiting' && retry ? retryMinutes[call.attempts - 1] : undefined
    const state = final.state === 'waiting' && wait === undefined ? 'unreachable' : final.state
    const nextAttemptAt = wait === undefined ? null : new Date(now.getTime() + wait * 60_000)
    const personId = await writeInsiAnswer(tx, call.id, { ...final, state, nextAttemptAt, at: now })
    if (personId === undefined) return 'outdated'
    if (nextAttemptAt !== null) await addJob(tx, insiCallJob, { callId: call.id }, { at: nextAttemptAt })
    if (state === 'confirmed' || state === 'denied') await conclude(tx, call, state, now)
    await tellAnswered(tx, newId(), personId, state)
    await auditOfJob(tx, 'persons.insi.call', [personId], { operation: call.operation, state })
    return state
  })
}

interface Reply {
  readonly state: InsiState
  readonly code: string | null
  readonly answer: InsIdentity | null
}
const outdated: Reply = { state: 'outdated', code: null, answer: null }

async function questionOf(tx: Tx, callId: string): Promise<{ call: TakenInsiCall; identity: Asked | null; production: boolean } | null> {
  const call = await takeInsiCall(tx, callId)
  if (call === undefined) return null
  const row = await lockPerson(tx, call.personId)
  const askable =
    row !== undefined && insMayBeAsked(factsOf(row.fields)) && missingTraits(traitsOf(row.fields)).length === 0 && (await traitsMayLeave(tx, call.personId))
  return { call, identity: askable ? identityOf(row.fields, call) : null, production: await holdsRealIdentities(tx) }
}

/** Her traits as they will be asked; a verification holds the matricule too, read from a document or her own. */
type Asked = StrictTraits & { readonly matricule: string | null; readonly oid: InsOid | null }

function identityOf(fields: Parameters<typeof traitsOf>[0], call: TakenInsiCall): Asked {
  const { birthName, birthGivenNames, birthDate, sex, birthPlaceCode } = traitsOf(fields) as StrictTraits
  const verified = call.operation === 'verification'
  return {
    birthName,
    birthGivenNames,
    birthDate,
    sex,
    birthPlaceCode,
    matricule: verified ? (call.readMatricule ?? fields.insMatricule) : null,
    oid: verified ? ((call.readOid ?? fields.insOid) as InsOid | null) : null,
  }
}

async function ask(port: InsiPort, call: TakenInsiCall, asked: Asked, production: boolean): Promise<Reply> {
  if (call.operation === 'search') {
    const { answer } = await searchIns(port, asked)
    if (answer.outcome === 'unreachable') return { state: 'waiting', code: answer.code, answer: null }
    if (answer.outcome === 'refused') return { state: 'refused', code: answer.code, answer: null }
    if (answer.code !== '00') return { state: answer.code === '01' ? 'none' : 'several', code: answer.code, answer: null }
    if (!receivable(answer.identity, production)) return { state: 'refused', code: 'answer_invalid', answer: null }
    return { state: 'found', code: '00', answer: answer.identity }
  }
  if (asked.matricule === null || asked.oid === null) return outdated
  const identity: InsIdentity = { ...asked, matricule: asked.matricule, oid: asked.oid }
  const answer = await port.verify(identity)
  if (answer.outcome === 'unreachable') return { state: 'waiting', code: answer.code, answer: null }
  if (answer.outcome === 'refused') return { state: 'refused', code: answer.code, answer: null }
  // Read from a document and confirmed: it becomes hers by the same gesture as one that was searched.
  if (answer.confirmed && call.readMatricule !== null) return { state: 'found', code: '00', answer: identity }
  return { state: answer.confirmed ? 'confirmed' : 'denied', code: null, answer: null }
}

/** A verification of her own matricule: confirmed, or contested from now on. What was only read from a document says nothing about hers. */
async function conclude(tx: Tx, call: TakenInsiCall, state: 'confirmed' | 'denied', now: Date): Promise<void> {
  if (call.readMatricule !== null) return
  await markVerified(tx, call.personId, state === 'confirmed', now)
  if (state === 'confirmed') return
  await insertTimelineItem(tx, {
    id: newId(),
    personId: call.personId,
    at: now,
    kind: 'identity',
    title: 'INS refusée par le téléservice',
    summary: 'L’INS n’accompagne plus aucun envoi, en attendant que l’identité soit vérifiée.',
    authorId: null,
    authorName: 'Téléservice INSi',
    authorFunction: null,
    source: 'persons',
    sourceId: call.personId,
    volet: 'administrative',
    holderOrg: call.holderOrg,
    protection: 'shared',
  })
}

/**
 * The periodical verification (RNIV): the matricules that nobody verified for longest, one after the other. The first silence of the teleservice ends the
 * turn, which begins again later: what is down is not asked two thousand times. A verification that fails by itself ends none of the others: it is closed,
 * counted in the log, and due again the next night. Gives how many were asked.
 */
export async function verifyDue(caller: InsiCaller, most = verificationsANight): Promise<number> {
  const { db, clock, log } = caller
  const now = clock()
  const before = new Date(now.getTime() - verifyAfterDays * 86_400_000)
  const due = await asSystem(db, 'matricules to verify', (tx) => dueVerifications(tx, before, most))
  const failures: string[] = []
  let asked = 0
  for (const personId of due) {
    asked += 1
    const state = await verifyOne(caller, personId, now).catch((error: unknown) => {
      failures.push(causeOf(error))
      return undefined
    })
    if (state !== 'unreachable') continue
    await asSystem(db, 'the teleservice is silent', (tx) =>
      addJob(tx, verificationJob, {}, { at: new Date(clock().getTime() + pauseMinutes * 60_000), jobKey: verificationJob }),
    )
    break
  }
  if (failures.length > 0) log?.error({ failed: failures.length, causes: [...new Set(failures)] }, 'verifications of matricules failed')
  return asked
}

async function verifyOne(caller: InsiCaller, personId: PersonId, now: Date): Promise<InsiState | undefined> {
  const { db } = caller
  const call = await asSystem(db, 'a verification is due', async (tx) => {
    const row = await lockPerson(tx, personId)
    if (row === undefined || !(await traitsMayLeave(tx, personId))) return undefined
    const { version, holderOrg } = row
    return insertInsiCall(tx, { id: newId(), personId, operation: 'verification', version, at: now, by: null, read: null, holderOrg })
  })
  if (call === undefined || !call.added) return undefined
  try {
    return await answerCall(caller, call.id, { retry: false })
  } catch (error) {
    await asSystem(db, 'a verification that failed', (tx) =>
      writeInsiAnswer(tx, call.id, { state: 'unreachable', code: null, answer: null, nextAttemptAt: null, at: caller.clock() }),
    )
    throw error
  }
}

/** What one may log of a fault: its code or its kind. The message of a database may hold a row. */
function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown'
}
