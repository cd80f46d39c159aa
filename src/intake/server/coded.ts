import type { Tx } from '../../platform/server/db.ts'
import { assertValue } from '../../territory/server/api.ts'

/** Refuses a code outside its list; null and undefined are no code. `kept` is the code that the record already had. */
export async function assertCodes(tx: Tx, codes: readonly (readonly [set: string, code: string | null | undefined, kept?: string | null])[]): Promise<void> {
  for (const [set, code, kept] of codes) if (code !== null && code !== undefined) await assertValue(tx, set, code, kept)
}
