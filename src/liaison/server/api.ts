export { leaveNotices } from './notices.ts'
export { raiseByRule, type WhatHappened } from './raise-by-rule.ts'
export { noteFilesScanned } from './scanned-files.ts'
export { sendNotices } from './send-notices.ts'
