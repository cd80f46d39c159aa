import type { Implementation } from '../../platform/server/implement.ts'
import { decideRetentionHandler, readRetentionHandler } from './decide-retention.ts'
import { notePrintHandler } from './note-print.ts'
import { readTraceHandlers, type Titles } from './read-lines.ts'

/** Everything that the audit trail can do, as the gate runs it. `titles` names the actions and queries of the whole of Jalon. */
export const auditTrailHandlers = (titles: Titles): readonly Implementation[] => [
  ...readTraceHandlers(titles),
  decideRetentionHandler,
  readRetentionHandler,
  notePrintHandler,
]
