import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that steering can do, as the gate runs it. */
export const steeringHandlers: readonly Implementation[] = []
