import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { membersOfService } from '../../territory/server/api.ts'
import type { ReportId, ReportTarget } from '../contract/report.ts'
import { selectLiveReaders } from './reader.sql.ts'
import { findReport } from './report.sql.ts'

/** The report, for its readers only; for everyone else it does not exist. Names it in the audit line. */
export async function loadReport({ tx, note }: Pick<Context, 'tx' | 'note'>, id: ReportId): Promise<ReportTarget> {
  const report = await findReport(tx, id)
  if (report === undefined) throw notFound('report')
  note({ reportId: id })
  return report
}

/** As above, to write in it. Throws `safeguarding.closed`. */
export function assertOpen(report: ReportTarget): void {
  if (report.state === 'closed') throw conflict('safeguarding.closed')
}

/** The users who may read it now: those named, and whoever directs the service today. */
export async function readersNow({ tx }: Pick<Context, 'tx'>, report: Pick<ReportTarget, 'id' | 'holderOrg'>): Promise<readonly UserId[]> {
  const readers = await selectLiveReaders(tx, report.id)
  const directs = readers.some(({ userId }) => userId === null)
  const directors = directs ? await membersOfService(tx, report.holderOrg, ['director']) : []
  return [...new Set([...readers.flatMap(({ userId }) => (userId === null ? [] : [userId])), ...directors.map(({ userId }) => userId)])]
}

/** Tells the readers, and nobody else, by the id of the report alone: an event that named the person would reach everyone who sees her. */
export async function tellReaders(context: Context, type: string, report: Pick<ReportTarget, 'id' | 'holderOrg'>): Promise<void> {
  const audience = await readersNow(context, report)
  context.emit({ type, audience, payload: { reportId: report.id } })
}
