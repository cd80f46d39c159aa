import { sinceGesture } from '../../platform/web/api/gesture.ts'
import { network } from '../../platform/web/api/network.ts'
import { leaveEnvelopes } from '../contract/leave.ts'
import { type DeviceOrders, readsStill } from '../contract/terms.ts'
import { ask, carrying, closeCarrying, destroyHere, deviceStore, heedTerms } from './carrying.ts'

/**
 * The server said that no session is live here (for anybody but `but`): what could be read is destroyed at once. A device that was told to destroy itself
 * leaves its sealed envelopes on the server first, where the account still exists, then keeps nothing.
 */
export async function atContactWithoutSession(but: string | null): Promise<void> {
  const store = await deviceStore()
  if (store === null) return
  for (const { userId, device, secret } of await store.places()) {
    if (userId === but) continue
    if (carrying.get()?.session.actor.userId === userId) await closeCarrying({ copies: true, userId })
    else await store.closeCopies(userId)
    try {
      const { wipe, mayLeave } = await ask<DeviceOrders>('orders', { device, secret })
      if (!wipe) continue
      if (mayLeave) await leaveEnvelopes(store.waiting, userId, (envelope) => ask('leave', { device, secret, envelope }))
      await destroyHere(userId)
      await ask('wiped', { device, secret })
    } catch {
      // Nobody answered, or the server keeps no more: the envelopes stay sealed, and the next contact does the rest.
    }
  }
}

/** Leaves at a logout: copies and keys go; what the server does not have yet stays sealed. Gives true where something of anybody stays. */
export async function leaveHere(userId: string): Promise<boolean> {
  const store = await deviceStore()
  if (store === null) return false
  if ((await store.waiting.list(userId)).length === 0) await destroyHere(userId)
  else await closeCarrying({ copies: true, userId })
  return (await store.waiting.list(userId)).length > 0 || (await store.waiting.othersWait(userId))
}

/** Closes the copies at the hour of the region, and after too long without a gesture while no server can say so. Gives the function that stops. */
export function watchEnd(): () => void {
  const look = (): void => {
    const here = carrying.get()
    if (here === null) return
    const { userId } = here.session.actor
    const over = here.tour !== null && !readsStill(here.terms, new Date(Date.now() + here.ahead))
    const idle = network.get() === 'lost' && sinceGesture() > here.terms.idleMinutes * 60
    if (!over && !idle) return
    void closeCarrying({ copies: over || !here.coded, userId }).then(() => {
      // Without network only the tour can be drawn: the door opens on it.
      if (here.withoutNetwork || idle) window.location.assign('/tournee')
    })
  }
  const timer = setInterval(look, 20_000)
  const asking = setInterval(() => network.get() === 'up' && void heedTerms(), 300_000)
  const stop = network.subscribe(() => network.get() === 'up' && void heedTerms())
  return () => {
    clearInterval(timer)
    clearInterval(asking)
    stop()
  }
}
