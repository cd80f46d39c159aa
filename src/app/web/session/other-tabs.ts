import { carrying } from '../../../offline/web/carrying.ts'
import { closeDrafts, uploadDrafts } from '../../../platform/web/drafts/draft-keeper.ts'

type Word =
  | { readonly kind: 'leaving'; readonly id: string }
  | { readonly kind: 'here'; readonly id: string; readonly tab: string }
  | { readonly kind: 'kept'; readonly id: string; readonly tab: string; readonly all: boolean }

const tab = crypto.randomUUID?.() ?? String(Math.random())
/** Tabs answer at once that they are there; then each has the time to send what it holds. */
const rollCallMs = 300
const uploadMs = 10_000

const channelOf = (userId: string): BroadcastChannel => new BroadcastChannel(`jalon-leaving-${userId}`)

/** Sends the drafts of this tab when another tab of the same user is about to log out. Gives the function that stops. */
export function answerOtherTabs(userId: string): () => void {
  const channel = channelOf(userId)
  const say = (word: Word): void => channel.postMessage(word)
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind !== 'leaving') return
    const { id } = data
    say({ kind: 'here', id, tab })
    void uploadDrafts().then((all) => say({ kind: 'kept', id, tab, all }))
  }
  return () => channel.close()
}

/** Asks the other tabs of the user to send their drafts. Gives true once all have. */
export async function uploadOtherTabs(userId: string): Promise<boolean> {
  const channel = channelOf(userId)
  const id = crypto.randomUUID?.() ?? String(Math.random())
  const waiting = new Set<string>()
  const answered = new Map<string, boolean>()
  const over = Promise.withResolvers<void>()
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'leaving' || data.id !== id || data.tab === tab) return
    if (data.kind === 'here') waiting.add(data.tab)
    else answered.set(data.tab, data.all)
    if (rolled && answered.size >= waiting.size) over.resolve()
  }
  let rolled = false
  channel.postMessage({ kind: 'leaving', id } satisfies Word)
  await new Promise((resolve) => setTimeout(resolve, rollCallMs))
  rolled = true
  if (answered.size < waiting.size) await Promise.race([over.promise, new Promise((resolve) => setTimeout(resolve, uploadMs))])
  channel.close()
  return [...waiting].every((one) => answered.get(one) === true)
}

/** The user has left in another tab: this one keeps nothing more, and goes to the door. */
export function followOut(): void {
  closeDrafts()
  carrying.set(null)
  window.location.assign('/')
}
