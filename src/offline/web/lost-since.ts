import { network } from '../../platform/web/api/network.ts'
import { createSignal } from '../../platform/web/api/signal.ts'

/** The instant at which the network was lost; null while it is there. */
export const lostSince = createSignal<string | null>(network.get() === 'lost' ? new Date().toISOString() : null)

network.subscribe(() => {
  if (network.get() === 'up') lostSince.set(null)
  else if (lostSince.get() === null) lostSince.set(new Date().toISOString())
})
