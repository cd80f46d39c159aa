export { asJob } from './as-job.ts'
export { leaveNotices, type NoticeOf } from './notices.ts'
export { raiseByRule, type WhatHappened } from './raise-by-rule.ts'
export { sendNotices } from './send-notices.ts'
