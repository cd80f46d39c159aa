import { dayOf } from '../../platform/contract/dates.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { recordConcerned, recordFact, recordNotice, recordSending, recordStep } from '../contract/actions.ts'
import type { EntryId, EntryKind, ReportId, ReportTarget } from '../contract/report.ts'
import { insertEntry, type NewEntry } from './entry.sql.ts'
import { assertOpen, loadReport, tellReaders } from './load-report.ts'

/** What one writes in the journal: its kind and what that kind holds. */
export type Line = { readonly kind: EntryKind } & Partial<Pick<NewEntry, 'on' | 'code' | 'name' | 'means' | 'reference' | 'told' | 'body'>>

const setOf: Partial<Record<EntryKind, string>> = {
  concerned: 'safeguarding.concerned_role',
  notice: 'safeguarding.told',
  sending: 'safeguarding.authority',
  step: 'safeguarding.step',
}

/** Refuses (`safeguarding.in_the_future`) a day after today. */
export function notInTheFuture({ now, timeZone }: Pick<Context, 'now' | 'timeZone'>, day: string | null): void {
  if (day !== null && day > dayOf(now, timeZone)) throw invalid('safeguarding.in_the_future')
}

/** Signs a line and adds it to the journal of a report that the actor reads. */
export async function addEntry(context: Context, report: ReportTarget, id: string, line: Line): Promise<void> {
  const { tx, actor, now } = context
  notInTheFuture(context, line.on ?? null)
  const set = setOf[line.kind]
  if (set !== undefined) await assertValue(tx, set, line.code ?? '')
  if (line.kind === 'sending') await assertValue(tx, 'safeguarding.sending_means', line.means ?? '')
  await insertEntry(tx, {
    ...line,
    id,
    reportId: report.id,
    personId: report.personId,
    authorId: actor.userId,
    authorName: actor.displayName,
    authorFunction: null,
    recordedAt: now,
    holderOrg: report.holderOrg,
  })
}

async function record(context: Context, id: EntryId, reportId: ReportId, line: Line): Promise<{ id: string }> {
  const report = await loadReport(context, reportId)
  assertOpen(report)
  await addEntry(context, report, id, line)
  await tellReaders(context, 'safeguarding.report.changed', report)
  return { id }
}

const load = (context: Context, { reportId }: { readonly reportId: ReportId }): Promise<ReportTarget> => loadReport(context, reportId)

export const recordFactImplementation = implement(recordFact, {
  load,
  run: (context, { id, reportId, observedBy, observedOn, words }) =>
    record(context, id, reportId, { kind: 'fact', on: observedOn, name: observedBy, body: words }),
})

export const recordConcernedImplementation = implement(recordConcerned, {
  load,
  run: (context, { id, reportId, role, name, words }) => record(context, id, reportId, { kind: 'concerned', code: role, name, body: words }),
})

export const recordNoticeImplementation = implement(recordNotice, {
  load,
  run: (context, { id, reportId, whom, told, on, by, words }) => record(context, id, reportId, { kind: 'notice', code: whom, told, on, name: by, body: words }),
})

export const recordSendingImplementation = implement(recordSending, {
  load,
  run: (context, { id, reportId, authority, to, on, means, reference, words }) =>
    record(context, id, reportId, { kind: 'sending', code: authority, name: to, on, means, reference, body: words }),
})

export const recordStepImplementation = implement(recordStep, {
  load,
  run: (context, { id, reportId, kind, on, words }) => record(context, id, reportId, { kind: 'step', code: kind, on, body: words }),
})
