import type { LocalDraft, Vault } from './vault.ts'

/** Makes one content of what a tab holds and of what lies in this browser, where another tab of the same draft may have written. */
export type Merge = (mine: unknown, kept: unknown) => unknown

/** Writes a draft over what another tab has kept under the same key: one tab at a time, so that neither is lost. Gives what lies there now. */
export function writeMerged(vault: Pick<Vault, 'read' | 'write'>, key: string, draft: LocalDraft, merge: Merge): Promise<LocalDraft> {
  return aloneOn(key, async () => {
    const before = await vault.read(key)
    const both = before === null ? draft : { content: merge(draft.content, before.content), savedAt: after(draft.savedAt, before.savedAt) }
    await vault.write(key, both)
    return both
  })
}

/** Later than both: what one tab has sent is not taken for what the two wrote. */
function after(one: string, other: string): string {
  return new Date(Math.max(Date.parse(one), Date.parse(other)) + 1).toISOString()
}

/** One tab of this browser at a time changes this draft; where the browser has no locks, as it comes. */
export async function aloneOn<T>(key: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? ((await navigator.locks.request(`jalon-draft-${key}`, work)) as T) : work()
}
