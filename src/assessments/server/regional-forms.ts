import type { Tx } from '../../platform/server/db.ts'
import { addForms } from '../contract/library.ts'
import { selectForms } from './form.sql.ts'

/** How far this process has read. What is read never changes, so that nothing has ever to be forgotten. */
let read = 0

/** Brings the library of this process up to what the region has loaded: before any form is looked up. One index probe when nothing is new. */
export async function knowForms(tx: Tx): Promise<void> {
  const fresh = await selectForms(tx, read)
  if (fresh.length === 0) return
  addForms(fresh.map(({ definition }) => definition))
  read = Math.max(read, ...fresh.map(({ seq }) => seq))
}
