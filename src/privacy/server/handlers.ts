import type { Implementation } from '../../platform/server/implement.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import { readAccesses, readAccessLines, type TitleOf } from './read-accesses.ts'
import { readPersonData, readPersonDataSummary } from './read-person-data.ts'

export interface PrivacyKnows {
  /** What every capability declares about persons, composed by the application. */
  readonly tables: readonly PersonTable[]
  readonly titleOf: TitleOf
}

/** Everything that one can do about the rights of a person. */
export const privacyHandlers = ({ tables, titleOf }: PrivacyKnows): readonly Implementation[] => [
  readPersonData(tables),
  readPersonDataSummary(tables),
  readAccesses(titleOf),
  readAccessLines(titleOf),
]
