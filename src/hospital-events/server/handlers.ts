import type { Implementation } from '../../platform/server/implement.ts'
import { decideHandlers } from './decide.ts'
import { receiveMessageImplementation } from './receive-message.ts'
import { senderHandlers } from './senders.ts'

/** Everything that hospital events can do, as the gate runs it. */
export const hospitalEventsHandlers: readonly Implementation[] = [receiveMessageImplementation, ...decideHandlers, ...senderHandlers]
