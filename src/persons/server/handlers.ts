import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that persons can do, as the gate runs it. */
export const personsHandlers: readonly Implementation[] = []
