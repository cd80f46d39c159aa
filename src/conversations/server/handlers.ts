import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { openProfessionalThreadImplementation, openThreadImplementation } from './open-thread.ts'
import { addParticipantsImplementation, leaveThreadImplementation, readThreadImplementation, removeParticipantImplementation } from './participants.ts'
import {
  fileImplementation,
  messagesImplementation,
  professionalsImplementation,
  reachableImplementation,
  searchImplementation,
  threadImplementation,
  threadsImplementation,
  unreadImplementation,
} from './read.ts'
import { addFileImplementation, linkOutcomeImplementation, sendMessageImplementation } from './send-message.ts'

/** Everything that conversations can do, as the gate runs it. */
export const conversationsHandlers: readonly Implementation[] = [
  openThreadImplementation,
  openProfessionalThreadImplementation,
  sendMessageImplementation,
  addFileImplementation,
  linkOutcomeImplementation,
  readThreadImplementation,
  addParticipantsImplementation,
  removeParticipantImplementation,
  leaveThreadImplementation,
  threadsImplementation,
  threadImplementation,
  messagesImplementation,
  unreadImplementation,
  searchImplementation,
  fileImplementation,
  reachableImplementation,
  professionalsImplementation,
]
