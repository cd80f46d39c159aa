import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
import { answerReferral, cptsReferrals } from '../contract/referrals.ts'

/** No relation to a person opens a referral: it is of the CPTS that it was addressed to (referrals.test.ts plays her). */
export const cptsMatrix: readonly MatrixRow[] = [
  { contract: cptsReferrals, input: () => ({}), expected: expectAll('forbidden') },
  { contract: answerReferral, input: () => ({ id: newId(), baseVersion: 1, state: 'received' }), expected: expectAll('not_found') },
]
