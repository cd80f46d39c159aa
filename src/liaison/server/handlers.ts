import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import {
  alertRulePreviewImplementation,
  alertRulesImplementation,
  alertRuleVersionsImplementation,
  muteAlertRuleImplementation,
  setOpeningHoursImplementation,
  unmuteAlertRuleImplementation,
  writeAlertRuleImplementation,
} from './alert-rules.ts'
import { settleAlertImplementation, takeAlertImplementation } from './alerts.ts'
import { markAllReadImplementation, openItemImplementation, recordVisitImplementation } from './marks.ts'
import { measuresImplementation, recordMeasureImplementation, setMeasureThresholdImplementation, strikeMeasureImplementation } from './measures.ts'
import { addPushDeviceImplementation, chooseNoticesImplementation, endPushDeviceImplementation, myNoticesImplementation } from './my-notices.ts'
import { addNoteFileImplementation, noteFileImplementation, personFilesImplementation } from './note-files.ts'
import { noteTemplateBookImplementation, noteTemplatesImplementation, writeNoteTemplateImplementation } from './note-templates.ts'
import {
  askedOpinionsImplementation,
  dayNewsImplementation,
  fileNewsImplementation,
  noteThreadImplementation,
  teamAlertsImplementation,
  timelineImplementation,
  unreadCountImplementation,
  unreadItemsImplementation,
} from './read.ts'
import { amendNoteImplementation, replyToNoteImplementation, writeNoteImplementation } from './write-note.ts'

/** Everything that liaison can do, as the gate runs it. */
export const liaisonHandlers: readonly Implementation[] = [
  writeNoteImplementation,
  replyToNoteImplementation,
  amendNoteImplementation,
  addNoteFileImplementation,
  noteFileImplementation,
  personFilesImplementation,
  takeAlertImplementation,
  settleAlertImplementation,
  writeAlertRuleImplementation,
  muteAlertRuleImplementation,
  unmuteAlertRuleImplementation,
  setOpeningHoursImplementation,
  alertRulesImplementation,
  alertRuleVersionsImplementation,
  alertRulePreviewImplementation,
  writeNoteTemplateImplementation,
  noteTemplatesImplementation,
  noteTemplateBookImplementation,
  recordMeasureImplementation,
  strikeMeasureImplementation,
  setMeasureThresholdImplementation,
  measuresImplementation,
  chooseNoticesImplementation,
  addPushDeviceImplementation,
  endPushDeviceImplementation,
  myNoticesImplementation,
  openItemImplementation,
  markAllReadImplementation,
  recordVisitImplementation,
  timelineImplementation,
  fileNewsImplementation,
  noteThreadImplementation,
  dayNewsImplementation,
  unreadItemsImplementation,
  unreadCountImplementation,
  teamAlertsImplementation,
  askedOpinionsImplementation,
]
