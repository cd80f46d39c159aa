import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { changeLevelImplementation } from './change-level.ts'
import { changeBinomeImplementation, changeReferentImplementation } from './change-referent.ts'
import { closeEpisodeImplementation } from './close-episode.ts'
import { activitiesOfPersonImplementation, correctActivityImplementation } from './correct-activity.ts'
import {
  acceptCriticalSequenceImplementation,
  declineCriticalSequenceImplementation,
  endCriticalSequenceImplementation,
  moveCriticalSequenceImplementation,
  startCriticalSequenceImplementation,
} from './critical-sequences.ts'
import { putToSleepImplementation, wakeUpImplementation } from './dormancy.ts'
import {
  answerHandoverImplementation,
  handoversForMeImplementation,
  loadBoardImplementation,
  proposeHandoverImplementation,
  withdrawHandoverImplementation,
} from './load-board.ts'
import { noteRuptureImplementation } from './note-rupture.ts'
import { practicesImplementation, publishPracticeImplementation } from './practices.ts'
import {
  caseloadImplementation,
  dayImplementation,
  episodeHistoryImplementation,
  fileSynthesisImplementation,
  followersImplementation,
  teamLoadImplementation,
} from './read.ts'
import { reassignCaseloadImplementation } from './reassign-caseload.ts'
import { recordActivityImplementation } from './record-activity.ts'
import { relaunchPreviewImplementation } from './relaunch.ts'
import { reopenEpisodeImplementation } from './reopen-episode.ts'
import {
  addSequenceLineImplementation,
  answerSequenceLineImplementation,
  checklistsImplementation,
  returnToRegionalChecklistImplementation,
  sequencesOfDayImplementation,
  sequencesOfPersonImplementation,
  setChecklistImplementation,
  taskOfSequenceLineImplementation,
} from './sequence-lines.ts'
import { setProblemsImplementation } from './set-problems.ts'
import {
  addTaskImplementation,
  cancelTaskImplementation,
  editTaskImplementation,
  finishTaskImplementation,
  resumeTaskImplementation,
  taskSheetImplementation,
  writeToTaskActorImplementation,
} from './tasks.ts'

/** Everything that episodes can do, as the gate runs it. */
export const episodesHandlers: readonly Implementation[] = [
  changeLevelImplementation,
  changeReferentImplementation,
  changeBinomeImplementation,
  setProblemsImplementation,
  putToSleepImplementation,
  wakeUpImplementation,
  closeEpisodeImplementation,
  reopenEpisodeImplementation,
  reassignCaseloadImplementation,
  addTaskImplementation,
  editTaskImplementation,
  finishTaskImplementation,
  cancelTaskImplementation,
  resumeTaskImplementation,
  writeToTaskActorImplementation,
  taskSheetImplementation,
  publishPracticeImplementation,
  practicesImplementation,
  relaunchPreviewImplementation,
  recordActivityImplementation,
  proposeHandoverImplementation,
  answerHandoverImplementation,
  withdrawHandoverImplementation,
  loadBoardImplementation,
  handoversForMeImplementation,
  correctActivityImplementation,
  activitiesOfPersonImplementation,
  startCriticalSequenceImplementation,
  endCriticalSequenceImplementation,
  acceptCriticalSequenceImplementation,
  declineCriticalSequenceImplementation,
  moveCriticalSequenceImplementation,
  answerSequenceLineImplementation,
  addSequenceLineImplementation,
  taskOfSequenceLineImplementation,
  setChecklistImplementation,
  returnToRegionalChecklistImplementation,
  checklistsImplementation,
  sequencesOfPersonImplementation,
  sequencesOfDayImplementation,
  noteRuptureImplementation,
  caseloadImplementation,
  dayImplementation,
  fileSynthesisImplementation,
  episodeHistoryImplementation,
  followersImplementation,
  teamLoadImplementation,
]
