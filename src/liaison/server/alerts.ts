import { addTaskFor } from '../../episodes/server/api.ts'
import { recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { settleAlert, takeAlert } from '../contract/actions.ts'
import type { AlertId } from '../contract/note.ts'
import { type AlertRow, findAlert, markSettled, markTaken } from './alert.sql.ts'

async function loadAlert({ tx }: Context, { id }: { readonly id: AlertId }): Promise<AlertRow> {
  const alert = await findAlert(tx, id)
  if (alert === undefined) throw notFound('alert')
  return alert
}

function tell(context: Context, type: string, alert: AlertRow): void {
  const payload = { alertId: alert.id, personId: alert.personId }
  context.emit({ type, volet: alert.volet, payload, ...(alert.protection === 'org_private' ? { audience: [alert.holderOrg] } : { personId: alert.personId }) })
}

export const takeAlertImplementation = implement(takeAlert, {
  load: loadAlert,
  run: async (context, { id }) => {
    const alert = await loadAlert(context, { id })
    if (alert.state === 'settled') throw conflict('liaison.alert_settled')
    if (alert.state === 'taken') {
      if (alert.takenBy === context.actor.userId) return { id, version: alert.version }
      throw conflict('liaison.alert_taken', {}, { by: alert.takenByName })
    }
    await markTaken(context.tx, id, alert.version + 1, context.actor.userId, context.now)
    tell(context, 'liaison.alert.taken', alert)
    return { id, version: alert.version + 1 }
  },
})

export const settleAlertImplementation = implement(settleAlert, {
  load: loadAlert,
  run: async (context, { id, outcome, nextStep }) => {
    const alert = await loadAlert(context, { id })
    if (alert.state === 'settled') throw conflict('liaison.alert_settled')
    await markSettled(context.tx, id, alert.version + 1, context.actor.userId, context.now, outcome)
    await recordTimelineItem(context, {
      personId: alert.personId,
      kind: 'liaison.alert_settled',
      title: `Traité · ${alert.title}`,
      summary: outcome,
      source: 'liaison.alert',
      sourceId: id,
      volet: alert.volet,
      protection: alert.protection,
    })
    if (nextStep !== null)
      await addTaskFor(context, {
        personId: alert.personId,
        kind: 'other',
        title: nextStep.title,
        dueOn: nextStep.dueOn,
        assigneeId: context.actor.userId,
        source: 'liaison.alert',
        sourceId: id,
        volet: alert.volet,
      })
    tell(context, 'liaison.alert.settled', alert)
    return { id, version: alert.version + 1 }
  },
})
