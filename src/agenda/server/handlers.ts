import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { cancelAbsenceImplementation, declareAbsenceImplementation } from './absences.ts'
import { bookAppointmentImplementation } from './book-appointment.ts'
import {
  calendarLinksImplementation,
  changeCalendarLinkImplementation,
  closeCalendarLinkImplementation,
  openCalendarLinkImplementation,
  settleCalendarDifferenceImplementation,
} from './calendar-links.ts'
import { feedContentImplementation, feedsImplementation, importCalendarImplementation, openFeedImplementation, revokeFeedImplementation } from './calendars.ts'
import { cancelOccurrenceImplementation, editAppointmentImplementation, moveOccurrenceImplementation } from './change-appointment.ts'
import { decideHealthSpaceImplementation, healthSpaceImplementation, retryHealthSpaceImplementation } from './health-space.ts'
import { answerInvitationImplementation, inviteParticipantImplementation, withdrawParticipantImplementation } from './participants.ts'
import {
  agendaDayImplementation,
  availabilityImplementation,
  bookedByUsImplementation,
  invitableImplementation,
  myAgendaImplementation,
  occurrenceDetailImplementation,
  personAgendaImplementation,
  teamAgendaImplementation,
} from './read.ts'
import { recordVisitImplementation } from './record-visit.ts'
import { safetyNoteImplementation, writeSafetyNoteImplementation } from './safety-note.ts'
import { stayHandlers } from './stays.ts'

/** Everything that the agenda can do, as the gate runs it. */
export const agendaHandlers: readonly Implementation[] = [
  bookAppointmentImplementation,
  editAppointmentImplementation,
  moveOccurrenceImplementation,
  cancelOccurrenceImplementation,
  inviteParticipantImplementation,
  withdrawParticipantImplementation,
  answerInvitationImplementation,
  recordVisitImplementation,
  writeSafetyNoteImplementation,
  declareAbsenceImplementation,
  cancelAbsenceImplementation,
  personAgendaImplementation,
  myAgendaImplementation,
  agendaDayImplementation,
  bookedByUsImplementation,
  teamAgendaImplementation,
  occurrenceDetailImplementation,
  safetyNoteImplementation,
  availabilityImplementation,
  invitableImplementation,
  openFeedImplementation,
  revokeFeedImplementation,
  feedsImplementation,
  feedContentImplementation,
  importCalendarImplementation,
  decideHealthSpaceImplementation,
  retryHealthSpaceImplementation,
  healthSpaceImplementation,
  openCalendarLinkImplementation,
  changeCalendarLinkImplementation,
  closeCalendarLinkImplementation,
  settleCalendarDifferenceImplementation,
  calendarLinksImplementation,
  ...stayHandlers,
]
