import type { Implementation } from '../../platform/server/implement.ts'

/** Everything that episodes can do, as the gate runs it. */
export const episodesHandlers: readonly Implementation[] = []
