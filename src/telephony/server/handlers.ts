import { callersOf } from '../../directory/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { serviceNames } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import { addLine, endLine, incomingCalls, lineSecret, receiveCall, takeCall, telephoneLines } from '../contract/calls.ts'
import { calledTaken, closeLine, forgetOldCalls, insertLine, listLines, markTaken, recentCalls, recordCall, secretOf } from './telephony.sql.ts'

/** Where the exchange of a line sends its messages. */
export const callsPath = (lineId: string): string => `/api/telephony/${lineId}/calls`

/** Everything that telephony can do, as the gate runs it. */
export const telephonyHandlers: readonly Implementation[] = [
  implement(receiveCall, {
    load: noTarget,
    run: async ({ tx, actor, now, newId, emit }, { lineId, externalId, event, caller }) => {
      if (actor.serviceId === null) throw notFound('telephone line')
      await forgetOldCalls(tx, now)
      const { id, changed, state } = await recordCall(tx, { id: newId(), lineId, serviceId: actor.serviceId, externalId, event, caller }, now)
      const known = caller !== null && (await callersOf(tx, caller, actor.serviceId)).length > 0
      if (changed) emit({ type: `telephony.call.${state}`, audience: [actor.serviceId], payload: { callId: id } })
      return { callId: id, known }
    },
  }),
  implement(takeCall, {
    load: noTarget,
    run: async ({ tx, actor, emit }, { id }) => {
      const outcome = await markTaken(tx, id, actor)
      if (outcome === undefined) throw notFound('call')
      if (outcome !== 'taken') throw conflict(outcome === 'ended' ? 'call_ended' : 'call_taken')
      emit({ type: 'telephony.call.taken', audience: actor.serviceId === null ? [] : [actor.serviceId], payload: { callId: id } })
      return { id }
    },
  }),
  implement(incomingCalls, {
    load: noTarget,
    run: async ({ tx, actor, now }) => {
      const rows = []
      for (const call of await recentCalls(tx, now))
        rows.push({ ...call, parties: call.caller === null || actor.serviceId === null ? [] : [...(await callersOf(tx, call.caller, actor.serviceId))] })
      return { rows }
    },
  }),
  implement(telephoneLines, { load: noTarget, run: async ({ tx }) => ({ rows: await listLines(tx) }) }),
  implement(addLine, {
    load: noTarget,
    run: async ({ tx, now }, line) => {
      if ((await serviceNames(tx, [line.serviceId])).size === 0) throw notFound('service')
      if (line.shape === 'sip' && line.called === null) throw invalid('line_called_missing')
      if (line.shape === 'sip' && line.called !== null && (await calledTaken(tx, line.called))) throw conflict('line_called_taken')
      await insertLine(tx, line, now)
      return { id: line.id }
    },
  }),
  implement(endLine, {
    load: noTarget,
    run: async ({ tx, now }, { id }) => {
      if (!(await closeLine(tx, id, now))) throw notFound('telephone line')
      return { id }
    },
  }),
  implement(lineSecret, {
    load: noTarget,
    run: async ({ tx }, { id }) => {
      const secret = await secretOf(tx, id)
      if (secret === null) throw notFound('telephone line')
      return { secret, path: callsPath(id) }
    },
  }),
]
