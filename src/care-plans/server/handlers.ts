import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that care-plans can do, as the gate runs it. */
export const carePlansHandlers: readonly Implementation[] = []
