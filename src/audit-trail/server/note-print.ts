import { loadPerson } from '../../persons/server/api.ts'
import { implement } from '../../platform/server/implement.ts'
import { notePrint } from '../contract/actions.ts'

export const notePrintHandler = implement(notePrint, {
  load: async (context, { personId }) => ({ personId: personId === null ? null : (await loadPerson(context, personId)).personId }),
  run: async ({ note }, { page }) => {
    note({ page })
    return {}
  },
})
