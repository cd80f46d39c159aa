import { defineErrorTexts } from '../../platform/contract/errors.ts'

export const auditTrailErrorTexts = defineErrorTexts({
  audit_period_reversed: () => 'La période finit avant de commencer.',
})
