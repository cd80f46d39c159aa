import { describe, expect, it } from 'vitest'
import type { LocalDraft } from '../drafts/vault.ts'
import { writeMerged } from '../drafts/write-merged.ts'
import type { WaitingFile } from './Attachments.tsx'
import { chooseAgain, type KeptFiles, keptFiles, mergeFiles } from './kept-files.ts'

/** The vault of one browser, where each reading and each writing takes a turn of its own. */
function oneBrowser() {
  const drafts = new Map<string, LocalDraft>()
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done))
  return {
    read: async (key: string) => {
      await turn()
      return drafts.get(key) ?? null
    },
    write: async (key: string, draft: LocalDraft) => {
      await turn()
      drafts.set(key, draft)
    },
  }
}
const merge = (mine: unknown, kept: unknown): KeptFiles => mergeFiles(keptFiles(mine), keptFiles(kept))
const ready = (id: string): WaitingFile => ({ id, name: `${id}.jpg`, state: 'ready' })
const namesIn = (draft: LocalDraft | null): readonly string[] => keptFiles(draft?.content).files.map(({ id }) => id)

describe('the files of one draft, in two tabs of the same browser', () => {
  const key = 'liaison.note.files:somebody'
  const tab = (browser: ReturnType<typeof oneBrowser>) => (files: readonly WaitingFile[], removed: readonly string[], savedAt: string) =>
    writeMerged(browser, key, { content: { files, removed }, savedAt }, merge)

  it('chosen at the same moment, both stand', async () => {
    const browser = oneBrowser()
    await Promise.all([tab(browser)([ready('plan')], [], '2026-10-15T08:00:01.000Z'), tab(browser)([ready('photo')], [], '2026-10-15T08:00:00.000Z')])
    const kept = await browser.read(key)
    expect(namesIn(kept)).toEqual(['plan', 'photo'])
    // Sent by one before the other wrote, the two are not taken for what was sent.
    expect(kept?.savedAt).toBe('2026-10-15T08:00:01.001Z')
  })

  it('taken away in one, do not come back with what the other adds, not even the last of them', async () => {
    const browser = oneBrowser()
    const [one, other] = [tab(browser), tab(browser)]
    await one([ready('plan')], [], '2026-10-15T08:00:00.000Z')
    await one([], ['plan'], '2026-10-15T08:00:01.000Z')
    expect(namesIn(await browser.read(key))).toEqual([])
    await other([ready('plan'), ready('photo')], [], '2026-10-15T08:00:02.000Z')
    expect(namesIn(await browser.read(key))).toEqual(['photo'])
    await one([], ['plan'], '2026-10-15T08:00:03.000Z')
    expect(namesIn(await browser.read(key))).toEqual(['photo'])
  })

  it('of one file, what the tab that sent it knows is kept; what the antivirus refused stays refused', () => {
    const of = (...files: WaitingFile[]): KeptFiles => ({ files, removed: [] })
    const unknown: WaitingFile = { ...ready('plan'), state: 'failed', words: chooseAgain }
    const refused: WaitingFile = { ...ready('plan'), state: 'failed', words: 'refusé' }
    for (const [weak, strong] of [
      [unknown, ready('plan')],
      [{ ...ready('plan'), state: 'sending' }, ready('plan')],
      [ready('plan'), refused],
    ] as const) {
      expect(mergeFiles(of(weak), of(strong)).files).toEqual([strong])
      expect(mergeFiles(of(strong), of(weak)).files).toEqual([strong])
    }
  })
})

it('a draft kept by an earlier Jalon, without its removals, still opens', () => {
  expect(keptFiles({ files: [ready('plan')] })).toEqual({ files: [ready('plan')], removed: [] })
  expect(keptFiles(undefined)).toEqual({ files: [], removed: [] })
})
