import { createHash } from 'node:crypto'
import { receiveMessage } from '../../hospital-events/contract/receive.ts'
import { actorOfSender, type Sender } from '../../hospital-events/server/api.ts'
import type { InputOf, OutputOf } from '../../platform/contract/action.ts'
import { execute, type Gate } from '../../platform/server/execute.ts'
import type { Implementation } from '../../platform/server/implement.ts'

export interface Receiving {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
}

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Hands what a hospital told to the gate, as that hospital. Gives what it is acknowledged with once it is committed; the same message again, the same. */
export async function receive({ gate, registry }: Receiving, sender: Sender, input: InputOf<typeof receiveMessage>): Promise<OutputOf<typeof receiveMessage>> {
  const implementation = registry.get(`action:${receiveMessage.name}`)
  if (implementation === undefined) throw new Error('hospital events are not composed')
  return (await execute(gate, implementation, { actor: actorOfSender(sender), input, authenticatedAt: null })) as OutputOf<typeof receiveMessage>
}
