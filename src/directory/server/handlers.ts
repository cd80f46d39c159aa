import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { directoryReadings } from './read-directory.ts'

/** Everything that the directory can do, as the gate runs it. */
export const directoryHandlers: readonly Implementation[] = [...directoryReadings]
