import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { correctAssessmentImplementation } from './correct-assessment.ts'
import { describeAssessmentImplementation } from './describe-assessment.ts'
import { discardAssessmentImplementation } from './discard-assessment.ts'
import { finishAssessmentImplementation } from './finish-assessment.ts'
import { publishFormImplementation } from './publish-form.ts'
import {
  assessmentDetailImplementation,
  assessmentsOfPersonImplementation,
  formVersionsImplementation,
  latestScoresImplementation,
  regionalFormsImplementation,
} from './read.ts'
import { recordOpinionImplementation } from './record-opinion.ts'
import { saveSectionImplementation } from './save-section.ts'
import { startAssessmentImplementation } from './start-assessment.ts'

/** Everything that assessments can do, as the gate runs it. */
export const assessmentsHandlers: readonly Implementation[] = [
  startAssessmentImplementation,
  describeAssessmentImplementation,
  saveSectionImplementation,
  finishAssessmentImplementation,
  discardAssessmentImplementation,
  correctAssessmentImplementation,
  recordOpinionImplementation,
  assessmentsOfPersonImplementation,
  assessmentDetailImplementation,
  latestScoresImplementation,
  regionalFormsImplementation,
  publishFormImplementation,
  formVersionsImplementation,
]
