import type { Implementation } from '../../platform/server/implement.ts'
import { askInsiHandler } from './ask-insi.ts'
import { categoryVoletsHandler, changeCategoryVoletHandler } from './category-volets.ts'
import { checkIdentityHandler } from './check-identity.ts'
import { collectNonOppositionsHandler } from './collect-non-oppositions.ts'
import { addContactHandler, editContactHandler } from './contacts.ts'
import { createPersonHandler } from './create-person.ts'
import { recordDeathHandler, withdrawDeathHandler } from './deaths.ts'
import { decideInsiHandler, withdrawInsHandler } from './decide-insi.ts'
import { editPersonHandler } from './edit-person.ts'
import {
  closeExceptionalAccessHandler,
  exceptionalAccessCandidatesHandler,
  exceptionalAccessesHandler,
  myExceptionalAccessesHandler,
  openExceptionalAccessHandler,
  reviewExceptionalAccessHandler,
} from './exceptional-access.ts'
import { personCandidatesHandler, recentPersonsHandler, searchPersonsHandler } from './find-persons.ts'
import { followReferralHandler } from './follow-referral.ts'
import { hiddenItemsHandler } from './hidden.ts'
import { identitySheetHandler } from './identity-sheet.ts'
import { endSilenceHandler, giveInformationHandler, recordSilenceHandler } from './information-and-silences.ts'
import { askInsiForManyHandler, insiTurnsHandler } from './insi-turns.ts'
import {
  handNoticeHandler,
  noticeLetterHandler,
  noticesToHandHandler,
  personNoticesHandler,
  recordNoticeWishHandler,
  withholdNoticeHandler,
} from './person-notices.ts'
import { editProtectionHandler, recordProtectionHandler } from './protections.ts'
import { identityWorkListHandler, insiStateHandler } from './read-insi.ts'
import {
  dueReferralsHandler,
  personAccessListHandler,
  personFamilyDoctorHandler,
  personHeaderHandler,
  personHistoryHandler,
  personIdentityHandler,
  personRightsHandler,
  personTimelineHandler,
} from './read-person.ts'
import { vanishedDoctorsHandler } from './read-vanished-doctors.ts'
import { recordConcertationHandler } from './record-concertation.ts'
import { recordFamilyDoctorHandler } from './record-family-doctor.ts'
import { markSensitiveStructureHandler, sensitiveStructuresHandler } from './sensitive-structures.ts'
import { setAttributesHandler } from './set-attributes.ts'
import { stopWithholdingVoletHandler, withholdVoletHandler } from './withhold-volet.ts'

/** Everything that persons can do, as the gate runs it. */
export const personsHandlers: readonly Implementation[] = [
  createPersonHandler,
  editPersonHandler,
  checkIdentityHandler,
  askInsiHandler,
  decideInsiHandler,
  withdrawInsHandler,
  insiStateHandler,
  insiTurnsHandler,
  askInsiForManyHandler,
  identitySheetHandler,
  identityWorkListHandler,
  setAttributesHandler,
  addContactHandler,
  editContactHandler,
  recordProtectionHandler,
  editProtectionHandler,
  recordFamilyDoctorHandler,
  recordConcertationHandler,
  followReferralHandler,
  collectNonOppositionsHandler,
  giveInformationHandler,
  recordSilenceHandler,
  endSilenceHandler,
  recordDeathHandler,
  withdrawDeathHandler,
  searchPersonsHandler,
  recentPersonsHandler,
  personCandidatesHandler,
  personHeaderHandler,
  personIdentityHandler,
  personRightsHandler,
  personFamilyDoctorHandler,
  personAccessListHandler,
  personHistoryHandler,
  personTimelineHandler,
  dueReferralsHandler,
  vanishedDoctorsHandler,
  openExceptionalAccessHandler,
  closeExceptionalAccessHandler,
  reviewExceptionalAccessHandler,
  exceptionalAccessCandidatesHandler,
  myExceptionalAccessesHandler,
  exceptionalAccessesHandler,
  withholdVoletHandler,
  stopWithholdingVoletHandler,
  hiddenItemsHandler,
  categoryVoletsHandler,
  changeCategoryVoletHandler,
  markSensitiveStructureHandler,
  sensitiveStructuresHandler,
  handNoticeHandler,
  withholdNoticeHandler,
  recordNoticeWishHandler,
  personNoticesHandler,
  noticesToHandHandler,
  noticeLetterHandler,
]
