import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that liaison can do, as the gate runs it. */
export const liaisonHandlers: readonly Implementation[] = []
