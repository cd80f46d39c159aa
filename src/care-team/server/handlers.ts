import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that care-team can do, as the gate runs it. */
export const careTeamHandlers: readonly Implementation[] = []
