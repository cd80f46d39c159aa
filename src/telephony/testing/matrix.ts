import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { addLine, endLine, incomingCalls, lineSecret, receiveCall, takeCall, telephoneLines } from '../contract/calls.ts'

/** A line of dacA and a call that rings on it. */
async function aCall(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [lineId, callId] = [newId(), newId()]
  await sql`insert into telephony.line (id, service_id, label, shape, created_at) values (${lineId}, ${world.dacA}, 'Accueil', 'webhook', ${world.clock})`.execute(
    tx,
  )
  await sql`insert into telephony.call (id, line_id, external_id, service_id, caller, state, received_at) values (${callId}, ${lineId}, 'a', ${world.dacA}, '0353010000', 'ringing', ${world.clock})`.execute(
    tx,
  )
  return { lineId, callId }
}

const adminOnly = expectAll('forbidden', { regionalAdmin: 'ok' })
const answering = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', director: 'ok', otherReferent: 'ok' })

export const telephonyMatrix: readonly MatrixRow[] = [
  {
    contract: receiveCall,
    arrange: aCall,
    input: (_world, { lineId }) => ({ lineId, externalId: 'b', event: 'ringing', caller: '0353010000' }),
    expected: expectAll('forbidden'),
  },
  { contract: takeCall, arrange: aCall, input: (_world, { callId }) => ({ id: callId }), expected: { ...answering, otherReferent: 'not_found' } },
  { contract: incomingCalls, arrange: aCall, input: () => ({}), expected: answering },
  { contract: telephoneLines, arrange: aCall, input: () => ({}), expected: adminOnly },
  { contract: addLine, input: (world) => ({ id: newId(), serviceId: world.dacA, label: 'Accueil', shape: 'webhook' }), expected: adminOnly },
  { contract: endLine, arrange: aCall, input: (_world, { lineId }) => ({ id: lineId }), expected: adminOnly },
  { contract: lineSecret, arrange: aCall, input: (_world, { lineId }) => ({ id: lineId }), expected: adminOnly },
]
