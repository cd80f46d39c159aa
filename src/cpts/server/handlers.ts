import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { cptsReferrals } from '../contract/referrals.ts'
import { answerReferralHandler } from './answer-referral.ts'
import { selectReferrals } from './referral.sql.ts'

/** Everything that a CPTS can do, as the gate runs it. */
export const cptsHandlers: readonly Implementation[] = [
  implement(cptsReferrals, {
    load: noTarget,
    run: async ({ tx }, { ended }) => {
      const rows = await selectReferrals(tx, ended)
      return { rows, next: null, total: rows.length }
    },
  }),
  answerReferralHandler,
]
