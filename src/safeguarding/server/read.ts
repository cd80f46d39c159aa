import { loadPerson } from '../../persons/server/api.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { serviceNames } from '../../territory/server/api.ts'
import { report, reportAccesses, reports } from '../contract/queries.ts'
import { loadReport } from './load-report.ts'
import { selectAccesses, selectReport, selectReports } from './report.sql.ts'

export const reportsImplementation = implement(reports, {
  load: noTarget,
  run: async ({ tx, actor, note }, { state, personId, cursor, limit }) => {
    const values = decodeCursor(cursor, 2)
    const after = values === null ? null : { at: String(values[0]), id: String(values[1]) }
    const found = await selectReports(tx, actor.userId, { state: state ?? null, personId, after, limit })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    if (rows.length > 0) note({ reportIds: rows.map(({ id }) => id) })
    return { rows: [...rows], next: found.length > limit && last !== undefined ? encodeCursor([last.openedAt, last.id]) : null }
  },
})

export const reportImplementation = implement(report, {
  load: (context, { id }) => loadReport(context, id),
  run: async (context, { id }, target) => {
    const data = (await selectReport(context.tx, id)) as NonNullable<Awaited<ReturnType<typeof selectReport>>>
    const names = await serviceNames(context.tx, [target.holderOrg])
    const fileOpen = await loadPerson(context, target.personId).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError && error.kind === 'not_found') return false
        throw error
      },
    )
    return { ...data, serviceName: names.get(target.holderOrg) ?? '', fileOpen }
  },
})

export const reportAccessesImplementation = implement(reportAccesses, {
  load: (context, { id }) => loadReport(context, id),
  run: async ({ tx }, { id }) => ({ rows: [...(await selectAccesses(tx, id))] }),
})
