/** What was typed in a passage and did not reach the minutes, with the version it was typed on. */
export interface KeptText {
  readonly body: string
  readonly version: number
}

/** Which text the pen begins with: that of the minutes, what was typed and not saved, or both to settle when a colleague wrote meanwhile. */
export function openingText(
  block: { readonly body: string; readonly version: number },
  kept: KeptText | null,
): { readonly body: string; readonly state: 'same' | 'found' | 'both' } {
  if (kept === null || kept.body.trim() === block.body.trim()) return { body: block.body, state: 'same' }
  return { body: kept.body, state: kept.version === block.version ? 'found' : 'both' }
}

/** The colleague’s words, then mine: nothing of either is lost, and what both hold is written once. */
export function bothTexts(theirs: string, mine: string): string {
  const [hers, own] = [theirs.trim(), mine.trim()]
  if (own.includes(hers)) return own
  return hers.includes(own) ? hers : `${hers}\n\n${own}`
}
