import type { Implementation } from '../../platform/server/implement.ts'
import { assignRequestHandler } from './assign-request.ts'
import { checkSubsidiarityHandler } from './check-subsidiarity.ts'
import { closeRequestHandler } from './close-request.ts'
import { decideTriageHandler } from './decide-triage.ts'
import { editRequestHandler } from './edit-request.ts'
import { enlistForTriageHandler } from './enlist-for-triage.ts'
import { followReorientationHandler } from './follow-reorientation.ts'
import { handleMessageHandler } from './handle-message.ts'
import { linkPersonHandler } from './link-person.ts'
import { mergeRequestsHandler } from './merge-requests.ts'
import { readAnswerHandler } from './read-answer.ts'
import { listHandlers } from './read-lists.ts'
import { receiveRequestHandler } from './receive-request.ts'
import { recordAnswerHandler } from './record-answer.ts'
import { recordContactHandler } from './record-contact.ts'
import { recordFeedbackHandler } from './record-feedback.ts'
import { recordReorientationHandler } from './record-reorientation.ts'
import { relaySocialQuestionHandler } from './relay-social-question.ts'
import { removeAnswerHandler } from './remove-answer.ts'
import { reopenRequestHandler } from './reopen-request.ts'
import { separateRequestsHandler } from './separate-requests.ts'
import { submitRequestHandler } from './submit-request.ts'
import { takeRequestHandler } from './take-request.ts'
import { transferRequestHandler } from './transfer-request.ts'
import { unlinkPersonHandler } from './unlink-person.ts'
import { withdrawFromTriageHandler } from './withdraw-from-triage.ts'

/** Everything that this capability implements. */
export const intakeHandlers: readonly Implementation[] = [
  receiveRequestHandler,
  submitRequestHandler,
  editRequestHandler,
  takeRequestHandler,
  assignRequestHandler,
  linkPersonHandler,
  unlinkPersonHandler,
  recordAnswerHandler,
  removeAnswerHandler,
  checkSubsidiarityHandler,
  relaySocialQuestionHandler,
  recordReorientationHandler,
  followReorientationHandler,
  recordFeedbackHandler,
  closeRequestHandler,
  reopenRequestHandler,
  mergeRequestsHandler,
  separateRequestsHandler,
  transferRequestHandler,
  enlistForTriageHandler,
  withdrawFromTriageHandler,
  decideTriageHandler,
  recordContactHandler,
  handleMessageHandler,
  readAnswerHandler,
  ...listHandlers,
]
