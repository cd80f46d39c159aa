import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { closeReportImplementation, reopenReportImplementation } from './close-report.ts'
import { openReportImplementation } from './open-report.ts'
import { reportAccessesImplementation, reportImplementation, reportsImplementation } from './read.ts'
import { addReaderImplementation, removeReaderImplementation } from './readers.ts'
import {
  recordConcernedImplementation,
  recordFactImplementation,
  recordNoticeImplementation,
  recordSendingImplementation,
  recordStepImplementation,
} from './record-entry.ts'

/** Everything that safeguarding can do, as the gate runs it. */
export const safeguardingHandlers: readonly Implementation[] = [
  openReportImplementation,
  recordFactImplementation,
  recordConcernedImplementation,
  recordNoticeImplementation,
  recordSendingImplementation,
  recordStepImplementation,
  closeReportImplementation,
  reopenReportImplementation,
  addReaderImplementation,
  removeReaderImplementation,
  reportsImplementation,
  reportImplementation,
  reportAccessesImplementation,
]
