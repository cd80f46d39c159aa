import type { Implementation } from '../../platform/server/implement.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import { bringBackImplementation, liftArchivedHoldImplementation, readArchivedHolds } from './archive.ts'
import { cancelErasureImplementation, confirmErasureImplementation, proposeErasureImplementation } from './erasure.ts'
import { makeExtractImplementation, readExtractImplementation, readExtractList } from './extracts.ts'
import { readAccesses, readAccessLines, type Titles } from './read-accesses.ts'
import { readPersonData, readPersonDataSummary } from './read-person-data.ts'
import { readErasureProof, readLimitation, readPersonRequests, readRequestLetter, readRequestRegister, readServiceRequests } from './read-requests.ts'
import { readRegister, readRegisterDocument, writeProcessingImplementation } from './register.ts'
import {
  addAddendumImplementation,
  answerRequestImplementation,
  extendRequestImplementation,
  liftLimitationImplementation,
  limitUseImplementation,
  recordRequestImplementation,
} from './requests.ts'
import {
  decideRuleImplementation,
  endArchiveReaderImplementation,
  findArchivedImplementation,
  holdImplementation,
  liftHoldImplementation,
  nameArchiveReaderImplementation,
  readArchiveImplementation,
  readArchiveReaders,
  readExecutions,
  readRetentionRules,
} from './treatment.ts'

export interface PrivacyKnows {
  /** What every capability declares about persons, composed by the application. */
  readonly tables: readonly PersonTable[]
  readonly titles: Titles
}

/** Everything that one can do about the rights of a person. */
export const privacyHandlers = ({ tables, titles }: PrivacyKnows): readonly Implementation[] => [
  readPersonData(tables),
  readPersonDataSummary(tables),
  readAccesses(titles),
  readAccessLines(titles),
  recordRequestImplementation,
  extendRequestImplementation,
  answerRequestImplementation,
  addAddendumImplementation,
  limitUseImplementation,
  liftLimitationImplementation,
  proposeErasureImplementation(tables),
  confirmErasureImplementation(tables),
  cancelErasureImplementation,
  readPersonRequests(tables),
  readLimitation,
  readRequestLetter,
  readErasureProof,
  readServiceRequests,
  readRequestRegister,
  readRetentionRules,
  decideRuleImplementation,
  readExecutions,
  holdImplementation,
  liftHoldImplementation,
  readArchiveReaders,
  nameArchiveReaderImplementation,
  endArchiveReaderImplementation,
  findArchivedImplementation,
  readArchiveImplementation(tables),
  readArchivedHolds,
  liftArchivedHoldImplementation,
  bringBackImplementation,
  readRegister,
  readRegisterDocument,
  writeProcessingImplementation,
  readExtractList,
  makeExtractImplementation,
  readExtractImplementation,
]
