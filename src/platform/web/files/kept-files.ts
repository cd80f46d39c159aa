import type { WaitingFile } from './Attachments.tsx'

/** What is said of a file whose bytes were lost with the page: only its name was kept. */
export const chooseAgain = 'n’était pas parti : choisissez-le de nouveau'

/** Of a file that waited too long for the words that it goes with. */
export const keptOneDay = 'n’est gardé qu’un jour sans être envoyé : choisissez-le de nouveau'

/** The files of one draft as they are kept, with the ids of those that were taken away: another tab that still shows them does not bring them back. */
export interface KeptFiles {
  readonly files: readonly WaitingFile[]
  readonly removed: readonly string[]
}

/** What a draft holds, whatever version of Jalon kept it. */
export function keptFiles(content: unknown): KeptFiles {
  const { files = [], removed = [] } = (content ?? {}) as Partial<KeptFiles>
  return { files, removed }
}

/** Both tabs stand: files by their id, those of before first; what either took away is gone; of one file, what is known best. */
export function mergeFiles(mine: KeptFiles, kept: KeptFiles): KeptFiles {
  const removed = new Set([...kept.removed, ...mine.removed])
  const all = new Map<string, WaitingFile>()
  for (const one of [...kept.files, ...mine.files]) {
    const before = all.get(one.id)
    all.set(one.id, before === undefined || knownOf(one) >= knownOf(before) ? one : before)
  }
  return { files: [...all.values()].filter(({ id }) => !removed.has(id)), removed: [...removed] }
}

/** A tab opened while another was sending a file believes that it never left: it arrived, or was refused, for whoever saw it. */
function knownOf({ state, words }: WaitingFile): number {
  if (state === 'failed') return words === chooseAgain ? 0 : 3
  return state === 'ready' ? 2 : 1
}

/** A little less than what the server keeps of a file that went with nothing. */
const keptFor = 23 * 3_600_000
/** When a file was chosen: its id says it (RFC 9562, version 7). */
const chosenAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** What a file kept with a draft is, when its page is opened again. */
export function foundAgain({ id, name, state, words }: WaitingFile, now: number): WaitingFile {
  if (state === 'sending') return { id, name, state: 'failed', words: chooseAgain }
  if (state === 'ready' && now - chosenAt(id) > keptFor) return { id, name, state: 'failed', words: keptOneDay }
  return { id, name, state, words }
}
