import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that assessments can do, as the gate runs it. */
export const assessmentsHandlers: readonly Implementation[] = []
