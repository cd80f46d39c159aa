import { implement } from '../../platform/server/implement.ts'
import { hiddenItems } from '../contract/access-queries.ts'
import { hiddenText } from '../contract/hidden.ts'
import { ofThePerson } from './person-at-hand.ts'
import { selectHidden } from './reading.sql.ts'

export const hiddenItemsHandler = implement(hiddenItems, {
  load: ofThePerson,
  run: async ({ tx, actor }, { personId }) => {
    const rows = await selectHidden(tx, personId, actor.category)
    return { rows: rows.map((row) => ({ ...row, text: hiddenText(row.volet, row.count, row.why) })), total: rows.reduce((sum, row) => sum + row.count, 0) }
  },
})
