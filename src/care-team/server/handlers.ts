import type { Implementation } from '../../platform/server/implement.ts'
import { addMemberHandler } from './add-member.ts'
import { editMemberHandler } from './edit-member.ts'
import {
  acceptInvitationHandler,
  circleInvitationsHandler,
  declineInvitationHandler,
  invitationAtHandHandler,
  inviteToCircleHandler,
  revokeInvitationHandler,
} from './invitations.ts'
import { answerJoiningHandler, askToJoinHandler, joinRequestsHandler } from './joining.ts'
import { changeManyFilesHandler, filesOfPartyHandler } from './many-files.ts'
import { providerCallsHandler, providerWordsHandler, recordProviderCallHandler } from './provider-search.ts'
import { circleHandler, followedPatientsHandler } from './read-circle.ts'
import { closeAccessHandler, endMemberHandler, endRoleHandler, giveRoleHandler, leaveCircleHandler, openAccessHandler } from './roles-and-accesses.ts'

/** Everything that the care team can do, as the gate runs it. */
export const careTeamHandlers: readonly Implementation[] = [
  addMemberHandler,
  editMemberHandler,
  giveRoleHandler,
  endRoleHandler,
  openAccessHandler,
  closeAccessHandler,
  endMemberHandler,
  leaveCircleHandler,
  circleHandler,
  followedPatientsHandler,
  askToJoinHandler,
  answerJoiningHandler,
  joinRequestsHandler,
  recordProviderCallHandler,
  providerCallsHandler,
  providerWordsHandler,
  filesOfPartyHandler,
  changeManyFilesHandler,
  inviteToCircleHandler,
  revokeInvitationHandler,
  circleInvitationsHandler,
  acceptInvitationHandler,
  declineInvitationHandler,
  invitationAtHandHandler,
]
