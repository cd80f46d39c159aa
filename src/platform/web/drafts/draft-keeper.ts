import { discardDraft, myDrafts, saveDraft } from '../../contract/drafts.ts'
import { newId } from '../../contract/ids.ts'
import { callAction, callQuery, isNetworkError, send } from '../api/client.ts'
import { network, saveState } from '../api/network.ts'
import type { Session } from '../api/SessionProvider.tsx'
import { type LocalDraft, openVault, type Vault } from './vault.ts'
import { forgetForms } from './waiting-forms.ts'
import { aloneOn, type Merge, writeMerged } from './write-merged.ts'

let vault: Promise<Vault | null> = Promise.resolve(null)
const open = new Set<() => Promise<unknown>>()
/** True once the user of this page has left: what a form still holds reaches nobody, however late its page goes away. */
let left = false
/** What a closed form could leave neither on the server nor in this browser: it lives as long as the page. */
const stranded = new Map<string, LocalDraft>()

/** Opens the drafts of whoever has just logged in; the same user coming back keeps hers open. */
export function openDrafts(session: Session, before: Session | null): void {
  const { draftSecret } = session
  const same = before?.actor.userId === session.actor.userId
  left = false
  if (same && before?.draftSecret === draftSecret) return
  if (!same) {
    stranded.clear()
    forgetForms()
  }
  if (!draftSecret) {
    vault = Promise.resolve(null)
  } else if (same && before.draftSecret) {
    void vault.then((one) => one?.rewrap(draftSecret))
  } else {
    vault = openVault(session.actor.userId, draftSecret).catch(() => null)
  }
}

/**
 * Sends to the server all that is still here: the forms of this page, and what earlier pages and other tabs left in this browser. Gives true
 * once nothing waits. Tries each once: whoever leaves decides what to do of the rest.
 */
export async function uploadDrafts(): Promise<boolean> {
  const failed = (await Promise.all([...open].map((flush) => flush()))).some((error) => error !== null)
  const here = await vault
  const waiting = [...((await here?.unsent().catch(() => [])) ?? []), ...[...stranded].map(([key, draft]) => ({ key, draft }))]
  let all = !failed
  for (const { key, draft } of waiting) {
    try {
      const there = await readServer(key)
      if (there === null || there.savedAt < draft.savedAt) await keepOnServer(key, draft)
      await here?.sent(key, draft.savedAt)
      stranded.delete(key)
    } catch {
      all = false
    }
  }
  return all
}

/**
 * Leaves nothing of the user in this browser. For an explicit logout, once her drafts are on the server or she has given them up. Gives true
 * where a colleague's lie sealed beside them, which must outlive her departure.
 */
export async function wipeDrafts(): Promise<boolean> {
  const here = await vault
  closeDrafts()
  await here?.wipe()
  return here?.othersWait() ?? false
}

/** Nothing more is written in this browser nor sent: the user has left, here or in another tab, which has wiped it. */
export function closeDrafts(): void {
  left = true
  stranded.clear()
  forgetForms()
  vault = Promise.resolve(null)
}

export interface DraftKeeper {
  /** The newest of what this browser and the server kept; null when there is none. */
  readonly load: () => Promise<LocalDraft | null>
  /** Keeps a content: at once in this browser, a little later on the server. Gives the instant. */
  readonly keep: (content: unknown) => void
  /** Forgets it everywhere: it was sent, or the user starts again. */
  readonly discard: () => Promise<void>
  /** Writes what still waits. Gives what kept it from the server, or null. */
  readonly flush: () => Promise<unknown>
  readonly close: () => void
}

const localDelay = 300
const serverDelay = 2_500
const retryDelay = 5_000

/**
 * Keeps the draft of one form. `onKept` receives the instant each time it is safe somewhere. `merge`: what two tabs of this browser wrote under the same key
 * stands together; without it the last one wins.
 */
export function keepDraft(key: string, onKept: (savedAt: string) => void, merge?: Merge): DraftKeeper {
  let waiting: LocalDraft | null = null
  let unsent: LocalDraft | null = null
  let localTimer: ReturnType<typeof setTimeout> | undefined
  let serverTimer: ReturnType<typeof setTimeout> | undefined
  let generation = 0
  let closed = false
  let turn: Promise<unknown> = Promise.resolve()

  const writeLocal = async (): Promise<void> => {
    clearTimeout(localTimer)
    const draft = waiting
    waiting = null
    if (!draft) return
    const here = await vault
    if (!here) return
    if (merge === undefined) await here.write(key, draft)
    else await writeMerged(here, key, draft, merge)
    kept(draft)
  }
  /** Both tabs as they lie here: whichever sends last sends the two. */
  const whole = async (draft: LocalDraft): Promise<LocalDraft> => {
    if (merge === undefined) return draft
    await writeLocal()
    return (await (await vault)?.read(key)) ?? draft
  }
  const sendUnsent = async (): Promise<unknown> => {
    const typed = unsent
    if (!typed || left) return null
    unsent = null
    const mine = generation
    let draft = typed
    try {
      draft = await whole(typed)
      await keepOnServer(key, draft)
      await (await vault)?.sent(key, draft.savedAt)
      if (mine === generation) kept(draft)
      return null
    } catch (error) {
      if (mine === generation) unsent ??= draft
      if (!closed && isNetworkError(error)) serverTimer = setTimeout(() => void writeServer(), retryDelay)
      return error
    }
  }
  /** One after the other: whoever asks for it waits for what is already on its way. */
  const writeServer = (): Promise<unknown> => {
    clearTimeout(serverTimer)
    turn = turn.then(sendUnsent)
    return turn
  }
  const flush = async (): Promise<unknown> => {
    await writeLocal()
    return writeServer()
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
  open.add(flush)

  return {
    load: async () => {
      const kept = vault.then((here) => here?.read(key) ?? null).catch(() => null)
      const [here, there] = await Promise.all([kept.then((found) => found ?? stranded.get(key) ?? null), readServer(key).catch(() => null)])
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
      stranded.delete(key)
      saveState.set({ kind: 'saved' })
      const here = await vault
      await (merge === undefined ? here?.remove(key) : aloneOn(key, async () => here?.remove(key)))
      // What is on its way arrives first: it would outlive its own end.
      await turn
      await callAction(discardDraft, { key }, null, { keepalive: true }).catch(() => undefined)
    },
    flush,
    close: () => {
      closed = true
      void flush().then(async () => {
        if (unsent && (await vault) === null) stranded.set(key, unsent)
      })
      clearTimeout(serverTimer)
      open.delete(flush)
      stopWatching()
      document.removeEventListener('visibilitychange', onHide)
    },
  }
}

async function keepOnServer(key: string, { content, savedAt }: LocalDraft): Promise<void> {
  await send(`/api/actions/${saveDraft.name}`, JSON.stringify({ key, content: { savedAt, values: content } }), { 'Idempotency-Key': newId() })
}

/** Throws when the server does not answer. */
async function readServer(key: string): Promise<LocalDraft | null> {
  const { drafts } = await callQuery(myDrafts, { prefix: key })
  const found = drafts.find((one) => one.key === key)
  const content = found?.content as { savedAt?: string; values?: unknown } | undefined
  return content?.values === undefined ? null : { content: content.values, savedAt: content.savedAt ?? (found?.savedAt as string) }
}
