import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { membersOfService } from '../../territory/server/api.ts'
import { addReader, removeReader } from '../contract/actions.ts'
import { loadReport, readersNow, tellReaders } from './load-report.ts'
import { endReader, insertReader, lockReaders, selectLiveReaders } from './reader.sql.ts'

/** Named one by one, with a reason: colleagues of the same service who accompany, never a group. */
export const addReaderImplementation = implement(addReader, {
  load: (context, { reportId }) => loadReport(context, reportId),
  run: async (context, { id, reportId, userId, reason }) => {
    const { tx, actor, now } = context
    const report = await loadReport(context, reportId)
    const colleague = (await membersOfService(tx, report.holderOrg, ['referent', 'doctor', 'team_lead', 'director'])).find((one) => one.userId === userId)
    if (colleague === undefined) throw invalid('safeguarding.not_a_colleague')
    if ((await selectLiveReaders(tx, reportId)).some((one) => one.userId === userId)) throw conflict('safeguarding.already_reader')
    await insertReader(tx, {
      id,
      reportId,
      personId: report.personId,
      userId,
      userName: colleague.name,
      reason,
      addedBy: actor.userId,
      addedByName: actor.displayName,
      addedAt: now,
      holderOrg: report.holderOrg,
    })
    await tellReaders(context, 'safeguarding.reader.added', report)
    return { id }
  },
})

/** Any reader may be removed, the author and the direction too (whoever is involved in the facts must not read on); never the last one. */
export const removeReaderImplementation = implement(removeReader, {
  load: (context, { reportId }) => loadReport(context, reportId),
  run: async (context, { id, reportId, reason }) => {
    const { tx, actor, now } = context
    await lockReaders(tx, reportId)
    const report = await loadReport(context, reportId)
    const readers = await selectLiveReaders(tx, reportId)
    const removed = readers.find((one) => one.id === id)
    if (removed === undefined) throw notFound('reader')
    const before = await readersNow(context, report)
    const directed = (await membersOfService(tx, report.holderOrg, ['director'])).length > 0
    if (!readers.some((one) => one !== removed && (one.userId !== null || directed))) throw conflict('safeguarding.last_reader')
    // Told while she still may hear of it: her open page closes.
    context.emit({ type: 'safeguarding.reader.removed', audience: before, payload: { reportId } })
    await endReader(tx, id, { at: now, byName: actor.displayName, reason })
    return { id }
  },
})
