import { useEffect, useRef, useState } from 'react'
import { attachmentLimits } from '../../contract/attachment.ts'
import { newId } from '../../contract/ids.ts'
import { errorDetail } from '../api/api-error.ts'
import { isNetworkError } from '../api/client.ts'
import { network } from '../api/network.ts'
import { type DraftKeeper, keepDraft } from '../drafts/draft-keeper.ts'
import { useEvents } from '../live/use-events.ts'
import { refusedWords, type WaitingFile } from './Attachments.tsx'
import { foundAgain, type KeptFiles, keptFiles, mergeFiles } from './kept-files.ts'
import { readFileToSend } from './read-file.ts'

export interface Uploads {
  readonly files: readonly WaitingFile[]
  /** Those that arrived, in their order. */
  readonly ready: readonly WaitingFile[]
  /** Some are on their way, or wait for the network. */
  readonly busy: boolean
  readonly remove: (id: string) => void
  /** These may not go: said beside each. */
  readonly refuse: (words: ReadonlyMap<string, string>) => void
  readonly clear: () => void
}

interface UploadsOptions {
  readonly scanned: string
  readonly over: string
  readonly keptAs?: string
  readonly fresh?: boolean | undefined
}

/** Takes one file to the server; the same `id` may leave twice, and is kept once. */
export type Upload = (id: string, file: { readonly name: string; readonly content: string }) => Promise<unknown>

const retryEvery = 8_000

/**
 * Files of what is being written: each leaves as soon as it is chosen, cleaned of where and when it was taken; without network it waits, and leaves again by
 * itself under the same id. `scanned`: the event by which the antivirus refuses one; `over`: what is said beyond the number that may go together. `keptAs`: the
 * draft under which they are found again when the page is; one whose bytes had not left, or which the server has let go since, is said then, to be chosen again.
 * `fresh`: begins without them, right after they were sent.
 */
export function useUploads({ scanned, over, keptAs, fresh = false }: UploadsOptions): Uploads & {
  readonly add: (chosen: readonly File[], upload: Upload) => void
} {
  const [files, setFiles] = useState<readonly WaitingFile[]>([])
  const gone = useRef(new Set<string>())
  const removed = useRef(new Set<string>())
  const closed = useRef(new AbortController())
  const change = (id: string, more: Partial<WaitingFile>): void => setFiles((before) => before.map((one) => (one.id === id ? { ...one, ...more } : one)))
  useEffect(() => {
    closed.current = new AbortController()
    return () => closed.current.abort()
  }, [])
  const forget = useKept(keptAs, fresh, { files, removed: removed.current }, setFiles)
  useEvents([scanned], (event) => {
    if (event['verdict'] === 'infected') change(String(event['fileId']), { state: 'failed', words: refusedWords })
  })
  const leave = async (id: string, chosen: File, upload: Upload): Promise<void> => {
    try {
      const { name, content } = await readFileToSend(chosen)
      for (;;) {
        try {
          await upload(id, { name, content })
          break
        } catch (error) {
          if (!isNetworkError(error) || gone.current.has(id) || closed.current.signal.aborted) throw error
          change(id, { words: 'en attente du réseau' })
          await networkBack(closed.current.signal)
          change(id, { words: undefined })
        }
      }
      change(id, { state: 'ready', words: undefined })
    } catch (error) {
      change(id, { state: 'failed', words: error instanceof Error && error.name === 'Error' ? error.message : errorDetail(error) })
    }
  }
  const remove = (id: string): void => {
    gone.current.add(id)
    removed.current.add(id)
    setFiles((before) => before.filter((one) => one.id !== id))
  }
  return {
    files,
    ready: files.filter(({ state }) => state === 'ready'),
    busy: files.some(({ state }) => state === 'sending'),
    add: (chosen, upload) => {
      const room = Math.max(0, attachmentLimits.each - files.filter(({ state }) => state !== 'failed').length)
      const taken = chosen.slice(0, room).map((file) => ({ id: newId() as string, file }))
      const refused = chosen.slice(room).map(({ name }): WaitingFile => ({ id: newId(), name, state: 'failed', words: over }))
      setFiles((before) => [...before, ...taken.map(({ id, file }): WaitingFile => ({ id, name: file.name, state: 'sending' })), ...refused])
      for (const { id, file } of taken) void leave(id, file, upload)
    },
    remove,
    refuse: (words) => setFiles((before) => before.map((one) => (words.has(one.id) ? { ...one, state: 'failed', words: words.get(one.id) } : one))),
    clear: () => {
      forget()
      removed.current.clear()
      setFiles([])
    },
  }
}

/** Of a file that the server does not have when its words leave. */
export const notOnServer = 'n’est pas sur le serveur, où il n’est gardé qu’un jour : choisissez-le de nouveau'

/** What is said beside each file with which words were refused, by its id: whether the antivirus refused it, or the server does not have it. */
export function whyLeftOut(details: unknown): ReadonlyMap<string, string> {
  const { files, missing } = (details ?? {}) as { readonly files?: unknown; readonly missing?: unknown }
  const absent = new Set(Array.isArray(missing) ? missing : [])
  return new Map((Array.isArray(files) ? files : []).map((id) => [String(id), absent.has(id) ? notOnServer : refusedWords]))
}

/** Names and states of the files, kept beside the words that they go with; what two tabs chose for the same words stands together. Gives the way to forget them at once, even when the page closes with it. */
function useKept(
  key: string | undefined,
  fresh: boolean,
  { files, removed }: { readonly files: readonly WaitingFile[]; readonly removed: Set<string> },
  setFiles: (change: (before: readonly WaitingFile[]) => readonly WaitingFile[]) => void,
): () => void {
  const keeper = useRef<DraftKeeper | null>(null)
  const known = useRef(false)
  /** As they were found: written again, they would outlive the note that another tab has just sent with them. */
  const found = useRef<readonly WaitingFile[] | null>(null)
  useEffect(() => {
    if (key === undefined) return
    const mine = keepDraft(key, () => undefined, merged)
    keeper.current = mine
    known.current = fresh
    let gone = false
    if (fresh) void mine.discard()
    else
      void mine.load().then((draft) => {
        if (gone) return
        const before = keptFiles(draft?.content)
        for (const id of before.removed) removed.add(id)
        const back = before.files.filter(({ id }) => !removed.has(id)).map((one) => foundAgain(one, Date.now()))
        found.current = back
        setFiles((chosen) => [...back.filter(({ id }) => chosen.every((one) => one.id !== id)), ...chosen])
        known.current = true
      })
    return () => {
      gone = true
      mine.close()
      keeper.current = null
    }
  }, [key, fresh, removed, setFiles])
  const held = useRef(false)
  useEffect(() => {
    if (!known.current && files.length === 0) return
    const some = files.length > 0 || removed.size > 0
    const asFound = found.current !== null && alike(files, found.current)
    if (!asFound) {
      found.current = null
      if (some) keeper.current?.keep({ files, removed: [...removed] } satisfies KeptFiles)
    }
    held.current = some
  }, [files, removed])
  return () => {
    if (held.current) void keeper.current?.discard()
    held.current = false
  }
}

const merged = (mine: unknown, kept: unknown): KeptFiles => mergeFiles(keptFiles(mine), keptFiles(kept))

const alike = (some: readonly WaitingFile[], others: readonly WaitingFile[]): boolean =>
  some.length === others.length && some.every(({ id, state, words }, n) => others[n]?.id === id && others[n].state === state && others[n].words === words)

/** Until the browser or a request says that the network is back, or some seconds have passed. */
function networkBack(closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop()
      clearTimeout(timer)
      closed.removeEventListener('abort', done)
      resolve()
    }
    const stop = network.subscribe(() => {
      if (network.get() === 'up') done()
    })
    const timer = setTimeout(done, retryEvery)
    closed.addEventListener('abort', done)
  })
}
