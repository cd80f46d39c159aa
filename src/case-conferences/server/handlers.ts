import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import {
  addCaseDocumentImplementation,
  addQuestionImplementation,
  answerInvitationImplementation,
  cancelConferenceImplementation,
  editConferenceImplementation,
  inviteParticipantImplementation,
  markPresenceImplementation,
  planConferenceImplementation,
  recordCaseAgreementImplementation,
} from './convene.ts'
import {
  addBlockImplementation,
  addCaseDecisionImplementation,
  answerCaseDecisionImplementation,
  decisionToPlanImplementation,
  decisionToTaskImplementation,
  handDecisionToImplementation,
  removeCaseDecisionImplementation,
  signMinutesImplementation,
  takeBlockImplementation,
  writeBlockImplementation,
  writeToActorImplementation,
} from './minutes.ts'
import { conferenceSheetImplementation, conferencesOfMineImplementation, conferencesOfPersonImplementation } from './read.ts'
import { sendMinutesImplementation } from './send-minutes.ts'

/** Everything that concertations can do, as the gate runs it. */
export const caseConferencesHandlers: readonly Implementation[] = [
  planConferenceImplementation,
  editConferenceImplementation,
  cancelConferenceImplementation,
  inviteParticipantImplementation,
  answerInvitationImplementation,
  markPresenceImplementation,
  addQuestionImplementation,
  addCaseDocumentImplementation,
  recordCaseAgreementImplementation,
  takeBlockImplementation,
  writeBlockImplementation,
  addBlockImplementation,
  addCaseDecisionImplementation,
  answerCaseDecisionImplementation,
  handDecisionToImplementation,
  removeCaseDecisionImplementation,
  decisionToPlanImplementation,
  decisionToTaskImplementation,
  writeToActorImplementation,
  signMinutesImplementation,
  sendMinutesImplementation,
  conferencesOfPersonImplementation,
  conferenceSheetImplementation,
  conferencesOfMineImplementation,
]
