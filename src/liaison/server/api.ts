export { raiseByRule, type WhatHappened } from './raise-by-rule.ts'
export { sendNotices } from './send-notices.ts'
