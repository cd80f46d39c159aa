import { dayOf } from '../../platform/contract/dates.ts'
import { conflict } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { closeReport, reopenReport } from '../contract/actions.ts'
import { assertOpen, loadReport, tellReaders } from './load-report.ts'
import { addEntry } from './record-entry.ts'
import { setState } from './report.sql.ts'

export const closeReportImplementation = implement(closeReport, {
  load: (context, { id }) => loadReport(context, id),
  run: async (context, { id, outcome, words }) => {
    const report = await loadReport(context, id)
    assertOpen(report)
    await assertValue(context.tx, 'safeguarding.outcome', outcome)
    const version = await setState(context.tx, id, { at: context.now, byName: context.actor.displayName, outcome, words })
    await tellReaders(context, 'safeguarding.report.closed', report)
    return { id, version }
  },
})

/** A new fact, an answer that comes late: the journal goes on, and keeps why. */
export const reopenReportImplementation = implement(reopenReport, {
  load: (context, { id }) => loadReport(context, id),
  run: async (context, { id, reason }) => {
    const report = await loadReport(context, id)
    if (report.state === 'open') throw conflict('safeguarding.open')
    const version = await setState(context.tx, id, null)
    const today = dayOf(context.now, context.timeZone)
    await addEntry(context, report, context.newId(), { kind: 'step', code: 'other', on: today, body: `${french('Rouvert :')} ${reason}` })
    await tellReaders(context, 'safeguarding.report.changed', report)
    return { id, version }
  },
})
