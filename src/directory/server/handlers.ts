import type { Implementation } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { feedOrders } from './import/feed-orders.ts'
import { importOrders } from './import/import-orders.ts'
import { importReadings } from './import/read-imports.ts'
import { localCards } from './local-cards.ts'
import { ownWordsOfServices } from './own-words.ts'
import { directoryReadings } from './read-directory.ts'

/** Everything that the directory can do, as the gate runs it. */
export const directoryHandlers: readonly Implementation[] = [
  ...directoryReadings,
  ...localCards,
  ...ownWordsOfServices,
  ...importOrders,
  ...importReadings,
  ...feedOrders,
]
