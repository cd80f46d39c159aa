import { discardDraft, myDrafts, saveDraft } from '../../contract/drafts.ts'
import { callAction, callQuery } from '../api/client.ts'
import { network, saveState } from '../api/network.ts'
import type { Session } from '../api/SessionProvider.tsx'
import { type LocalDraft, openVault, type Vault } from './vault.ts'

let vault: Promise<Vault | null> = Promise.resolve(null)
const flushes = new Set<() => Promise<void>>()

/** Opens the drafts of whoever has just logged in; the same user coming back keeps hers open. */
export function openDrafts(session: Session, before: Session | null): void {
  const { draftSecret } = session
  const same = before?.actor.userId === session.actor.userId
  if (same && before?.draftSecret === draftSecret) return
  if (!draftSecret) {
    vault = Promise.resolve(null)
  } else if (same) {
    void vault.then((open) => open?.rewrap(draftSecret))
  } else {
    vault = openVault(session.actor.userId, draftSecret).catch(() => null)
  }
}

/** Sends what is still here to the server, then leaves nothing of the user in this browser. Before an explicit logout. */
export async function flushAndWipeDrafts(): Promise<void> {
  await Promise.allSettled([...flushes].map((flush) => flush()))
  await (await vault)?.wipe()
  vault = Promise.resolve(null)
}

export interface DraftKeeper {
  /** The newest of what this browser and the server kept; null when there is none. */
  readonly load: () => Promise<LocalDraft | null>
  /** Keeps a content: at once in this browser, a little later on the server. Gives the instant. */
  readonly keep: (content: unknown) => void
  /** Forgets it everywhere: it was sent, or the user starts again. */
  readonly discard: () => Promise<void>
  /** Writes what still waits. */
  readonly flush: () => Promise<void>
  readonly close: () => void
}

const localDelay = 300
const serverDelay = 2_500

/** Keeps the draft of one form. `onKept` receives the instant each time it is safe somewhere. */
export function keepDraft(key: string, onKept: (savedAt: string) => void): DraftKeeper {
  let waiting: LocalDraft | null = null
  let unsent: LocalDraft | null = null
  let localTimer: ReturnType<typeof setTimeout> | undefined
  let serverTimer: ReturnType<typeof setTimeout> | undefined
  let generation = 0

  const writeLocal = async (): Promise<void> => {
    clearTimeout(localTimer)
    const draft = waiting
    waiting = null
    if (!draft) return
    const open = await vault
    if (!open) return
    await open.write(key, draft)
    kept(draft)
  }
  const writeServer = async (): Promise<void> => {
    clearTimeout(serverTimer)
    const draft = unsent
    if (!draft) return
    unsent = null
    const mine = generation
    try {
      await callAction(saveDraft, { key, content: { savedAt: draft.savedAt, values: draft.content } as never })
      if (mine === generation) kept(draft)
    } catch {
      if (mine === generation) unsent ??= draft
    }
  }
  const flush = async (): Promise<void> => {
    await writeLocal()
    await writeServer()
  }
  const kept = (draft: LocalDraft): void => {
    onKept(draft.savedAt)
    saveState.set({ kind: 'draft', at: draft.savedAt })
  }
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') void flush()
  }
  const stopWatching = network.subscribe(() => {
    if (network.get() === 'up') void writeServer()
  })
  document.addEventListener('visibilitychange', onHide)
  flushes.add(flush)

  return {
    load: async () => {
      const [here, there] = await Promise.all([vault.then((open) => open?.read(key) ?? null).catch(() => null), readServer(key)])
      if (!here || !there) return here ?? there
      return here.savedAt >= there.savedAt ? here : there
    },
    keep: (content) => {
      const draft = { content, savedAt: new Date().toISOString() }
      waiting = draft
      unsent = draft
      saveState.set({ kind: 'saving' })
      clearTimeout(localTimer)
      clearTimeout(serverTimer)
      localTimer = setTimeout(() => void writeLocal(), localDelay)
      serverTimer = setTimeout(() => void writeServer(), serverDelay)
    },
    discard: async () => {
      generation += 1
      waiting = null
      unsent = null
      clearTimeout(localTimer)
      clearTimeout(serverTimer)
      saveState.set({ kind: 'saved' })
      await (await vault)?.remove(key)
      await callAction(discardDraft, { key }).catch(() => undefined)
    },
    flush,
    close: () => {
      void flush()
      flushes.delete(flush)
      stopWatching()
      document.removeEventListener('visibilitychange', onHide)
    },
  }
}

async function readServer(key: string): Promise<LocalDraft | null> {
  try {
    const { drafts } = await callQuery(myDrafts, { prefix: key })
    const found = drafts.find((one) => one.key === key)
    const content = found?.content as { savedAt?: string; values?: unknown } | undefined
    return content?.values === undefined ? null : { content: content.values, savedAt: content.savedAt ?? (found?.savedAt as string) }
  } catch {
    return null
  }
}
