import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { giveAgreementImplementation, handOverPlanImplementation, noteAgreementImplementation } from './agree.ts'
import { decidePlanImplementation } from './decide.ts'
import { discardDraftImplementation } from './discard-draft.ts'
import {
  editObjectiveImplementation,
  editPlanActionImplementation,
  editProblemImplementation,
  removeLineImplementation,
  restoreLineImplementation,
} from './edit-lines.ts'
import { answerActionImplementation, followActionImplementation, judgeObjectiveImplementation } from './follow-lines.ts'
import { proposePlanImplementation, resumePlanImplementation, revisePlanImplementation, validatePlanImplementation } from './lifecycle.ts'
import { planDocumentImplementation } from './make-document.ts'
import {
  askedOfMeImplementation,
  planOfPersonImplementation,
  planSummaryImplementation,
  plansToReviseImplementation,
  planVersionImplementation,
} from './read.ts'
import { addObjectiveImplementation, addPlanActionImplementation, addProblemImplementation } from './write-lines.ts'
import {
  addCriterionImplementation,
  flagCriterionImplementation,
  removeCriterionImplementation,
  setReviewImplementation,
  unflagCriterionImplementation,
  writeStatementImplementation,
} from './write-parts.ts'

/** Everything that care plans can do, as the gate runs it. */
export const carePlansHandlers: readonly Implementation[] = [
  decidePlanImplementation,
  addProblemImplementation,
  editProblemImplementation,
  addObjectiveImplementation,
  editObjectiveImplementation,
  judgeObjectiveImplementation,
  addPlanActionImplementation,
  editPlanActionImplementation,
  followActionImplementation,
  answerActionImplementation,
  removeLineImplementation,
  restoreLineImplementation,
  writeStatementImplementation,
  setReviewImplementation,
  addCriterionImplementation,
  removeCriterionImplementation,
  flagCriterionImplementation,
  unflagCriterionImplementation,
  proposePlanImplementation,
  resumePlanImplementation,
  validatePlanImplementation,
  revisePlanImplementation,
  discardDraftImplementation,
  noteAgreementImplementation,
  giveAgreementImplementation,
  handOverPlanImplementation,
  planOfPersonImplementation,
  planVersionImplementation,
  planDocumentImplementation,
  plansToReviseImplementation,
  askedOfMeImplementation,
  planSummaryImplementation,
]
