import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that directory can do, as the gate runs it. */
export const directoryHandlers: readonly Implementation[] = []
