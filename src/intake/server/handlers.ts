import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that intake can do, as the gate runs it. */
export const intakeHandlers: readonly Implementation[] = []
