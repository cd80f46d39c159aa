import type { ThreadHead } from '../contract/queries.ts'
import type { ThreadTarget } from '../contract/thread.ts'

/** What the rules of a conversation look at, of its head. */
export const threadTarget = (head: ThreadHead): ThreadTarget => ({ ...head, holderOrg: head.holderOrg as ThreadTarget['holderOrg'] })
