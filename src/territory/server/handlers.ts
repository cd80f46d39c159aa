import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that territory can do, as the gate runs it. */
export const territoryHandlers: readonly Implementation[] = []
