import { createHash } from 'node:crypto'
import { execute, type Gate } from '../../platform/server/execute.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import { receiveCall } from '../../telephony/contract/calls.ts'
import { actorOfLine, type Line } from '../../telephony/server/api.ts'
import type { CallMessage } from './cti-message.ts'

export interface Receiving {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
}

/** Hands a call to the gate, as its line. The same message twice has one effect: its key is made from what names it, and from the number, which may come later. */
export async function receive({ gate, registry }: Receiving, line: Line, message: CallMessage, requestId?: string): Promise<void> {
  const implementation = registry.get(`action:${receiveCall.name}`)
  if (implementation === undefined) throw new Error('telephony is not composed')
  const hash = createHash('sha256')
    .update(`${line.id}\n${message.externalId}\n${message.event}\n${message.caller ?? ''}`)
    .digest('hex')
  const key = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  await execute(gate, implementation, {
    actor: actorOfLine(line),
    input: { lineId: line.id, ...message },
    idempotencyKey: key,
    authenticatedAt: null,
    requestId,
  })
}
