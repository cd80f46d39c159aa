import { newId } from '../../platform/contract/ids.ts'
import { ApiError } from '../../platform/web/api/api-error.ts'
import { network, sessionLost } from '../../platform/web/api/network.ts'
import { createSignal } from '../../platform/web/api/signal.ts'
import type { Envelope } from '../contract/envelope.ts'
import { type Outbox, openOutbox, type ReadableWaiting } from '../contract/outbox.ts'
import { type Delivery, deliveryOf, isBehindStuck, type Waiting, type Words } from '../contract/waiting.ts'
import { ask, carrying, deviceStore, dropEnded, markAlertTaken } from './carrying.ts'

/** What waits in this browser for the user of this page. */
export const waitingHere = createSignal<readonly ReadableWaiting[]>([])

/** What the last sending did: said once everything has left. */
export const lastSent = createSignal<{ readonly at: string; readonly count: number } | null>(null)

async function deliver(envelope: Envelope): Promise<Delivery> {
  try {
    const { output } = await ask<{ readonly output: Readonly<Record<string, unknown>> }>('deliver', { envelope })
    return { kind: 'done', output }
  } catch (error) {
    return error instanceof ApiError ? deliveryOf(error) : { kind: 'later' }
  }
}

async function outboxOf(userId: string): Promise<Outbox | null> {
  const store = await deviceStore()
  if (store === null) return null
  const here = carrying.get()
  const mine = here?.session.actor.userId === userId ? here : null
  const keys = mine === null ? null : { seal: mine.terms.seal, token: mine.terms.token, read: mine.read }
  // A note being typed stays here while it can be read here; sealed, it becomes a draft of the file at the next login.
  const holds = ({ envelope, words }: Waiting): boolean => mine !== null && words !== null && envelope.action === 'draft.save'
  const onDone = ({ action }: Envelope, output: Readonly<Record<string, unknown>>): void => {
    if (mine === null) return
    if (action === 'liaison.alert.take') void markAlertTaken(String(output['id']))
    if (action === 'assessments.assessment.finish') void dropEnded(String(output['id']))
  }
  return openOutbox({ holds, onDone, userId, store: store.waiting, keys, deliver, now: () => new Date(Date.now() + (mine?.ahead ?? 0)), newId })
}

export async function lookAtWaiting(userId: string): Promise<void> {
  waitingHere.set((await (await outboxOf(userId))?.all()) ?? [])
}

/** Writes a gesture here first; it leaves at once where there is a network. */
export async function writeHere(words: Words): Promise<string> {
  const userId = carrying.get()?.session.actor.userId
  const outbox = userId === undefined ? null : await outboxOf(userId)
  if (outbox === null || userId === undefined) throw new Error('nothing is written without keys')
  const id = await outbox.write(words)
  await lookAtWaiting(userId)
  void sendHere(userId)
  return id
}

/** Does something to what waits, then looks again and sends. */
export async function changeHere(userId: string, change: (outbox: Outbox) => Promise<unknown>): Promise<void> {
  const outbox = await outboxOf(userId)
  if (outbox === null) return
  await change(outbox)
  await lookAtWaiting(userId)
  void sendHere(userId)
}

/** Keeps what is being typed, sealed as a draft of the file; null once it has become a gesture. Takes the id that it has here, gives the one that it has now. */
export async function keepTypedHere(id: string | null, words: Words | null): Promise<string | null> {
  const userId = carrying.get()?.session.actor.userId
  const outbox = userId === undefined ? null : await outboxOf(userId)
  if (outbox === null || userId === undefined) return id
  if (words === null) {
    if (id !== null) await outbox.discard(id)
    return null
  }
  return id !== null && (await outbox.rewrite(id, words)) ? id : outbox.write(words)
}

/** Sends what waits, one tab at a time. Gives true once nothing waits for the network; what was refused or differs stays on the list. */
export async function sendHere(userId: string): Promise<boolean> {
  const outbox = await outboxOf(userId)
  if (outbox === null || sessionLost.get() || navigator.onLine === false) return waitingHere.get().length === 0
  const send = async (): Promise<boolean> => {
    await takeDeposits(userId)
    const { done, left } = await outbox.flush()
    if (done > 0) {
      lastSent.set({ at: new Date().toISOString(), count: (lastSent.get()?.count ?? 0) + done })
    }
    await readOrphans(outbox)
    await lookAtWaiting(userId)
    return left === 0
  }
  if (!navigator.locks) return send()
  return navigator.locks.request(`jalon-outbox-${userId}`, send)
}

/** What another device of hers left on the server before it destroyed itself joins what waits here, under its own id: once. */
async function takeDeposits(userId: string): Promise<void> {
  const here = carrying.get()
  const store = await deviceStore()
  if (here === null || store === null || here.terms.deposits === 0 || here.withoutNetwork) return
  try {
    const known = new Set((await store.waiting.list(userId)).map(({ id }) => id))
    for (;;) {
      const { envelopes } = await ask<{ readonly envelopes: readonly Envelope[] }>('deposits', {})
      if (envelopes.length === 0) break
      for (const envelope of envelopes) {
        const { id, writtenAt } = envelope
        if (!known.has(id)) await store.waiting.append({ id, userId, writtenAt, envelope, attempted: true, state: 'waiting', refusal: null, words: null })
        await ask('deposit-kept', { id })
      }
    }
    carrying.set({ ...here, terms: { ...here.terms, deposits: 0 } })
  } catch {
    // The next sending asks again.
  }
}

/** The words of what the server did not take, when the key that locked them is dead: their author reads them again from the envelope. */
async function readOrphans(outbox: Outbox): Promise<void> {
  const here = carrying.get()
  if (here === null || network.get() === 'lost' || here.withoutNetwork) return
  const all = await outbox.all()
  for (const one of all) {
    if (one.told !== null || (one.state === 'waiting' && !isBehindStuck(one, all))) continue
    try {
      const { action, input, own } = await ask<Pick<Words, 'action' | 'input' | 'own'>>('words', { envelope: one.envelope })
      await outbox.readAgain(one.id, { action, input, person: null, ...(own === undefined ? {} : { own }) })
    } catch {
      // A broken seal stays on the list with its reason.
    }
  }
}

/** Looks and sends whenever there is a reason to hope: the network is back, the session too, or a while has passed. Gives the function that stops. */
export function keepSending(userId: string): () => void {
  const go = (): void => {
    if (network.get() === 'up' || navigator.onLine) void sendHere(userId)
  }
  // The keys are there: what an erased device left on the server is taken now, not at the next loss of network.
  const heed = (): void => void lookAtWaiting(userId).then(() => ((carrying.get()?.terms.deposits ?? 0) > 0 ? go() : undefined))
  void lookAtWaiting(userId).then(go)
  const stops = [network.subscribe(go), sessionLost.subscribe(go), carrying.subscribe(heed)]
  const timer = setInterval(() => {
    if (waitingHere.get().some(({ state }) => state === 'waiting')) go()
  }, 15_000)
  return () => {
    for (const stop of stops) stop()
    clearInterval(timer)
  }
}
