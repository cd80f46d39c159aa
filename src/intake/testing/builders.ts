import { episodesValueSets } from '../../episodes/contract/value-sets.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call } from '../../platform/testing/gate.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { receiveRequest } from '../contract/actions.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'
import { intakeValueSets } from '../contract/value-sets.ts'
import { intakeHandlers } from '../server/handlers.ts'

/** Everything of the desk, and nothing else: for tests of this capability. */
export const intakeRegistry = registryOf(intakeHandlers)

/** The lists that the desk chooses from. */
export async function withIntakeLists(db: Database): Promise<void> {
  await asSystem(db, 'lists of the desk for a test', (tx) => loadValueSets(tx, [...intakeValueSets, ...episodesValueSets]))
}

/** A call as the desk types it: Martine Thiriet, sent by Dr Humbert, about her husband who leaves the hospital. Anything may be said otherwise. */
export function aCall(said: Partial<RawInputOf<typeof receiveRequest>> = {}): RawInputOf<typeof receiveRequest> {
  return {
    id: newId<SollicitationId>(),
    channel: 'phone',
    callerName: 'Mme Martine Thiriet',
    callerQuality: 'son épouse',
    callerPhone: '06 39 98 14 52',
    requesterKind: 'relative',
    requesterName: 'Mme Martine Thiriet',
    concerned: { kind: 'told', name: 'Gérard Thiriet', birthDate: '1938-11-04' },
    text: 'Sort lundi de l’hôpital. Plus d’infirmière le week-end, ne monte plus l’escalier.',
    motives: ['hospital_discharge', 'find_nurse'],
    urgency: 'within_72h',
    ...said,
  }
}

/** Records a request through the gate, as this member of the desk; gives its id. */
export async function aRequest(gate: Gate, actor: Actor, said: Partial<RawInputOf<typeof receiveRequest>> = {}): Promise<SollicitationId> {
  const input = aCall(said)
  await call(gate, intakeRegistry, receiveRequest, actor, input)
  return input.id as SollicitationId
}
