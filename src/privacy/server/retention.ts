import { addDays, addMonths, dayOf } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem, type Database, type Tx } from '../../platform/server/db.ts'
import type { DataClass, PersonTable } from '../../platform/server/person-data.ts'
import type { Job } from '../../platform/server/worker.ts'
import { decidedSteps, dueSteps, type RetentionRules, type RuledClass, type Step } from '../contract/retention.ts'
import { type Counts, endRows, endUnattached, type Fate, insertProof, type Proof, tablesChildrenFirst } from './end-of-life.sql.ts'
import { auditLineOfJob } from './job-audit.ts'
import {
  archiveFiles,
  destroyConversations,
  destroyDeposits,
  destroyDrafts,
  type FileRow,
  holdFiles,
  restoreFiles,
  rulesInForce,
  selectFiles,
  selectUnattached,
} from './retention.sql.ts'

export const retentionTask = 'privacy:retention'

/** Days that those who answer for a team have to call the author of sealed envelopes, once told (offline tells them). */
const announcedDays = 14

/** Persons, or rows of nobody, in one transaction with their proof. */
const batch = 50

export interface RetentionRun {
  readonly runId: string
  /** How many persons, or rows of nobody, each step touched. */
  readonly units: Readonly<Record<string, number>>
}

/**
 * Applies the durations in force, as of an instant. Each batch is one transaction with its proof: a process killed in the middle leaves whole batches,
 * and the next run does the rest. Run again the same day, it finds nothing due. The list that it starts from is only where to look: between it and the act
 * somebody may have written, called or set a hold, so each batch takes hold of its files and asks again, of each, what is due.
 */
export async function applyRetention(
  db: Database,
  tables: readonly PersonTable[],
  { now, timeZone, listed }: { readonly now: Date; readonly timeZone: string; readonly listed?: () => Promise<void> },
): Promise<RetentionRun> {
  const runId = newId()
  const today = dayOf(now, timeZone)
  const units: Record<string, number> = {}
  const note = (what: string, count: number): void => {
    if (count > 0) units[what] = (units[what] ?? 0) + count
  }
  const { rules, files, ordered } = await asSystem(db, 'find what is due for archiving or destruction', async (tx) => {
    const inForce = await rulesInForce(tx)
    const soonest = Math.min(inForce.accompaniment.activeMonths, inForce.request.activeMonths)
    return {
      rules: inForce,
      ordered: await tablesChildrenFirst(tx, tables),
      files: await selectFiles(tx, tables, addDays(addMonths(today, -soonest), 2), timeZone),
    }
  })
  await listed?.()
  const bySteps = new Map<string, FileRow[]>()
  for (const file of files) {
    const key = keyOf(file, rules, today)
    if (key !== null) bySteps.set(key, [...(bySteps.get(key) ?? []), file])
  }
  for (const [key, due] of bySteps) {
    const steps = (key.split('|')[1] ?? '').split(',') as Step[]
    for (let start = 0; start < due.length; start += batch) {
      const part = due.slice(start, start + batch)
      const done = await asSystem(db, 'archive or destroy what is due', async (tx): Promise<Readonly<Record<string, number>>> => {
        const run = { runId, now, today, rules, ordered }
        const still = await stillDue(tx, tables, timeZone, run, part, key)
        return still.length === 0 ? {} : applySteps(tx, run, still, steps)
      })
      for (const [what, count] of Object.entries(done)) note(what, count)
    }
  }
  for (const what of ['request', 'exchange'] as const) {
    if (!rules[what].decided) continue
    for (;;) {
      const count = await asSystem(db, 'what concerns nobody known', (tx) => endUnattachedBatch(tx, { runId, now, today, rules, ordered }, what, timeZone))
      note(what, count)
      if (count < batch) break
    }
  }
  note(
    'conversation',
    await asSystem(db, 'conversations of nobody’s file', async (tx) => {
      const rule = rules.conversation
      if (!rule.decided) return 0
      const counts = await destroyConversations(tx, addMonths(today, -rule.activeMonths - rule.archiveMonths), timeZone)
      const count = counts['conversations.thread'] ?? 0
      if (count > 0) await prove(tx, { runId, now }, 'conversation', 'destroyed', rules, count, counts)
      return count
    }),
  )
  note(
    'draft',
    await asSystem(db, 'drafts left behind', async (tx) => {
      const rule = rules.draft
      if (!rule.decided) return 0
      const count = await destroyDrafts(tx, addMonths(today, -rule.activeMonths - rule.archiveMonths), timeZone)
      if (count > 0) await prove(tx, { runId, now }, 'draft', 'destroyed', rules, count, { 'platform.draft': count })
      return count
    }),
  )
  note(
    'deposit',
    await asSystem(db, 'sealed envelopes that nobody came back for', async (tx) => {
      const rule = rules.deposit
      if (!rule.decided) return 0
      const count = await destroyDeposits(tx, addMonths(today, -rule.activeMonths - rule.archiveMonths), addDays(today, -announcedDays), timeZone)
      if (count > 0) await prove(tx, { runId, now }, 'deposit', 'destroyed', rules, count, { 'offline.deposit': count })
      return count
    }),
  )
  return { runId, units }
}

interface Run {
  readonly runId: string
  readonly now: Date
  readonly today: string
  readonly rules: RetentionRules
  readonly ordered: readonly PersonTable[]
}

/** What is due of a file today, in one word; null: nothing. */
function keyOf(file: FileRow, rules: RetentionRules, today: string): string | null {
  const steps = decidedSteps(dueSteps(file, rules, today), file, rules)
  return steps.length === 0 ? null : `${file.accompanied}|${steps.join(',')}`
}

/** Those of a batch for whom the same is due once nobody else can touch them: facts are read again under the lock. */
async function stillDue(
  tx: Tx,
  tables: readonly PersonTable[],
  timeZone: string,
  { rules, today }: Pick<Run, 'rules' | 'today'>,
  files: readonly FileRow[],
  key: string,
): Promise<readonly FileRow[]> {
  const held = await holdFiles(tx, files)
  if (held.length === 0) return []
  const again = await selectFiles(
    tx,
    tables,
    addDays(today, 1),
    timeZone,
    held.flatMap((file) => file.ids),
  )
  return again.filter((file) => keyOf(file, rules, today) === key)
}

async function applySteps(tx: Tx, run: Run, files: readonly FileRow[], steps: readonly Step[]): Promise<Readonly<Record<string, number>>> {
  const { rules, ordered, now, today } = run
  const main: RuledClass = files[0]?.accompanied === true ? 'accompaniment' : 'request'
  const ids = files.flatMap((file) => file.ids)
  const done: Record<string, number> = {}
  const end = async (ruled: RuledClass, classes: readonly DataClass[], keepsRow: boolean, units: number): Promise<void> => {
    const { fate } = rules[ruled]
    const fates = new Map<DataClass, Fate>(
      classes.map((dataClass) => [
        dataClass,
        dataClass === 'request' ? rules.request.fate : fate === 'anonymise' && dataClass === 'accompaniment' ? 'destroy' : fate,
      ]),
    )
    const counts = await endRows(tx, ordered, ids, fates, { keepsRow })
    if (Object.keys(counts).length === 0) return
    await prove(tx, run, ruled, fate === 'anonymise' ? 'anonymised' : 'destroyed', rules, units, counts)
    done[ruled] = (done[ruled] ?? 0) + units
  }
  const keepsRow = !steps.includes('end_row')
  if (steps.includes('restore')) {
    const count = await restoreFiles(tx, ids)
    if (count > 0) await prove(tx, run, main, 'restored', rules, count, { 'privacy.archived_file': count })
    done.restored = count
  }
  if (steps.includes('archive')) {
    const count = await archiveFiles(tx, files, today, now, rules[main])
    if (count > 0) await prove(tx, run, main, 'archived', rules, count, { 'privacy.archived_file': count })
    done.archived = count
  }
  if (steps.includes('end_file')) await end(main, ['accompaniment', 'request', 'exchange', 'technical'], true, files.length)
  if (steps.includes('end_safeguarding')) await end('safeguarding', ['safeguarding'], true, files.length)
  if (steps.includes('end_rights')) await end('rights_request', ['rights_request'], true, files.length)
  if (steps.includes('end_identity') || steps.includes('end_row')) {
    const ruled: RuledClass = files.some((file) => file.opposedOn !== null) ? 'opposition_trace' : main
    const counts = await endRows(
      tx,
      ordered,
      ids,
      new Map<DataClass, Fate>([
        ['identity', 'destroy'],
        ['opposition_trace', 'destroy'],
        ['technical', 'destroy'],
      ]),
      { keepsRow },
    )
    if (Object.keys(counts).length > 0) {
      await prove(tx, run, ruled, 'destroyed', rules, files.length, counts)
      done.identity = files.length
    }
  }
  await auditLineOfJob(tx, 'privacy.retention.execute', [], { steps, units: files.length, runId: run.runId })
  return done
}

async function endUnattachedBatch(tx: Tx, run: Run, what: 'request' | 'exchange', timeZone: string): Promise<number> {
  const rule = run.rules[what]
  const ids = await selectUnattached(tx, what, addMonths(run.today, -rule.activeMonths - rule.archiveMonths), timeZone, batch)
  if (ids.length === 0) return 0
  const counts = await endUnattached(tx, run.ordered, what === 'request' ? 'intake.sollicitation' : 'intake.contact', ids, rule.fate)
  await prove(tx, run, what, rule.fate === 'anonymise' ? 'anonymised' : 'destroyed', run.rules, ids.length, counts)
  return ids.length
}

async function prove(
  tx: Tx,
  run: Pick<Run, 'runId' | 'now'>,
  ruled: RuledClass,
  step: Proof['step'],
  rules: RetentionRules,
  units: number,
  counts: Counts,
): Promise<void> {
  await insertProof(tx, {
    id: newId(),
    runId: run.runId,
    at: run.now,
    cause: 'retention',
    dataClass: ruled,
    step,
    ruleVersion: rules[ruled].version,
    units,
    counts,
  })
}

/** Every night, after the purge of the platform. */
export const retentionJob =
  (tables: readonly PersonTable[], timeZone: string): Job =>
  async (_payload, { db, clock, log }) => {
    const run = await applyRetention(db, tables, { now: clock(), timeZone })
    log.info({ runId: run.runId, units: run.units }, 'retention applied')
  }

/** In the time zone of the server, after the purge of sessions. */
export const retentionCrontab = '41 3 * * * privacy:retention'
